"""German phrases of outcomes, as data: see `patterns.py` for the little language, `signals.py` for what they say."""

from collections.abc import Mapping

from flowpilot.recognition.signals import Kind, Signal

CLASSES = {
    "fehler": "fehler fehlermeldung meldung problem probleme störung störungen popup abfrage spuk thema abbrüche "
    "verbindungsabbrüche aussetzer abstürze hänger sperrung sperrungen sperre sperren abbruch absturz aussetzer",
    "geht": "geht gehts gehen läuft läufts laufen funktioniert funktionierts funktionieren klappt klappts "
    "klappen tut passt druckt drucken startet verbindet synct synchronisiert lädt öffnet",
    "geklappt": "geklappt funktioniert geholfen gewirkt gereicht gefruchtet gezogen",
    "weg": "weg behoben gelöst erledigt beseitigt verschwunden gefixt raus",
    "wieder": "wieder jetzt nun",
    "gut": "gut ok bestens super prima einwandfrei tadellos sauber fein schick stabil normal problemlos perfekt",
    "nicht": "nicht nichts kein keine keinen",
    "leute": "user userin kunde kundin anwender anwenderin mitarbeiter mitarbeiterin benutzer er sie kollege "
    "kollegin chef",
    "gleich": "gleiche gleicher gleichen gleiches selbe selben selber selbes derselbe dasselbe dieselbe",
    "zahl": "1 2 3 4 5 6 7 8 9 10 12 15 20 ein eine einer zwei drei vier fünf sechs sieben acht neun zehn",
    "wann": "morgen heute später montag dienstag mittwoch donnerstag freitag nochmal nochmals abend übermorgen "
    "nach am in um gegen bis wenn dann erst über",
    "noch": "immer noch immernoch noch leider weiterhin auch trotzdem überhaupt gar so immer",
}

WORKED = """
wars|war jetzt|schon|es ?auch $
das|dass wars|war|isses
das|dies war ?genau ?doch die|der lösung|es|fehler|richtige
das|es|skript|script|neustart ?hat ?es ?super ?gut ?tatsächlich {geklappt}|gefixt|gelöst|behoben
hat|hats ?es ?jetzt ?super|perfekt|wunderbar|prima|tatsächlich|gut|sofort {geklappt}
{geht} ?alles ?bei ?auch ?es {wieder}|allen|überall ?{gut} ?wieder
^ {geht} ?alles ?es {gut}
kann|können|konnte ~ wieder arbeiten|drucken|anmelden|senden|öffnen|speichern|scannen|telefonieren
{wieder} ?alles ?wieder ?es {geht}|{gut}
{fehler} ?ist|sind|wurde|hat|damit ?sich ?jetzt ?nun ?endlich {weg}
wars|war|ist|damit|ists ?jetzt ?damit ?nun ?dann behoben|gelöst|erledigt|gefixt
alles ?ist ?jetzt ?wieder ?nun ?läuft im|in {gut}|ordnung|grünen|lot
alles ?ist ?jetzt ?wieder ?nun ?läuft {gut}|grün
^ {weg} ?danke ?jetzt
^ ?jetzt ?ok|ja|jo|jep|jup|joa|jawohl ?jetzt ?das|es|alles {geht}
^ ?ja ?ok läuft|passt|klappt|funktioniert|geht|tadellos|erfolgreich|perfekt
keine|kein {fehler} mehr
{fehler} kommt|erscheint|tritt|besteht ?jetzt ?seitdem nicht mehr ?auf
{geht}|kommt|kommen|ist|sind|kann|können|bekommt|hat|haben ~ wieder
{wieder} da|online|erreichbar|oben|grün|verbunden|rein|an|durch|arbeiten|drucken|anmelden|normal
bestätigt ?alles|dass|es ~ {gut}|geht|läuft|funktioniert
tadellos|einwandfrei
ticket|kann ?kann|ticket ?jetzt ?damit zu|geschlossen|schließen
geschlossen werden
seitdem|seither ?ist ruhe|ok|stabil
seit ~ ist ?jetzt ruhe|stabil
fragt|hängt|stürzt|meckert|spinnt|bricht|zickt|kommt ?jetzt nicht mehr ?ab
das hats ?jetzt gebracht
hat|hats auf anhieb {geklappt}
verbindung|vpn|leitung|tunnel steht wieder
{geht} es stabil|einwandfrei|problemlos|sauber|tadellos
ist|sind|bin ?jetzt ?nun ?auch nicht mehr gesperrt|blockiert|offline|langsam|rot|ausgegraut|deaktiviert
seitdem|seither keine|kein {fehler}|beschwerden|beschwerde ?mehr
keine|kein einzige|einziger|einziges|weitere|weiterer {fehler} ?mehr ?seitdem
hat ?es gebracht
{wieder} {weg}
"""

WORKS = """
{geht}
{geht} ?es ?jetzt ?aber nur
ok
weg|behoben
kommen|kommt an|rein|durch
ist|sind ?alle da|online|erreichbar
ja
kann|können ~ arbeiten|drucken|anmelden
besser|schneller ?geworden
{wieder} ~ da|online
wieder
"""

FAILED = """
^ ?nein|leider|ne {geht} ?{noch} ?{noch} ?{noch} {nicht}
{geht} immer|immernoch|leider|trotzdem|weiterhin|nach ~ {nicht}
das|es {geht} ?{noch} ?{noch} nicht $
hat|hats ?das|es ?{noch} ?{noch} {nicht} ?{noch} {geklappt}|gebracht|genützt|genutzt|geändert|verändert
bringt|brachte|brachten|hilft|nützt|half|ändert ?das|leider|auch|es ?auch ?rein {nicht}
keine|null|kaum änderung|besserung|wirkung|verbesserung|veränderung|unterschied
kein erfolg|unterschied|effekt|glück|bisschen
ohne|null|leider erfolg|wirkung|ergebnis|besserung|nein|erfolglos
^ nichts geändert|gebracht|passiert
wieder|erneut abgestürzt|rausgeflogen|getrennt|ausgefallen|eingefroren
unverändert|erfolglos|vergeblich|vergebens
auch nach|mit ~ nicht
hat|hats sich ?leider ?aber nichts|kaum geändert|getan|verändert
immer noch
immernoch|weiterhin|trotzdem|nachwievor
nach wie vor
{gleich} ?wie {fehler}|mist|ergebnis|spiel|verhalten|wie|bild|code
wieder ?nur ?genau der|die|das|ein|den {gleich}|fehler
wieder ?mit|code 0
{fehler} ?kommt|besteht|bleibt|tritt|erscheint|ist ?{noch} ?wieder weiter|weiterhin|auf|bestehen|da|wieder|noch
{fehler} kommt|besteht|bleibt|erscheint
das|dass wars|war ?es ?{noch} nicht
daran|das|dass lag|lags ?es nicht
leider nicht|nein
nein|ne ?das {geht}|hilft|bringt|fragt
fragt|hängt|spinnt|stürzt|bricht|zickt ?er|sie|es ?{noch} weiter|wieder|ständig
also|leider nein
schlimmer|schlechter
ging|lief|gings|liefs|funktionierte nur ?für kurz|kurze
ging|lief|gings|liefs|funktionierte kurz
{geht} ?schon {wieder} ?auch ?wieder ?schon ?leider nicht ?mehr
schon wieder nicht
{fehler} kommt|ist|erscheint sofort|gleich|direkt|prompt ?schon wieder
ging|lief|klappte nur|genau|bloß ein|ein|zwei mal
ging|lief|klappte ?nur ?genau einmal|zweimal
null|nix|nichts gebracht|geholfen
?das skript|script läuft|lief|rennt auf|in ?einen ?nen fehler
hat|hats ?das ?es nur|bloß ~ gehalten
?das skript|script bricht|brach ~ ab
?das skript|script wirft|warf|meldet|zeigt|bringt|liefert ?mir ?einen|nen|eine|nur fehler|fehlermeldung|exception
?das skript|script abgebrochen|fehlgeschlagen|gescheitert
hat es|das|ihn immer|immernoch|weiterhin|noch ?noch $
"""

FAILS = """
{nicht} ?{geht} ?mehr
{geht} ?aber|mir|bei|es ?leider ?gar nicht
nicht $
fehlt|fehlen|hängt|langsam|bricht|stürzt|kaputt|doppelt|hakt|spinnt
nein
"""

PARTLY = """
nur ?etwa {zahl} von|der
teilweise|teils|halbwegs|bedingt|großteils|größtenteils
zum teil
nur|erst ?zum teil|teilweise|halb
fast alles|alle|überall
ein bisschen|bissl|wenig ?was geholfen|besser|schneller
hat ?schon|nur ?ein etwas|bisschen|bissl|wenig geholfen|gebracht
besser|schneller ?geworden|ist|es ?aber|als noch|nicht|aber
besser aber
nicht alle|alles|überall|bei
ja ~ nein
nicht ganz|vollständig|komplett
im großen
{geht} ?es ?jetzt ?wieder ?aber nur bei|am|im|in|auf|für ~ nicht
bis auf
außer
{geht} ?jetzt ?wieder ?es aber ?immer nur ?solange|so bis|wenn|solange|mit|ohne|kurz
aber nur bis|wenn|solange
"""

SOME = """
nur|erst bei|am|im|in|an
hälfte
{zahl} von ?den ?denen {zahl}
die meisten|hälfte
einige|manche|mehrere
bei einigen|manchen|einem
nach|bei jedem|jeder
"""

BUT = """
aber|jedoch|nur|noch|leider
"""

WAITING = """
warte|warten|abwarten|abzuwarten
wird|werden|ist|geht|zieht|greift ?leider erst beim|nach|wenn|am|morgen|in|mit
muss|müssen bis|erst|noch ~ laufen|durchlaufen
sync|synchronisierung|replikation|backup|migration|installation|kopie|scan läuft ?noch ?gerade $
abwarten
muss|müssen|müsste ?man|wir|ich ~ warten|abwarten|beobachten|replizieren|ziehen|syncen|greifen
beobachten|beobachte
^ testet|prüft|probiert ?es|das ?dann später|morgen|nachher|nach|heute
^ ?ab|erst morgen mehr
noch keine|nichts rückmeldung|antwort|bestätigung|reaktion|gehört|info
rückmeldung ?steht|kommt|vom|fehlt ?kunden|user ?noch aus|noch|erst|morgen|später
noch nicht testbar|getestet|probiert|ausprobiert|versucht|prüfbar|geprüft|verifiziert|überprüft|bestätigt
noch nichts|nicht sagen|absehbar|klar
kann|können|könnte ?ich|wir|man|sie|er ?das|es ?leider erst
kann|können ?ich|wir|man ?das|es ~ {nicht} ?sofort|jetzt|direkt prüfen|testen|sagen|beurteilen|sehen
geht|ist|sind|sieht|sehen|weiß|wissen|zeigt|merkt|kommt ?man|wir|ich|aber|sich|user|ergebnis erst
{leute} ?ist|kommt erst
sehe|sehen|sehn|schaue|schau|prüfe|prüfen|teste ?ich|wir|mich|sich|es|das|dann|nach|er|sie ?{wann} {wann}
testen|melde|meldet|meld|checke|check|kontrolliere|gucke|guck ?ich|wir|mich|sich|es ?{wann} {wann}
testen|melde|meldet|meld|checke|check|kontrolliere|gucke|guck ?das|dann|nach|er|sie ?{wann} {wann}
{leute} ?ich|will testet|prüft|probiert|schaut|checkt|startet
erst nach|wenn|am|morgen|heute|um|später|in|ab ~ dem|der|den|wieder|neustart|login|backup|feierabend
dann|morgen|heute|später|nachher sehen|sehe|wissen ?ich|wir ?mehr
dann wirs|wir
sehen wirs
dauert ?das|es ?noch ?jetzt ?ja ?wohl ?ca bis|ne|eine|zu|ein|bisschen|etwas|{zahl}|30|24h
wird|läuft noch|gerade ~ verschoben|repliziert|synchronisiert|kopiert|migriert|installiert
^ dauert
verschoben|unterwegs dauert
braucht|brauchen ?wohl ?aber ?noch ne|eine|ein|bis|etwas|zeit|{zahl}|bisschen
steht|stehen noch ?ein aus
steht|stehen ?noch aus
muss|müssen ?ich|wir|die|sie ?erst ?noch ~ ziehen|neu|neustart|replizieren|syncen|durchlaufen|greifen|rebooten
replikation|sync|synchronisation|synchronisierung|kopie ~ läuft noch
migration|verschiebung|backup|update|installation|scan ~ läuft noch
noch ziehen|replizieren|syncen|durchlaufen|greifen
neustart ?ist|kommt|machen|geht erst|um|heute|morgen|ausstehend|nötig
zu früh
geplant|angesetzt|eingeplant|terminiert
morgen|später|dann wissen ?wir|ich
sporadisch
noch nicht synchronisiert|repliziert|gezogen|angekommen
noch keiner|niemand ?es ~ getestet|geprüft|probiert|ausprobiert|bestätigt
noch nicht ~ getestet|probiert|ausprobiert|geprüft
{leute} muss|müssen ?es ?das ?noch ?erst ~ bestätigen|testen|prüfen|probieren
schauen|sehen|gucken|abwarten ob ~ hält|bleibt|wiederkommt|stabil
testen|teste|beobachten|beobachte|prüfen|prüfe ?wir|ich ?es ?aber noch|weiter
sicher|genau weiß|wissen|sehe|sehen ?ich|wir|man ?es|das erst
keine|kein|keinen|bisher|seitdem ?keine {fehler} ?mehr bisher
bisher|bislang keine|kein ?weiteren|weitere|neuen {fehler} ?mehr
"""

UNPROVEN = """
bisher|bislang|erstmal|vorerst|vorläufig|momentan|einstweilen|zurzeit|derzeit|aktuell
erst mal
bis jetzt|dato|hierhin
fürs erste
im|am moment|augenblick
soweit
nicht|nie|keiner|niemand ?es ?selbst ?selber ?richtig getestet|geprüft|probiert|ausprobiert
nicht|nie|keiner|niemand ?es ?selbst ?selber ?richtig verifiziert|bestätigt|angemeldet
ungetestet|ungeprüft|unbestätigt
laut|im log|protokoll|skript|script
vor morgen|montag|dienstag|mittwoch|donnerstag|freitag
"""

NOTHING = """
wartet|warten ?schon ?jetzt seit
läuft|laufen gerade|noch
script|skript läuft|lief
lief|läuft ?sauber|ohne ?fehler durch
seit ~ nichts|nicht mehr
nichts geändert
sonst ~ nichts
{gleich} fehler|problem wie bei|im|in
nicht nur
kein problem|thema|ding
keine ahnung
nicht sicher warum|wieso|was|woran
bescheid|melden|meld|melde ?dich|euch|sie wenn|falls
vielen|herzlichen|besten|schönen dank ?für ?die ?deine ?eure ?schnelle ?gute ?hilfe ?unterstützung
auch|selbst wenn
{leute} ?ist|sind zufrieden|glücklich|happy
frag|fragt ?mich nicht
wie es|sie soll|sollte
{geht} das|es auch|denn|nur
das|es|sowas geht|läuft nur|ohne|so|auch
los|schief gehen
bescheid ob|wenn ~ {geht}
anderen|anderer|andere ~ ok|gut|alles
nicht anders|mehr
wieder|noch mal|einmal
nur noch
"""

PHRASES: Mapping[Kind, str] = {
    Signal.FAILED: FAILED,
    Signal.WORKED: WORKED,
    Signal.WORKS: WORKS,
    Signal.FAILS: FAILS,
    Signal.PARTLY: PARTLY,
    Signal.SOME: SOME,
    Signal.BUT: BUT,
    Signal.WAITING: WAITING,
    Signal.UNPROVEN: UNPROVEN,
    Signal.NOTHING: NOTHING,
}
