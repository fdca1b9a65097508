"""German words of the honesty check, as data. The patterns are searched in clauses in lower case, without signs."""

from tickets.honesty.word_sets import words

CONJUNCTIONS = words("und aber sondern jedoch während obwohl weil denn sodass doch")
CONDITIONS = words("wenn ob falls sobald sofern")
LIMITS = words("bis bevor ehe erst")
SUPPOSING = words(
    """
        sollte sollten soll könnte könnten dürfte müsste würde voraussichtlich hoffentlich vermutlich
        wahrscheinlich vielleicht erwarten erwartet hoffen hofft unbestätigt unklar offen vorläufig abzuwarten
        aussteht steht-aus prüfen
        """
)
NEGATIONS = words("nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne weder kaum")
_WORKS = (
    r"funktionier(?:t|en)|läuft|laufen|lief(?:en)?|geht|gehen|klapp(?:t|en)|druck(?:t|en)|klinge(?:lt|ln)|verbunden|"
    r"verbinde[tn]|erreichbar|verfügbar|online|synchronisier(?:t|en)|starte[tn]|öffne[tn]|zugestellt|normal|einwandfrei|"
    r"schnell|stabil|lesbar|anmelden|angemeldet|hergestellt|an(?:kommen|kamen)|kam(?:en)?(?: \w+){0,4} wieder an|"
    r"komm(?:t|en)(?: \w+){0,4} wieder an|nutzbar|benutzbar|arbeite[tn]|empfang(?:en|bar)|gesendet|möglich|fehlerfrei|"
    r"in ordnung|ordnungsgemäß|wie gewohnt"
)
_FAULTS = (
    r"tritt|treten|auftritt|auftreten|aufgetreten|erscheint|erscheinen|fragt|fragen|gesperrt|stürzt|abstürzt|hängt|"
    r"fehler|fehlermeldung(?:en)?|problem(?:e)?|störung(?:en)?|abbrüche?|sperren|sperre|unterbrechung(?:en)?|"
    r"unterbrochen|abgebrochen|abgelehnt|langsam|bricht|blockiert|zurück|verzögerung(?:en)?|betroffen|leer"
)
WHOLE = r"\b(?:alle|allen|aller|alles|sämtliche|komplett|vollständig|jede[rsn]?|beide[nr]?|überall)\b"

CLOSURE = (
    r"\b(?:behoben|gelöst|repariert|beseitigt|bereinigt|wiederhergestellt|instandgesetzt|ausgeräumt|abgestellt)\b",
    r"\b(?:erledigt|abgeschlossen|vom tisch|geklärt|überstanden|ausgestanden)\b",
    r"\b(?:behebt|löst|beseitigt|repariert) (?:das|die|den|dieses|diesen|es|damit)\b",
    r"\bwird(?: \w+){0,5} (?:beheben|lösen|beseitigen)\b",
    rf"\b(?:{_WORKS})\b(?: \w+){{0,6}} wieder\b|\bwieder\b(?: \w+){{0,4}} (?:{_WORKS})\b|\bwieder (?:da|gut|heil)\b",
    rf"\bnicht mehr\b(?: \w+){{0,3}} (?:{_FAULTS})\b|\b(?:{_FAULTS})\b(?: \w+){{0,4}} nicht mehr\b",
    rf"\bkeine[nr]?(?: \w+)? (?:{_FAULTS}) mehr\b",
    r"\b(?:sperren|störung|fehler|problem|abbrüche|meldung|probleme|störungen)\b(?: \w+){0,6} "
    r"(?:beendet|verschwunden|weg|vorbei|aufgehört|gestoppt|ausgeräumt)\b",
    r"\b(?:beendet|stoppt)e?\b(?: \w+){0,3} (?:sperren|störung|fehler|problem|abbrüche)\b",
    r"\b(?:läuft|funktioniert|klappt|geht|druckt|laufen|funktionieren)(?: \w+){0,2} "
    r"(?:jetzt|nun|inzwischen|mittlerweile)\b",
    r"\b(?:jetzt|nun|inzwischen|mittlerweile)(?: \w+){0,3} (?:läuft|funktioniert|klappt|druckt|laufen|funktionieren|"
    r"in ordnung|einwandfrei|fehlerfrei)\b",
    r"\b(?:normalisiert|im griff|in ordnung gebracht|abhilfe geschaffen|zum laufen gebracht)\b",
)
HELPED = (r"\b(?:geholfen|half|war erfolgreich|erfolg gebracht|gewirkt|hat funktioniert|abgeholfen|abhilfe)\b",)
CONFIRMED = (r"\b(?:bestätigt|verifiziert|nachgewiesen|erfolgreich|erfolgt|fertig|fertiggestellt|beendet|gelungen)\b",)
