"""German words of the honesty check, as data. The patterns are searched in clauses in lower case, without signs."""

from tickets.honesty.word_sets import words

CONJUNCTIONS = words("und sondern während obwohl weil denn sodass")
CONDITIONS = words("wenn ob falls sobald sofern")
LIMITS = words("bis bevor ehe erst")
SUPPOSING = words(
    """
        sollte sollten soll könnte könnten dürfte müsste würde voraussichtlich hoffentlich vermutlich
        wahrscheinlich vielleicht erwarten erwartet hoffen hofft unbestätigt unklar vorläufig abzuwarten
        aussteht steht-aus prüfen
        """
)
OPEN_PHRASES = (
    r"\bzu früh\b|\bnoch offen\b|\bbleibt offen\b|\bwird sich zeigen\b|\bsteht noch aus\b|\bmuss\b|\bmüssen\b|"
    r"\bnoch (?:\w+ ){0,3}(?:werden|zu \w+en)\b|\bzu (?:bestätigen|prüfen|testen|klären)\b|\bsolange\b"
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

_TROUBLE = (
    r"fehler|fehlermeldung(?:en)?|meldung(?:en)?|problem(?:e)?|störung(?:en)?|abbrüche?|sperren?|abfragen?|\w+abfragen?|"
    r"unterbrechung(?:en)?|verzögerung(?:en)?|ausfälle?|abstürze?|aussetzer|\w+abbrüche|\w+fehler|\w+störung(?:en)?|"
    r"\w+meldung(?:en)?|schwierigkeiten"
)
CLOSURE = (
    r"\b(?:behoben|gelöst|repariert|beseitigt|bereinigt|wiederhergestellt|instandgesetzt|ausgeräumt|abgestellt)\b",
    r"\b(?:erledigt|abgeschlossen|vom tisch|aus der welt|geklärt|überstanden|ausgestanden|geschlossen werden)\b",
    r"\b(?:behebt|löst|beseitigt|repariert) (?:das|die|den|dieses|diesen|es|damit)\b",
    r"\bwird(?: \w+){0,5} (?:beheben|lösen|beseitigen)\b",
    rf"\b(?:{_WORKS})\b(?: \w+){{0,6}} wieder\b|\bwieder\b(?: \w+){{0,4}} (?:{_WORKS})\b|\bwieder (?:da|gut|heil)\b",
    r"\b(?:kam|kamen|kommt|kommen|geht|gehen)(?: \w+){0,5} wieder(?: \w+){0,2} (?:an|ein|durch|raus|rein|zustande)\b",
    r"\b(?:kann|können|steht|stehen)(?: \w+){0,4} wieder(?: \w+){0,3} (?:\w+en|verfügung)\b",
    r"\b(?:läuft|funktioniert|klappt|geht|druckt|laufen|funktionieren)(?: \w+){0,2} "
    r"(?:jetzt|nun|inzwischen|mittlerweile)\b",
    r"\b(?:jetzt|nun|inzwischen|mittlerweile)(?: \w+){0,3} (?:läuft|funktioniert|klappt|druckt|laufen|funktionieren|"
    r"in ordnung|einwandfrei|fehlerfrei|stabil)\b",
    r"\b(?:normalisiert|im griff|abhilfe geschaffen|zum laufen gebracht|alles gut)\b",
    r"\balles(?: \w+){0,2} (?:in ordnung|funktioniert|läuft|ok|okay|einwandfrei)\b|\bin ordnung gebracht\b",
    r"\b(?:seitdem|seither|damit|jetzt|nun) (?:\w+ )?ruhe\b",
)
ABSENCE = (
    rf"\bnicht mehr\b(?: \w+){{0,5}} (?:{_FAULTS}|gefragt|kommt|aufgefordert)\b",
    rf"\b(?:{_FAULTS})\b(?: \w+){{0,4}} nicht mehr\b",
    r"\b(?:bricht|brechen|bleibt|bleiben|fällt|fallen)(?: \w+){0,4} (?:nicht|keine\w*)(?: \w+)? mehr\b",
    rf"\b(?:{_TROUBLE}) (?:kommt|kommen|kam|kamen|erscheint) nicht mehr\b",
    rf"\bkeine[nrs]?(?: \w+)? (?:{_FAULTS}|{_TROUBLE}) mehr\b|\bkeine weiteren? (?:{_TROUBLE})\b",
    rf"\b(?:{_TROUBLE})\b(?: \w+){{0,6}} (?:beendet|verschwunden|weg|vorbei|aufgehört|gestoppt|ausgeblieben)\b",
    r"\b(?:beendet|stoppt)e?\b(?: \w+){0,3} (?:sperren|störung|fehler|problem|abbrüche)\b",
    r"\b(?:seitdem|seither|seit\b(?: \w+){1,4})(?: \w+){0,3} (?:nicht|keine?)(?: \w+)? (?:auf|aufgetreten|wiederholt|"
    rf"vorgekommen|zurückgekehrt|{_TROUBLE})\b",
    r"\b(?:trat|traten|tritt|treten)(?: \w+){0,4} (?:seitdem|seither|nicht wieder|nicht erneut) ?(?:\w+ ){0,2}auf\b",
    rf"\bohne (?:weitere|erneute) ?(?:{_TROUBLE})?",
)
HELPED = (r"\b(?:geholfen|half|war erfolgreich|erfolg gebracht|gewirkt|hat funktioniert|abgeholfen|abhilfe)\b",)
CONFIRMED = (
    r"\b(?:bestätigt|verifiziert|nachgewiesen|erfolgreich|erfolgt|fertig|fertiggestellt|beendet|gelungen|gelingt)\b",
    r"\b(?:funktioniert|funktionieren|läuft|laufen|klappt|geht|einwandfrei|problemlos|reibungslos|normal|stabil|"
    r"zufrieden|bestanden|in ordnung|wie gewohnt|wie üblich|"
    r"ohne (?:probleme|fehler|störung)|keine (?:probleme|fehler|störungen))\b",
)
