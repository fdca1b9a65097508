"""The built-in escalation package, word for word."""

from dataclasses import replace

from fixes.transitions import Status
from tickets.bundle import ClosingInput, Outcome
from tickets.gaps import gaps_of
from tickets.models.text import Kind, Language
from tickets.tests.bundles import JONAS, bundle_of
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown
from tickets.writing.writer import write

ENGLISH, GERMAN = Language.ENGLISH, Language.GERMAN
KNOWN = ClosingInput(impact="three people can’t work, their shift begins at 15:00", access="via JH-02, call Ines first")


def _sections(document: Document) -> dict[str, str]:
    parts = [part.split("\n\n", 1) for part in as_markdown(document).split("## ")[1:]]
    return {heading: text.strip() for heading, text in parts}


def test_a_fix_that_waits_leads_the_package() -> None:
    inputs = replace(KNOWN, question="Can you look at the firewall?\nI have no login for it.")
    bundle = bundle_of("failed", "partly", "waits", inputs=inputs)
    assert as_markdown(write(bundle, Kind.PACKAGE, ENGLISH)) == (
        "**Question for whoever takes over:** Can you look at the firewall? I have no login for it.\n\n"
        "## Problem\n\n"
        "Outlook on Ines’ PC asks for the password again and again.\n\n"
        "**Impact.** Three people can’t work, their shift begins at 15:00.\n\n"
        "**Access.** Via JH-02, call Ines first.\n\n"
        "## What we’ve confirmed\n\n"
        "- No primary refresh token in her session: AzureAdPrt : NO.\n\n"
        "## What we’ve tried\n\n"
        "1. **Clear the saved Office credentials.** Didn’t work (Maya Lindqvist, 26 November 2026, 09:50): “prompt is "
        "back within a minute”.\n"
        "2. **Register the sign-in broker again for the affected user.** Partly worked (Maya Lindqvist, 26 November, "
        "10:50): “names resolve, replication still fails”.\n\n"
        "## Current hypothesis (awaiting verification)\n\n"
        "The leading hypothesis is that this fix helps: “Point the branch’s DNS at head office first”. Maya Lindqvist "
        "applied it on 26 November 2026 at 11:30; it is not verified yet. It is waiting on this: “have to wait for the "
        "reboot, she’s with a client and restarts after lunch”. The check is due by 13:30 on 26 November.\n\n"
        "## Suggested next steps\n\n"
        "1. Check first whether “Point the branch’s DNS at head office first” has helped, by 13:30 on 26 November "
        "2026.\n"
        "2. If it has not helped, look for another cause; “Clear the saved Office credentials” did not help either.\n"
    )


def test_the_same_package_in_german() -> None:
    bundle = bundle_of("worked", "waits", inputs=replace(KNOWN, question="Siehst du die Firewall?"))
    assert as_markdown(write(bundle, Kind.PACKAGE, GERMAN)) == (
        "**Frage an die übernehmende Person:** Siehst du die Firewall?\n\n"
        "## Problem\n\n"
        "Outlook on Ines’ PC asks for the password again and again.\n\n"
        "**Auswirkung.** Three people can’t work, their shift begins at 15:00.\n\n"
        "**Zugang.** Via JH-02, call Ines first.\n\n"
        "## Was wir festgestellt haben\n\n"
        "- No primary refresh token in her session: AzureAdPrt : NO.\n\n"
        "## Was wir versucht haben\n\n"
        "1. **Clear the saved Office credentials.** Hat geholfen (bestätigt von Maya Lindqvist, 26. November 2026, "
        "09:50 Uhr): „AzureAdPrt is YES, no prompt for ten minutes“.\n\n"
        "## Aktuelle Hypothese (Prüfung steht aus)\n\n"
        "Die führende Hypothese ist, dass diese Maßnahme hilft: „Register the sign-in broker again for the affected "
        "user“. Maya Lindqvist hat sie am 26. November 2026 um 10:30 Uhr durchgeführt; geprüft ist sie noch nicht. Aus "
        "ihrer Beschreibung: „The PC has no primary refresh token, which points at the broker package“. Gewartet wird "
        "auf Folgendes: „have to wait for the reboot, she’s with a client and restarts after lunch“. Die Prüfung ist "
        "bis zum 26. November um 13:30 Uhr vorgesehen.\n\n"
        "## Vorgeschlagene nächste Schritte\n\n"
        "1. Zuerst prüfen, ob „Register the sign-in broker again for the affected user“ geholfen hat, und zwar bis zum "
        "26. November 2026 um 13:30 Uhr. Woran man es erkennt: „dsregcmd /status shows AzureAdPrt : YES“.\n"
        "2. Hat sie nicht geholfen, nach einer anderen Ursache suchen.\n"
    )


def test_a_session_with_nothing_in_it_says_what_is_unknown() -> None:
    assert as_markdown(write(bundle_of(facts=(), problem=""), Kind.PACKAGE, ENGLISH)) == (
        "## Problem\n\nOutlook asks for the password.\n\n"
        "## What we’ve confirmed\n\nNo findings were recorded.\n\n"
        "## What we’ve tried\n\nNo fix was applied.\n\n"
        "## Current hypothesis\n\nNo cause was established, and no hypothesis is open.\n\n"
        "## Suggested next steps\n\n1. Begin with the problem: no fix has been applied yet.\n\n"
        "Not described: the impact, how to get access.\n"
    )


def test_a_replaced_fix_that_still_waits_is_a_hypothesis_too() -> None:
    assert _sections(write(bundle_of("waits", "waits"), Kind.PACKAGE, ENGLISH))[
        "Current hypothesis (awaiting verification)"
    ].split("\n\n")[1] == (
        "“Clear the saved Office credentials”, since replaced by another fix, awaits verification, too (applied: Maya "
        "Lindqvist, 26 November, 09:30): “have to wait for the reboot, she’s with a client and restarts after lunch”; "
        "to be checked by 13:30 on 26 November."
    )


def test_what_nobody_applied_is_listed_apart_with_the_reason() -> None:
    tried = _sections(write(bundle_of("dismissed", "never", "proposed"), Kind.PACKAGE, ENGLISH))["What we’ve tried"]
    assert tried == (
        "No fix was applied.\n\n"
        "Suggested, but not applied:\n\n"
        "- “Clear the saved Office credentials”, dismissed (Maya Lindqvist, 26 November 2026, 09:50): “needs a reboot "
        "in working hours”.\n"
        "- “Register the sign-in broker again for the affected user”, never applied (Maya Lindqvist, 26 November, "
        "10:50).\n"
        "- “Point the branch’s DNS at head office first”, suggested on 26 November at 11:20."
    )


def test_earlier_outcomes_and_the_script_of_a_fix_are_told() -> None:
    bundle = bundle_of("failed")
    attempt = bundle.attempts[0]
    earlier = Outcome(Status.PARTIAL, attempt.outcomes[0].at, JONAS, "two of three", None, "event:1.1")
    attempt = replace(attempt, outcomes=(earlier, *attempt.outcomes), script="event:1.1")
    tried = _sections(write(replace(bundle, attempts=(attempt,)), Kind.PACKAGE, ENGLISH))["What we’ve tried"]
    assert tried == (
        "1. **Clear the saved Office credentials.** Didn’t work (Maya Lindqvist, 26 November 2026, 09:50): “prompt is "
        "back within a minute”. Before that: partly worked (Jonas Brandt, 26 November, 09:50): “two of three”. Its "
        "script was run (Maya Lindqvist, 26 November, 09:30)."
    )


def test_a_stated_cause_is_part_of_the_hypothesis() -> None:
    bundle = bundle_of("failed", inputs=ClosingInput(root_cause="The firewall has no rule for RPC."))
    assert _sections(write(bundle, Kind.PACKAGE, ENGLISH))["Current hypothesis"] == (
        "The cause as stated so far: “The firewall has no rule for RPC”."
    )


def test_of_many_fixes_a_package_lists_all() -> None:
    tried = _sections(write(bundle_of(*["failed"] * 50, inputs=KNOWN), Kind.PACKAGE, ENGLISH))
    assert tried["What we’ve tried"].count("Didn’t work (") == 50
    assert tried["Suggested next steps"] == "1. Look for another cause: the 50 fixes above did not help."


def test_gaps_are_what_the_package_lacks() -> None:
    assert gaps_of(bundle_of("proposed")) == ("tried", "impact", "access")
    assert gaps_of(bundle_of("waits", inputs=KNOWN)) == ()
    bundle = bundle_of("waits", inputs=KNOWN)
    outcomes = tuple(replace(each, check_by=None) for each in bundle.attempts[0].outcomes)
    without_check_by = replace(bundle, attempts=(replace(bundle.attempts[0], outcomes=outcomes),))
    assert gaps_of(without_check_by) == ("waited_on",)
