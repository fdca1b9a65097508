"""Messages that say half an outcome, doubt one or deny it, each with the outcome that they say.

Each table was written before the rules that it measured first, and those figures stand in docs/copilot.md: DOUBTFUL
before there were rules for doubt, SECOND and THIRD after each mend, then FOURTH, mostly usual messages, and FIFTH,
doubts in another clause or sentence. The rules have learnt from all of them since then, so they measure nothing any
more. What stays is that none of them is claimed to have worked.
"""

from flowpilot.tests.outcome_sentences import sentences_of

DOUBTFUL = sentences_of(
    """
none | working again, I suppose
none | that fixed it, at least I hope so
none | all good now? not sure to be honest
none | it's fixed, probably
none | the error is gone. I think.
none | seems fixed but don't quote me on that
none | she can print again, if I understood her correctly
none | might have worked, hard to say
none | should be fine now
none | not convinced that fixed it
none | it works again but that had nothing to do with your script
none | it came back on its own
none | outlook works again, the colleague had already replaced the cable
none | works now, but it wasn't your fix
none | it works if I run it as admin
none | works only because I added her to the local admins
none | back online without me doing anything
none | microsoft fixed it on their side, works now
none | the other ticket is fixed, this one I haven't touched
none | working again after I reinstalled it instead
none | I wouldn't say that it worked
none | can't say that it's fixed
none | he claims it works now
waiting | works for now, keeping an eye on it
waiting | no errors so far
waiting | looks fine but nobody has tested it
waiting | it printed once, will see if it holds
waiting | seems to work, user has to confirm
waiting | good so far, ask me again tomorrow
waiting | fixed on paper, she hasn't logged in since
waiting | it works on my side, user untested
waiting | the script says success but we haven't checked
partly | worked for two of them, not for the rest
partly | Lisa is fine again, Mark isn't
partly | it works but only until she reboots
partly | mail is back, the calendar is not
partly | fixed for the front desk, warehouse still offline
partly | the first floor prints again. Second floor nothing.
failed | worked once, then the same popup again
failed | the script threw an exception: path not found
failed | script errors out with access denied
failed | not working again
failed | I wish it had helped, it didn't
worked | not one crash since the change
worked | account is no longer locked
worked | hasn't dropped once since yesterday
worked | no more lockouts
none | läuft wieder, denke ich
none | problem behoben, hoffe ich mal
none | müsste jetzt wieder gehen
none | scheint zu gehen, bin aber nicht sicher
none | geht wieder, wahrscheinlich
none | drucker geht wieder, hat aber nichts mit dem skript zu tun
none | hat sich von selbst erledigt
none | läuft wieder, ich hab aber was anderes gemacht
none | ging von alleine wieder
none | geht jetzt, aber nur weil ich die firewall ausgeschaltet habe
none | klappt wieder, lag aber am kabel
none | war der andere fix, jetzt gehts
none | "läuft wieder" bezog sich auf das andere ticket
none | geht wenn ich es als admin starte
none | ich würde nicht sagen dass es geholfen hat
none | angeblich läuft es wieder
waiting | läuft erstmal
waiting | bisher keine fehler mehr
waiting | geht vorerst wieder
waiting | sieht gut aus, hat aber noch keiner getestet
waiting | laut log erfolgreich, user hat es noch nicht probiert
waiting | scheint zu laufen, sicher weiß ich es erst morgen
waiting | bis jetzt läuft es stabil
partly | bei Anna klappt es, Tom hat es immer noch
partly | läuft, aber nach jedem neustart ist es wieder weg
partly | erdgeschoss druckt wieder, obergeschoss nicht
partly | mail geht wieder, kalender fehlt noch
failed | läuft schon wieder nicht
failed | klappt jetzt auch nicht
failed | skript bricht mit einem fehler ab
failed | hat nur fünf minuten gehalten
worked | seitdem keine einzige sperrung mehr
worked | konto ist nicht mehr gesperrt
"""
)

SECOND = sentences_of(
    """
none | I'd like to believe that fixed it
none | works, or so they tell me
none | could be fixed, can't tell from here
none | fixed? you tell me
none | looks ok but I have my doubts
none | working again, not sure it was us
none | the user restarted the router and now it works
none | problem went away when the ISP came back
none | works now but I had to rebuild the whole profile by hand
none | it resolved on its own overnight
none | up again, Dave from networking sorted it
none | that worked on the test machine, haven't done hers
none | works with the old driver, not with yours
none | if it stays like this it's fixed
none | she thinks it's working
none | it worked for the other customer
none | almost certain it's fixed
none | nobody complained, so I take it that it works
waiting | fine at the moment, let's see
waiting | works now, but it always does for an hour or two
waiting | fixed as far as the server goes, clients still have to be tried
waiting | OK until now
waiting | no popup yet, she only logged in a minute ago
waiting | it's holding up so far
waiting | sync green, waiting for the user to say so too
waiting | prints a test page, real jobs come in the morning
partly | outlook yes, teams no
partly | works on her laptop, phone still asks
partly | works again but painfully slow
partly | fixed for most, sales still can't
partly | it works, except for shared folders
failed | worked for a second and died again
failed | nope, back to square one
failed | I ran it and it blew up with an error
failed | spooler won't even start any more after that
worked | hasn't come back since
worked | customer is delighted, printing again
worked | everything as it should be again
worked | not seen the error again since Tuesday
worked | confirmed by the user, closing
none | klappt wieder, nehme ich an
none | sollte jetzt funktionieren
none | geht wieder, warum auch immer, ich hab nichts gemacht
none | der kollege hat den switch getauscht, seitdem läufts
none | läuft, kann aber auch zufall sein
none | laut user geht es, ich glaub es aber noch nicht
none | hat sich erledigt, war das kabel
none | läuft wieder, hab den server einfach neu gestartet statt dem skript
none | beim anderen kunden hat es geholfen
none | dürfte wieder gehen
waiting | im moment ruhig
waiting | geht jetzt mal, mal schauen ob es hält
waiting | fehler ist weg, ob er wiederkommt sehen wir morgen
waiting | schaut gut aus, user muss noch bestätigen
waiting | läuft, aber noch nicht unter last getestet
partly | läuft wieder, nur der scanner spinnt noch
partly | bei drei von fünf geht es
partly | outlook ja, teams nein
partly | geht, aber sehr langsam
failed | ging genau einmal, dann wieder derselbe mist
failed | hat null gebracht
failed | skript läuft auf fehler
worked | seit dem neustart kein einziger abbruch
worked | userin kann wieder arbeiten, danke
worked | alles wieder beim alten, läuft
"""
)

THIRD = sentences_of(
    """
none | I'm leaning towards fixed
none | it's working but don't ask me why, I never ran the thing
none | works since the ISP swapped the modem
none | should have fixed it
none | working again, must have been a hiccup
none | fixed by the vendor's hotline
none | seems to work again, no promises
none | she said it works, then hung up before I could ask
none | this might well have fixed it
none | works on the spare laptop
none | that worked for Outlook on my own machine
none | problem's gone, then again so is the user
none | I'd call it fixed if it weren't for the log
none | working again, we swapped the cable
none | great, works now, after I put in the old disk
waiting | it works at least until the next update, we'll see
waiting | no drops yet
waiting | looks promising, give it a day
waiting | up since ten minutes, too early to celebrate
waiting | working, to be confirmed
waiting | ok from my end, the user has yet to try
waiting | fixed I'd say, but let's wait for monday's run
waiting | deployed, nobody's in the office to test
partly | works for everybody but the boss
partly | works in the morning, not in the afternoon
partly | half fixed
partly | signs in now, but twice a day it asks again
partly | both fine except hers
failed | worked at first, now the same again
failed | it said fixed, but she still can't print
failed | that broke even more
failed | exit code 1, same as before
worked | not a peep since
worked | all users back in
worked | she's up and running, ticket can be closed
worked | prompt doesn't appear any more
none | wird wohl gehen
none | läuft wieder, lag an der telekom
none | ich meine, es läuft
none | könnte sein dass es jetzt geht
none | geht wieder, aber frag nicht warum
none | er sagt es geht, ich hab da zweifel
none | sieht so aus als ob es ginge
none | ist gelöst, aber anders als gedacht
none | läuft wieder nachdem der provider was umgestellt hat
waiting | läuft seit fünf minuten, abwarten
waiting | geht, zumindest im moment
waiting | fehler weg, test mit user steht aus
waiting | geht laut monitoring, vor ort hat es noch keiner gesehen
partly | läuft bei allen außer beim chef
partly | halb gelöst
partly | drucken ja, scannen nein
partly | geht wieder, fliegt aber alle zwei stunden raus
failed | kurz gings, jetzt wieder tot
failed | tut immer noch nicht
failed | das hat es nur verschlimmert
worked | seitdem keine beschwerden mehr
worked | alle wieder drin
worked | kunde meldet: alles bestens
worked | meldung kommt nicht mehr
"""
)

FOURTH = sentences_of(
    """
worked | Thanks, the calendar syncs again.
worked | that was it, cheers
worked | she's able to log in now
worked | all three laptops are on the wifi again
worked | Ran it, rebooted, mail is coming in again.
worked | yes, fixed. thank you
worked | printer is back, user has printed ten pages
worked | no more crashes since the update
worked | problem solved, you can close this
worked | worked on the first try
worked | The shared drive opens again for everyone in sales.
worked | drucker läuft, danke dir
worked | hat auf anhieb geklappt
worked | outlook startet wieder normal
worked | ja, das wars
worked | vpn steht wieder
worked | die kollegin kann sich wieder anmelden
worked | Problem gelöst, vielen Dank für die schnelle Hilfe!
failed | that did nothing
failed | nope, same error as before
failed | tried it twice, she still can't sign in
failed | the window still pops up
failed | doesn't do anything
failed | hat nichts geändert
failed | leider immer noch kein zugriff
failed | fehler kommt sofort wieder
failed | nein, geht nicht
partly | Anna can print, Peter can't
partly | mail works, calendar still doesn't
partly | two of the five are ok now
partly | bei zwei von fünf hat es geholfen
partly | drucken geht, scannen nicht
waiting | will test after the meeting
waiting | rebooting tonight, I'll report back
waiting | the sync takes another hour
waiting | user is off today
waiting | wir testen das morgen früh
waiting | muss noch repliziert werden
waiting | rückmeldung vom user kommt morgen
none | I think it's the driver
none | which user do you mean?
none | she works from home
none | it worked last week
none | is it fixed?
none | ran the script, what next?
none | drucker steht im zweiten stock
none | ich starte den server jetzt neu
none | funktioniert das auch unter windows 10?
none | gestern ging es noch
none | could you explain step 2
none | it works in safe mode
none | works I guess
none | fixed for the time being? hard to tell
none | läuft, denk ich mal
none | geht wieder, hat der provider repariert
none | up again, but that was the ISP
waiting | ok for now, monitoring
waiting | läuft erst mal, beobachte weiter
partly | läuft, nur bei Tom nicht
failed | worked until lunch, now it's dead again
"""
)

FIFTH = sentences_of(
    """
none | it works, I'm told
none | fixed, though I couldn't say why
none | that did it - or the reboot did, who knows
none | works again / not related to what you sent
none | that did it for the moment?
none | that did it (I think)
none | that did it – hopefully
none | that did it. Maybe.
none | That did it! Just kidding, still nothing.
none | "that fixed it" is what I wish I could write
none | läuft (glaube ich)
none | läuft wieder – keine Ahnung ob wegen dem Skript
none | geht jetzt wieder. War aber der Provider.
none | problem gone, user bought a new laptop
none | Worked. On my machine, that is.
none | it works again but I never got to run yours
none | gelöst, allerdings nicht durch uns
none | Funktioniert wieder. Hat sich von alleine gegeben.
waiting | works again. will keep watching
waiting | geht wieder. testen aber noch.
waiting | all good now, at least for the last five minutes
partly | all good now, bar one user
partly | läuft wieder. Bei Tom leider nicht.
failed | that did it... not
failed | worked? no.
worked | That did it!! Thanks a lot
worked | geht wieder, super danke
worked | yes all good now, thanks for your help
worked | works again, thanks
"""
)
