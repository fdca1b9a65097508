"""English phrases of outcomes, as data: see `patterns.py` for the little language, `signals.py` for what they say."""

from collections.abc import Mapping

from flowpilot.recognition.signals import Kind, Signal

CLASSES = {
    "it": "it it's that that's this which",
    "trouble": "error errors issue issues problem problems popup popups prompt prompts message messages warning "
    "warnings symptom symptoms fault alert alerts crash crashes bug lockout "
    "lockouts disconnect disconnects freeze freezes outage outages",
    "not": "not never didn't doesn't isn't wasn't hasn't haven't won't can't aren't no",
    "fix": "fix fixes fixed solve solves solved resolve resolves resolved cure cured sort sorts sorted help "
    "helps helped work works worked working do does change changed cut",
    "done": "fixed solved resolved sorted gone cured cleared",
    "well": "fine good ok normal well perfect perfectly great again now smoothly happy healthy stable green clean",
    "up": "up running online back connected reachable syncing flowing printing signed mapped green",
    "people": "user users customer customers client she he they everyone everybody boss colleague site",
    "verb": "opens connects prints syncs loads starts boots sends signs logs runs arrives arrive open print sync "
    "sends send receives responds replicates prints start connect",
    "then": "then yesterday today the this that",
    "tested": "tested tried checked verified confirmed used test try check verify logged signed opened",
    "when": "tomorrow tonight later next monday tuesday wednesday thursday friday overnight after at once again "
    "until this till in on when morning afternoon evening end eod over",
    "number": "1 2 3 4 5 6 7 8 9 10 12 15 20 one two three four five six seven eight nine ten",
}

WORKED = """
that|this|which did it|that
it|that|this|reboot|restart|script|which did the trick
^ did the trick
that was ?exactly ?really it
^ that|it|this|which worked
{it} ?has ?just ?really ?now fixed|solved|resolved|sorted|cured|cleared
^ ?ok|yes fixed|solved|resolved|sorted|success|successful
stays|stayed|staying up|connected|online
both|all ~ online|working|fine|up|good $
{people} confirmed $
^ ?yes|yep|yeah|yup|jep ?it|that|this|all|everything ?now ?all ?just worked|works|working ?now ?ok|fine|well
^ ?yes|yep|yeah|yup|jep ?it|that|this|all|everything ?now ?all ?just worked|works|working ?now ?great|perfectly|good
worked ?like|a charm|treat|perfectly|great|fine|first
works|working|work ?all ?just ?perfectly|fine|well|ok|normally|great ?like ?a again|now|charm|treat
{it}|everything|all|again ?is ?now works|working fine|well|perfectly|ok|normally|great
works|working for everyone|everybody|all
{people} says|reports|said ?that ?it|all|everything|it's ?is ?now working|works|fixed|fine|resolved|good|ok
confirm|confirmed|confirms ?that ?it|all|everything|it's ?is ?now working|works|fixed|fine|resolved|good|ok
{done} ?it now
it's|is|are|all|now|been ?now|all ?been fixed|resolved|solved|sorted
{trouble} ?is|are|has|have|it's ?now ?all ?been gone|fixed|solved|resolved|sorted|disappeared|cleared|vanished|history
no more|further {trouble}
no {trouble}|complaint|complaints since ?the|this|last yesterday|monday|today|then|that|reboot|restart|change|fix
no longer asks|crashes|drops|prompts|fails|happens|hangs|freezes|disconnects|asking|crashing
doesn't ask|crash|drop|prompt|fail|happen|hang|freeze|disconnect ~ anymore|any
stopped asking|crashing|dropping|prompting|failing|hanging|freezing|disconnecting
it's|it ?is ?now ?all working|running $
{people} ?is|are happy ?now|again $
with|without|in|on|from|as|under ~ it works|working ?fine now|again
no {trouble} anymore|since|now
all ?is|are|it's ?now good|well|fine|sorted|green|ok|working|up ?now|again
everything ?is|it's|looks|seems|works ?now|all fine|good|ok|normal|up|well|working|happy|back
good|fine|ok|great|stable|healthy|green|clean|online|happy|up|fast|normal|solid ?to ?go now|again
{up} ?fine ?and|ok now|again
back ?up ?and ?to ?in running|online|normal|business
up and running
{verb} ~ now|again
without ?any ?more ?further asking|{trouble}|complaint|complaints
stable|fine|ok|good since|after
is|are|came back $
is|are there|here|back now|again
{people} can ~ now|again
can|could|able ~ again
is|are ~ again
looks|looking|seems ?to ?be ?all ?have good|fine|ok|fixed|sorted|resolved|working|worked|better|stable ?now
ran|completed|finished|went|runs ~ clean|cleanly|successfully|fine
reboot|restart|script|cache|update|reinstall|rollback ?has|it fixed|solved|sorted|cured
great|nice|perfect|super|excellent|brilliant|awesome that worked|works
it's|are|is gone
{trouble} gone
not ?a|one single|one|{trouble} ?{trouble} since|anymore ?{then}
hasn't|haven't|didn't ~ once ?since ?{then}
hasn't|haven't dropped|crashed|happened|asked|failed|frozen|occurred|disconnected since|again ?{then}
hasn't|haven't come|returned ?back ?since
not|haven't seen|had ~ {trouble} again|since ?since
able to ~ now|again
confirmed by the|her|him ?user|customer|client
{it} ?has fixed|solved|resolved|sorted|cured it ?for ?both ?of ?them
no longer locked|stuck|offline|blocked|frozen|broken|greyed|disabled|throttled ?out
"""

WORKS = """
{it}|everything|all works|working ?fine ?only on|in|at|from|via|over|through|with|under|without
works|working ?fine ?only on|in|at|from|via|over|through|with
works|working|worked
opens|connects|prints|arrives|syncs|loads
{fix}
is|are ?now fine|ok|good|up|back|online|there|mapped
{people} can
gone|fixed
better|faster|quicker
got ~ back
back|online
"""

FAILED = """
no luck|joy|dice|change|difference|effect|improvement|success|go|cigar|better
^ no|nope|nah that|it didn't|doesn't|wasn't|hasn't
didn't|hasn't|haven't|wasn't ?really ?even ?seem|seems ?to ?have help|helped|fix|fixed|solve|solved|work
didn't|hasn't|haven't|wasn't ?really ?even ?seem|seems ?to ?have worked|change|changed|resolve|resolved|cut|do|enough
doesn't ?really ?seem ?to help|fix|solve|change|resolve|cut
{it}|script|reboot ?still ?just ~ {not} ?really work|working|worked|fixed|resolved|help
restart|still|sadly|unfortunately ?still ?just ~ {not} ?really work|working|worked|fixed|resolved|help
doesn't|didn't make ?a ?any difference
^ {not} ?really work|working|worked|fixed|resolved|better|help
still|now ~ {not}
made|makes|did no|nothing|zero difference|change|effect
did|changed|fixed|helped|solved nothing
is|are|it's missing|slow|offline|broken|down|stuck|locked|gone|failing|crashing|dead again ?now ?after
asks|asking|prompts|prompting|crashes|drops|fails|hangs|freezes again $
made it worse
worse now|than
same|identical ?old {trouble}|thing|result|behaviour|behavior|outcome|story|again|as|here|code
^ same
the same $
the same {trouble}|thing|result|behaviour|behavior|outcome|story|again|as|here|code|message
that|this|it wasn't it|the
still
{trouble} ?still|just persists|remains|continues|persist|remain|stays|returned|reappeared|reappears
{trouble} ?it's|is|came|comes|are ?right|straight ?still back|there|here
came|comes right|straight back
nothing ?has|at ?all changed|happened|happens|works|helped|helps
failed|fails|crashed|crashes again|anyway|too
worked|fine|ok until|till lunch|noon|then|i|we|he|she|they
died|stopped|dropped|broke|hung|froze|disconnected ?right again
worked|fine|ok ?only for a|one|about sec|second|seconds
?the script blew up
won't even start|open|load|boot
?the script threw|throws|gave|gives ?back ?me ?an|a|this error|errors|exception
?the script returned|returns|reported|reports|ended ?with ?an|a|this error|errors|exception
?the script errors|errored|aborts|aborted|bombs|bombed|crashes|crashed ?out ?with
worked ?only|just once|briefly|twice ?then ?but
^ it|that didn't $
isn't|aren't working|running|up|online again $
^ not working|running again $
still has|have|gets|see|sees it|that|this|them
rest|others|floor|second|other|third nothing $
{it}|script|restore|repair ?still ?just failed|fails
back to crashing|failing|dropping|square|asking|the
as|like before
{it} ?just came|comes ~ back
then ~ back|again
worked|fine|ok ?only for {number}|a|few|about|some min|mins|minutes|hour|hours|bit|while|moment|few
still has|have|get|gets|got|getting|see|sees|seeing ~ {trouble}|same
"""

FAILS = """
{not} ?yet ~ work|works|working|worked|open|load|print|sync|connect|start|log|send|fixed|there|all|everyone|everything
fails|crashes|failing|drops|down|missing|slow|stuck|crashing|hangs|loops|broken|fail|failed|dropping
isn't|aren't|doesn't|won't|can't|not $
"""

PARTLY = """
only ?about {number}|one|two|half|some ?out of
partly|partially|partial
half of
mostly ?working|fixed|works|ok|fine|there
helped|helps ?only a bit|little
helped|helps somewhat
a bit|little better|faster
better|improved ?now but|not|though
improved|better than before|but
not fully|completely|quite ?there ?yet ?fixed|working
not all|everyone|everything ?of ?is|works ?them
only for|on|in ~ works
almost there|all|everything
not quite
bar|save one|two|a|the
except|apart ?for|from
?but only|just until|till|if|when|while|unless|without
"""

SOME = """
{not} over|in|on|for|at|from|with|via
some ?of ?the
most ?of ?the
half
{number} ?out of ?the {number}
one|two|three of the
several
after|on|with|at every|each ?single
"""

BUT = """
but|though|except|only
"""

WAITING = """
wait|waiting ?for|on|till|until ?the|her|him
^ ?still|now|just waiting $
have|has|need|needs|got|gotta|must to wait
will|i'll|we'll|only|should|they'll|she'll|he'll ?only ?then ?have|let ?to ?me know|see|tell|hear ~ {when}
will|i'll|we'll|to check|look|retest|recheck|verify|test ~ {when}
know|see|tell more ?about ?it {when}
check|checking|look|retest again|back ~ {when}
will only know|see|show
{people} will|is|it's|to ?going|gonna ?to test|check|confirm|try|report|verify|reboot|restart
{people} ?will tests|checks|confirms|reports|restarts|reboots ~ {when}
will|gonna|she'll|he'll|they'll let me|us know
can't ?really ?be ?properly test|verify|tell|check|confirm|say ~ yet|now|until|till|before|right
can't ?really ?be ?properly see|know|sure|certain|tested|verified|checked|confirmed ~ yet|now|until|till|before|right
can't test|verify|check|confirm
can't say|tell|know ?for ?sure yet
too early|soon ?to|for
^ ?still pending
^ rebooting|restarting ?it ?now $
pending reboot|restart|replication|sync|confirmation|feedback|user|the|a
sync|replication|backup|migration|update|installation|rebuild|scan|copy|move is|are ?still running|syncing|going
she'll|he'll|they'll ?then ?only restart|reboot|test|check|try|confirm|report
takes|take|needs ~ to apply|sync|replicate|propagate|kick|take|show|finish|complete
takes|take ?up ?to ?about|around|quite ?a|an|some|{number} while|bit|time|hour|hours|day|days|24h|minutes|min
up to {number}|24h|24 ?h|hours|days|minutes|min
to|first replicate|propagate ?first
needs|need ?to ?be ?a restart|reboot|rebooted|restarted|replication|relogin|logoff ?first
needs|need|has|have to sync|replicate|propagate|finish|complete|settle
let it|that|them|her ?just run|sit|soak|settle|finish|sync|replicate
keep|keeping an eye
monitoring|monitor
remains to be seen
not sure yet
don't|doesn't|didn't know yet
not|isn't ?been tested|testable|verified|confirmed yet
no feedback|reply|answer|confirmation|word|news|response ?from ?yet
haven't|hasn't ?had|been ?a heard|tested|confirmed|verified|able|chance ~ yet|back
still ?in waiting|running|pending|syncing|replicating|propagating
still ?in progress|rebooting|installing|copying|moving|building
{people} ?is|it's ?only ?not out|away|off|back|in ~ until|till|on|at|after|tomorrow|monday
is|only only at|on|after|tomorrow|tonight|then
have|need|has to see
can|could only ~ test|tested|verify|check|see|tell
give|giving|gave it|them|that ?another {number}|a|an|some|30|45|until|till|time|overnight
wait and see
let's|we'll|will see ~ {when}
will|i'll|she'll|he'll|they'll get back ?to|with
scheduled|planned|booked for|at|on|tonight|tomorrow
after the next
before ?we ?i can test|verify|tell|check
need|needs ?to ?be ~ replicate|sync first
{people} ?still has|have|need|needs|must ?still ?to confirm|test|try|check|verify
will|we'll|i'll|let's|to see|watch if|whether|how it|that|this ?really holds|hold|lasts|last|stays|sticks|goes
{trouble}|good|fine|ok|stable|quiet|well|works|working so far
so far so good
holding up
?will ?i'll ?we'll keep|continue watching|monitoring|testing|checking
to be confirmed|tested|verified|checked
has|have yet to
no {trouble}|drops|popups yet
have|has|need|needs ?still to be tried|tested|checked|confirmed|verified
let's|we'll|will see $
"""

UNPROVEN = """
so far
until|till now
up to now
for now
for the moment|time
as of now
at the moment|present
temporarily|currently
on paper
untested|unverified|unconfirmed
nobody|noone|none|no ?one ?has ?have ?of ?us ?them ?really {tested}
hasn't|haven't|didn't ?really ?actually ?been ?even {tested}
not|isn't|wasn't|never ?been ?fully ?properly ?yet tested|tried|verified|confirmed|checked
can't be ?completely ?totally ?fully ?100 sure|certain
before tomorrow|monday|tuesday|wednesday|thursday|friday|tonight|next
see if|whether it|that holds|lasts|sticks|stays
ask me again
"""

NOTHING = """
been waiting
{people}|can't ?can't wait ?until
says|shows|said ?it's pending|waiting|working|failed|ok|fixed|running ?restart|reboot
with|without|in|on|from|as|under ~ it works|working ?fine|ok
{people} ?is|are waiting ?for|on ?a|my|our|the ?call|callback|answer
let|tell me|us know ?if|when|whether ~ works|fixed|helps|helped|worked
stopped|stops|quit working
had|have|has ?exactly the same
no change in|to|request|window|freeze|control
still on|with|at|in|here|using|has|have|need|needs
still able|to|trying|testing|working|looking|going|doing|unsure|wondering|thinking
{people} can|could still
can|could still
{people} ?is|are ?not ?only back|in|out
everything|everyone|all else ?is works|fine|ok
working offline
script|command ?has ran|finished|completed|ended ?through without|with ?any errors|error|warnings|problems
works on|in my|mine
same {trouble} ?here as|in|on|like the|that|this|other|on
nothing else changed
still works|working|fine|good|ok
{not} ?be ?a ?any problem|issue|yet
no problem|worries
no idea
not only
how ~ fix|works|work
needs|need|has|supposed to work
make|get it work|working
the fix|change|issue|problem|error|script
to work|help|fix|change
other users|pcs|machines ~ fine|ok
not sure why|what|how|which|where|who
no longer
success in|according
thank|thanks ?you ?very ?so ?much ?for|to ?the ?your ?quick help|support|you|all|again
you can ?now close ?it|this|the ?ticket
closing ?the|this|it ?ticket|one ?now
ticket|it can be closed
let|tell me|us know if|when ?you ~ anything|something|else|more|again
please close ?it|this|the ?ticket
then again so
says|said|shows|reports|reported success|successful
as it|they should
even|also if|when
closing|close|closed|shout|ping|call ~ if|when|unless
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
