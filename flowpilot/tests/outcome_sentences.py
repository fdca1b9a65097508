"""300 messages of engineers, each with the outcome that it says about the fix just applied, or none.

Half are English, half German; a third says no outcome. They were written before the rules of `flowpilot/recognition`,
the way tired people type. The rules were made looking at TUNED alone, every other line; HELD_OUT measures them.
Whoever changes rules must not look at what goes wrong in HELD_OUT: otherwise it measures nothing.
"""

from fixes.transitions import Status

LABELS = {
    "worked": Status.SUCCESS,
    "failed": Status.FAILED,
    "partly": Status.PARTIAL,
    "waiting": Status.PENDING,
    "none": None,
}

ENGLISH = """
worked | that did it
worked | yep that fixed it, thx
worked | all good now
worked | working now
worked | user confirmed it works again
worked | outlook opens without asking now. closing this one
worked | back up and running
worked | nice, problem gone
worked | she can print again
worked | ok mail is flowing again
worked | that sorted it
worked | vpn connects fine now
worked | works like a charm, cheers
worked | reboot solved it
worked | it's fixed. user is happy
worked | success! teams signs in normaly now
worked | resolved after clearing the cache
worked | drives are mapped again and login is fast
worked | ran the script, issue is gone
worked | great that worked
worked | can confirm its working for the whole office
worked | no more errors since i ran it
worked | tested with the user, everything is fine now
worked | backup ran thru clean tonight
worked | perfect, sync is green again
failed | no luck
failed | didnt work
failed | still the same error
failed | nope, still asking for the password
failed | that made no difference
failed | no change
failed | tried it, same problem
failed | still broken after the reboot
failed | user says it still crashes
failed | unfortunately that didn't help
failed | not working, same 0x80070005 as before
failed | no joy with that one
failed | ran it twice, printer still offline
failed | error came straight back
failed | doesn't fix it
failed | hasn't fixed the issue
failed | still no internet on the laptop
failed | that wasn't it
failed | the problem persists
failed | it failed again with the same message
failed | nothing changed, next idea pls
failed | did all the steps but outlook still wont open
failed | it's back to crashing, so no that didnt fix it
failed | still cant log in
failed | no dice, vpn drops after 10 sec like before
partly | half of them work
partly | works for 3 of 5 users
partly | partly fixed, calendar still missing
partly | outlook opens now but search still doesnt work
partly | better but not fully there
partly | printing works, scanning still doesnt
partly | some of the mailboxes are back, not all
partly | fixed it on her laptop but not on the terminal server
partly | that helped a bit, still slow in the mornings
partly | only partially, two pcs still show the error
partly | wifi is ok now but vpn still drops
partly | it works in the browser but the app still crashes
partly | most users are fine, 2 still get the popup
partly | mail arrives again but sending fails
partly | improved but still slow
partly | partial success - drive P: is mapped, H: isn't
partly | the error is gone but now its really slow
partly | login works again, mfa prompt still loops
partly | works for some of the users
partly | works on lan, not over vpn
partly | 4 out of 6 printers are online again
partly | teams is fine now, onedrive is still stuck
partly | got one of the two servers back
partly | works in chrome but not in edge
partly | mostly working, only the shared calender is missing
waiting | have to wait for the reboot
waiting | need to wait for ad replication
waiting | applied, will know tomorrow morning
waiting | user is on lunch, cant test until 2
waiting | waiting for the user to confirm
waiting | ran it, can't verify until tonight's backup
waiting | cant tell yet, licence sync takes a while
waiting | done, need to wait till monday when shes back
waiting | will check again in 2 hours
waiting | too early to say
waiting | waiting on azure ad sync
waiting | policy needs to replicate first
waiting | script is through but the power cycle is only at 6pm
waiting | applied it. user will test after lunch
waiting | have to see if it comes back, its intermittent
waiting | not sure yet, let it run over night
waiting | ok did that, now waiting for the sync
waiting | pending reboot
waiting | dns ttl is 1h so we have to wait
waiting | will only know after the next patch window
waiting | customer will let me know tomorrow
waiting | can't test right now, site is closed
waiting | change is in, mailbox move still running
waiting | needs a restart first, user cant restart before 5
waiting | set it, takes up to 24h to apply
none | did it work for you last time?
none | if that works, great
none | it worked until this morning
none | i'll try that
none | ok will do
none | outlook keeps asking for the password
none | user can't print since monday
none | how do i check if it worked?
none | does that fix it for good?
none | let me know if it works
none | vendor says a reboot usually fixes it
none | it used to work before the update
none | what if it doesn't work?
none | should i reboot first?
none | might be the dns, not sure
none | thanks
none | its a dell latitude 5440 with win 11
none | the user said it was working fine on friday
none | worked fine yesterday, today its broken
none | i think that could work
none | will try that tomorrow when shes in
none | webmail works fine
none | hopefully that fixes it
none | it should work after the reboot
none | maybe that did it, no idea
none | colleague had the same issue, clearing the cache worked for him
none | what does the script do exactly?
none | can we make it work without a reboot
none | last time a repair install did the trick
none | if it still fails i'll escalate
none | running the script now
none | other users in the office are fine
none | it stopped working after the windows update
none | nothing else changed on that machine
none | before i do that: will it sign her out of everything?
none | microsoft claims the issue is resolved but who knows
none | once it works i'll close the ticket
none | has anyone fixed this before
none | she has tried rebooting, that didn't help her last week either
none | ping works, dns lookup fails
none | the script asks for a username, which one?
none | same issue as the other ticket from contoso
none | is it supposed to still show the old name?
none | unless that works i have no more ideas
none | i want to test it on one pc first
none | only happens on wifi, lan is fine
none | we could also just reinstall it
none | does it normally take that long?
none | if no luck i'll rebuild the profile
none | needs to work by 3pm or the boss goes mad
"""

GERMAN = """
worked | das wars, danke
worked | läuft wieder
worked | geht jetzt
worked | super, hat geklappt
worked | funktioniert wieder einwandfrei
worked | problem gelöst
worked | jetzt gehts, userin ist zufrieden
worked | ok fehler ist weg
worked | user bestätigt: alles wieder gut
worked | hat geholfen, kann zu
worked | drucker druckt wieder
worked | vpn verbindet sich wieder ohne murren
worked | perfekt, mails kommen wieder an
worked | nach dem neustart wars behoben
worked | passt jetzt
worked | skript ist durch, anmeldung klappt wieder
worked | das war die lösung!
worked | hat funktioniert, ticket kann geschlossen werden
worked | tut wieder
worked | alles wieder im grünen bereich
worked | sie kommt wieder rein
worked | erledigt, outlook startet normal
worked | hab getestet, tadellos
worked | keine fehler mehr seit dem update
worked | klappt jetzt bei allen
failed | hat nicht geklappt
failed | geht immer noch nicht
failed | leider nein, gleicher fehler
failed | bringt nichts
failed | hat nix gebracht
failed | funktioniert leider nicht
failed | fehler kommt weiterhin
failed | keine änderung
failed | nein, fragt weiter nach dem kennwort
failed | immer noch dasselbe problem
failed | hat nicht geholfen
failed | das wars nicht
failed | unverändert
failed | problem besteht weiterhin
failed | druckt trotzdem nicht
failed | nach neustart wieder der gleiche mist
failed | kein erfolg
failed | skript lief durch aber user kommt trotzdem nicht rein
failed | ne geht nich
failed | stürzt nach wie vor ab
failed | hilft nicht, nächste idee?
failed | wieder 0x80090016, also nein
failed | hab alles gemacht, outlook hängt immernoch
failed | leider ohne erfolg
failed | keine besserung
partly | teilweise, kalender fehlt noch
partly | bei der hälfte gehts
partly | drucken geht, scannen noch nicht
partly | besser aber noch nicht gut
partly | geht bei 3 von 5 usern
partly | outlook startet wieder, suche geht aber nicht
partly | nur zum teil
partly | bei frau huber gehts, bei den anderen nicht
partly | im browser ja, in der app nein
partly | hat ein bisschen geholfen, ist aber noch langsam
partly | mails kommen an aber senden geht nicht
partly | zwei von vier servern sind wieder da
partly | meldung ist weg aber jetzt ists extrem langsam
partly | teils teils
partly | wlan ok, vpn bricht noch ab
partly | laufwerk p ist da, h fehlt immer noch
partly | die meisten können wieder arbeiten, 2 noch nicht
partly | anmeldung klappt, mfa kommt aber weiter doppelt
partly | nur am laptop behoben, am terminalserver nicht
partly | halbwegs, stürzt seltener ab
partly | fast alles geht wieder, nur das postfach info@ fehlt
partly | einige drucker sind wieder online, nicht alle
partly | teams geht wieder, onedrive hängt noch
partly | intern klappts, von extern noch nicht
partly | schneller ist es geworden aber noch nicht wie vorher
waiting | müssen auf den neustart warten
waiting | warte noch auf die ad-replikation
waiting | eingespielt, sehe ich morgen früh
waiting | user ist erst am montag wieder da
waiting | kann ich erst heute abend prüfen
waiting | lizenz braucht noch bis sie sync ist
waiting | user testet nach dem mittag
waiting | ob es hilft sehen wir erst nach dem backup heute nacht
waiting | noch keine rückmeldung vom user
waiting | gemacht, jetzt abwarten
waiting | muss erst neu starten, geht aber erst nach feierabend
waiting | kann noch nichts sagen, tritt nur sporadisch auf
waiting | gpo muss noch ziehen
waiting | dns braucht ne stunde
waiting | warten auf sync
waiting | ist drin, dauert bis zu 24h
waiting | kunde meldet sich morgen
waiting | postfach wird noch verschoben, dauert
waiting | steht noch aus, neustart um 18 uhr
waiting | noch nicht testbar, filiale hat zu
waiting | schaue in 2 stunden nochmal
waiting | muss man beobachten
waiting | script ist gelaufen, ergebnis sieht man erst nach dem nächsten login
waiting | usv wird erst am we getauscht, dann sehen wirs
waiting | hab ich umgesetzt, rückmeldung steht noch aus
none | hat das letztes mal bei dir funktioniert?
none | wenn das klappt super
none | bis heute früh ging es noch
none | probier ich
none | ok mach ich gleich
none | outlook fragt ständig nach dem kennwort
none | user kann seit montag nicht drucken
none | woran sehe ich ob es geklappt hat?
none | geht das auch ohne neustart?
none | sag bescheid obs geht
none | laut hersteller hilft da meist ein neustart
none | früher hats mal funktioniert
none | was wenn es nicht hilft?
none | soll ich vorher neu starten?
none | könnte am dns liegen
none | danke dir
none | ist ein thinkpad t14 mit win11
none | user meinte am freitag ging noch alles
none | gestern liefs noch, heute nicht mehr
none | das könnte klappen
none | versuch ich morgen wenn sie da ist
none | webmail geht
none | hoffentlich hilfts
none | müsste nach dem neustart gehen
none | vielleicht wars das, keine ahnung
none | beim kollegen hat cache leeren geholfen
none | was macht das skript genau?
none | kann man das nicht anders lösen
none | letztes mal hat nur eine neuinstallation geholfen
none | wenns nicht geht eskaliere ich
none | script läuft gerade
none | bei den anderen im büro ist alles ok
none | seit dem windows update geht nichts mehr
none | sonst wurde nichts geändert
none | bevor ich das mache: wird sie dann überall abgemeldet?
none | microsoft behauptet die störung sei behoben
none | sobald es läuft mach ich das ticket zu
none | hatte das schon mal jemand gelöst
none | neustart hat sie schon probiert, brachte letzte woche auch nichts
none | ping geht, namensauflösung nicht
none | welchen benutzernamen will das script?
none | gleicher fehler wie bei dem anderen ticket von fabrikam
none | muss da noch der alte name stehen?
none | falls das nichts bringt bin ich ratlos
none | will es erst an einem pc testen
none | passiert nur im wlan
none | man könnte es auch neu installieren
none | dauert das immer so lange?
none | der chef will dass es bis 15 uhr läuft
none | das drucken hat noch nie richtig funktioniert
"""


def sentences_of(table: str) -> list[tuple[str, Status | None]]:
    """Return text and outcome of a table with lines such as "worked | that did it"."""
    rows = (line.split(" | ", 1) for line in table.strip().splitlines())
    return [(text, LABELS[label]) for label, text in rows]


SENTENCES = sentences_of(ENGLISH) + sentences_of(GERMAN)
TUNED, HELD_OUT = SENTENCES[::2], SENTENCES[1::2]
