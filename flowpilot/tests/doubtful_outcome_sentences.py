"""Messages that say half an outcome, doubt one or deny it, each with the outcome that they say.

They were written before the rules for doubt. The first measurement, before any rule was changed, stands in
docs/copilot.md; since then the rules have learnt from them, so they measure nothing any more.
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
