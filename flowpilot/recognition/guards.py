"""English and German phrases that say that an outcome beside them isn't one, as data: see `patterns.py`."""

from collections.abc import Mapping

from flowpilot.recognition.signals import Guard, Kind

QUESTION = """
^ did|does it|that|this|you|anyone|the ?script|fix ?really ?actually work|fix|help|worked|solve
^ is|are|was|has|have|had it|that|this|there|anyone|anybody ~ fixed|supposed|normal|meant|seen|able
^ is|are|was|has|have|had someone|she|he|they|we|i ~ fixed|supposed|normal|meant|seen|able
^ is|are|was|has|have|had it|that|this|there|anyone|anybody ~ working|fix|expected|had|solved|still|to
^ is|are|was|has|have|had someone|she|he|they|we|i ~ working|fix|expected|had|solved|still|to
^ can|could|should|shall|may|would|will i|we|you|it|that|this|someone|the
^ what|how|why|which|who|where
^ any|anything else|idea|ideas|chance
^ anyone|anybody
wondering
^ hat|hatte|haben|hattet ?das|es|dir|jemand|schon|ihr|du ~ funktioniert|geklappt|geholfen|gelöst|gehabt|das|schon
^ soll|sollen|kann|können|darf|könnte|muss|müssen|wird|würde ich|wir|man|da|das|es|sie|er ?noch
^ was|wie|woran|warum|wieso|welche|welchen|welcher|welches|wo|wann|wer
^ geht|dauert|läuft|funktioniert|hilft|klappt|bringt das|es|sowas|des
^ ist|sind das|es|da|sie normal|jemand|immer|so
^ gibts|gibt
"""

ABOUT_THE_PROBLEM = """
affected|impacted
since monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|this|last
betroffen
seit montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|gestern|heute|letzter|letztem|vorgestern
"""

CONDITION = """
if
unless
provided|assuming
in case
as soon as
once|when|whenever it|it's|that|this|he|she|she's|he's|they|the|everything|we
before i|we|you
wenn|wenns|wen's|wenn's
falls
sobald|sofern|solange|bevor|ehe|sonst
"""

WHETHER = """
whether
see|know|tell|check|test|confirm if
ob|obs
"""

PAST = """
until|till ?early ?late this|yesterday|last|recently|monday|tuesday|wednesday|thursday|friday|the|today
used to
yesterday
last time|week|month|year|night|monday|tuesday|wednesday|thursday|friday
on monday|tuesday|wednesday|thursday|friday ?morning ?afternoon $
was|were ?all ?still working|fine|ok|good
years|months|weeks|days ago
before the|that|this|it
previously
normally|usually
for him|them|others
has|have ?always|never worked before|on
worked before
früher|gestern|vorgestern|damals|ursprünglich
bisher hat|hatte|hatten|war|ging|gings|lief|liefs|konnte
letztes|letzte|letzten|letzter mal|woche|monat|jahr|mals
bis heute|gestern|vorhin|zum|letzte|eben
am montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag ging|lief|gings|liefs|noch
ging|gings|lief|liefs ?es|da|alles|das noch
noch nie
normalerweise|üblicherweise|meist|meistens
vor ~ wochen|monaten|tagen
"""

QUOTE = """
ticket|vendor|microsoft|ms|support|google|forum|reddit ~ says|say|said|claims|claim
ticket|vendor|microsoft|ms|support|google|forum|reddit ~ suggests|recommends|think|thinks|states
article|kb|docs|documentation|manufacturer|hp|dell|apple|adobe ~ says|say|said|claims|claim
article|kb|docs|documentation|manufacturer|hp|dell|apple|adobe ~ suggests|recommends|think|thinks|states
according to
supposedly|allegedly|apparently
colleague|coworker|someone|somebody|others ~ had|said|says
laut
angeblich|anscheinend
behauptet|behaupten
hersteller|microsoft|ms|support|forum|google|artikel|kb ~ sagt|meint|schreibt|empfiehlt
kollege|kollegen|kollegin ~ hat|hatte|hats|half|meint|meinte
"""

PLAN = """
i'll|we'll|will|i|let's|gonna ?also ?just try|do|run|attempt|reinstall|rebuild|escalate
^ ?ok ?i'll|we'll try|trying|doing
trying|running|doing ?it|that|this|the ?script|fix|now
let me
want|wants|going|about|plan|planning to
we|i could|can ?also ?just
probier|probiere|versuch|versuche|versuchs|probiers ?ich
mach|mache ich|mal|das
ich probier|probiere|versuch|versuche|mach|mache
werd|werde|würde ?ich|das|es ~ probieren|versuchen|testen|machen
will|möchte ?ich|das|es|erst|man
man könnte|kann
"""

HEDGE = """
might
maybe|perhaps|possibly|probably
could|should be|work|help|fix|have|do|solve
should
hopefully|fingers
i|we think|guess|hope|believe|suspect|assume|suppose|reckon|presume
guess|suppose|presumably|apparently|supposedly|allegedly|seemingly|theoretically|afaik|afaict
think|hope so
in theory
as far as
hard|difficult to say|tell
i|we wish|wished
{people}|i|we|it thinks|think|thought|believes|believe|reckons|reckon|assumes|feels|hopes|doubts
like|want|love to believe|think
almost|nearly|pretty|fairly|quite|reasonably|90|95|99 certain|sure
doubts|doubtful
or so
i'm|i|was|been told
they|people|everyone tell|tells|told|say me
kidding|joking|sarcasm|scherz|witz
if|and|but|so|just don't ask ?me ?why ?how
you tell me
take it that
don't|doesn't quote
not ?entirely|completely|totally|quite|so|really|100 sure|certain|convinced
wouldn't|can't|couldn't say|swear|bet|guarantee ?that
touch|on wood
sort|kind of works|working|worked|fixed
{people} claims|claim
who knows
doubt
vielleicht|eventuell|evtl|vllt|womöglich
könnte|könnten|könnts
müsste|müsst|sollte|sollten|dürfte
hoffentlich|hoffe
wahrscheinlich|vermutlich
glaub|glaube|denke|denk|schätze|schätz|vermute|vermut|hoff
ich mein|meine
angeblich|anscheinend|scheinbar|offenbar|offensichtlich|mutmaßlich|theoretisch|wohl
nehme|nehm ich|mal an
bin|ist ?mir ?ich ?aber ?noch nicht ?ganz sicher
nicht ?ganz ?so ?hundertprozentig sicher|überzeugt
würde|würd|kann ?ich ?aber nicht ?unbedingt sagen|behaupten|beschwören
ohne gewähr
"""

OTHER_CAUSE = """
by|all itself|himself|herself|themselves
fixed|fixes|solved|solves|resolved|resolves|sorted|healed|cured|repaired itself|themselves
{it} ?just came|went ?back on it's|their own
on it's|their own
something|someone|somebody else|different|unrelated
other|another|different|wrong ?earlier fix|change|solution|script|approach
other|another|different|wrong ticket|issue|case|problem|reason|cause|incident
about|for the other one
on|with my ?own machine|pc|laptop|computer|side
for|on|at|with ?the ?a ?my other|another|test|different customer|customers|client|user|one
for|on|at|with ?the ?a ?my other|another|test|different machine|pc|laptop|office|site|tenant|box
only|just|but|mainly|probably because
because i|we|he|she|they|the|someone|somebody
nothing|anything|something|not|little to do with
fixed|solved|resolved|sorted|repaired|restored by
must have been
unrelated|coincidence|coincidentally|workaround|instead
without me|us|my|our|anyone|anybody
without the|any|your fix|script|change|input|help|doing
before i|we|anyone ?even did|touched|ran|started|tried|applied|could|had|got
wasn't|not ?because ?due ?thanks ?of ?to your|the|that|this|our|my fix|script|change|reboot|suggestion|doing
not|isn't|wasn't because|thanks|due|from
i|we ?even haven't|hadn't|didn't ?even ?yet run|ran|applied|apply|touched|touch|done|do|started|changed|change
on their|microsoft's|vendor's|provider's|google's side|end
thanks to ?the|a|my other|different|another|colleague
turned|turns out
{people}|someone|somebody had|has already ~ replaced|fixed|changed|swapped|done|reset|repaired
von ?ganz selbst|selber|allein|alleine|selbst
durch zauberhand
bei|beim|am|auf ?dem ?der ?einem anderen|anderem|anderer kunden|kunde|user|rechner|pc|laptop|mandanten
am|auf ?dem testrechner|testgerät|testsystem|testserver
was|etwas anderes|anders|andres
anderen|anderer|andere|anderes|anderm|anderem fix|lösung|skript|maßnahme|änderung|weg
anderen|anderer|andere|anderes|anderm|anderem ticket|fall|problem|ursache|grund|sache
nur|bloß|lediglich ?deshalb|deswegen weil
{geht} ?jetzt ?wieder ?es ?aber nur ?deshalb|deswegen weil
weil ich|wir|er|sie|man|jemand|der|die|das
nichts|nix|wenig|nicht ~ zu tun
lag|lags|liegt ?aber ?wohl ?doch ?nur ?einfach am|an
lag|lags|liegt nicht am|an|daran
nicht durch|wegen|dank
stattdessen|zufall|zufällig|umgehung|behelf
ohne mein|meine|unser|unsere|dein|deinen|das|dass ?zutun|ich|fix|skript
bevor ich|wir ~ gemacht|angefangen|gestartet|angefasst|getan
noch ?gar nichts|nix gemacht|angefasst|getan|geändert
hab|habe|haben ?ich|wir ?aber ?noch ?ja ?gar nichts|nix gemacht|angefasst|getan
unabhängig davon
"""

PHRASES: Mapping[Kind, str] = {
    Guard.QUESTION: QUESTION,
    Guard.ABOUT_THE_PROBLEM: ABOUT_THE_PROBLEM,
    Guard.CONDITION: CONDITION,
    Guard.WHETHER: WHETHER,
    Guard.PAST: PAST,
    Guard.QUOTE: QUOTE,
    Guard.PLAN: PLAN,
    Guard.HEDGE: HEDGE,
    Guard.OTHER_CAUSE: OTHER_CAUSE,
}
