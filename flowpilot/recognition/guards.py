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
früher|gestern|vorgestern|damals|bisher|ursprünglich
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
i|we think|guess|hope|believe|suspect|assume
who knows
doubt
vielleicht|eventuell|evtl|vllt|womöglich
könnte|könnten|könnts
müsste|müsst|sollte|sollten|dürfte
hoffentlich|hoffe
wahrscheinlich|vermutlich
glaub|glaube|denke|denk|schätze
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
}
