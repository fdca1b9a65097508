"""The built-in resolution note, word for word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fixes.transitions import Status
from tickets.bundle import ClosingInput, Outcome
from tickets.models.text import Kind, Language
from tickets.tests.bundles import MAYA, bundle_of
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown
from tickets.writing.writer import write

ENGLISH, GERMAN = Language.ENGLISH, Language.GERMAN


def _resolution(*states: str, language: Language = ENGLISH) -> str:
    return _sections(write(bundle_of(*states), Kind.NOTE, language))[-1]


def _sections(document: Document) -> list[str]:
    return [part.split("\n\n", 1)[1].strip() for part in as_markdown(document).split("## ")[1:]]


def test_a_fix_that_waits_makes_the_note_provisional() -> None:
    bundle = bundle_of(
        "failed", "waits", inputs=ClosingInput(root_cause="The sign-in broker was not registered. Why is not known.")
    )
    assert as_markdown(write(bundle, Kind.NOTE, ENGLISH)) == (
        "## Problem\n\n"
        "Outlook on Ines’ PC asks for the password again and again.\n\n"
        "## What we confirmed\n\n"
        "- No primary refresh token in her session: AzureAdPrt : NO.\n\n"
        "## Root cause\n\n"
        "The sign-in broker was not registered. Why is not known.\n\n"
        "## Resolution (provisional)\n\n"
        "On 26 November 2026 at 10:30 we applied this fix: “Register the sign-in broker again for the affected user”. "
        "Whether it helps can be seen only later; the reason: “have to wait for the reboot, she’s with a client and "
        "restarts after "
        "lunch”. The check is due by 13:30 on 26 November.\n\n"
        "Before that, on 26 November at 09:30, we applied this fix, and it did not help: “Clear the saved Office "
        "credentials”. Recorded with it: “prompt is back within a minute”.\n"
    )


def test_a_provisional_note_in_german() -> None:
    assert as_markdown(write(bundle_of("failed", "waits"), Kind.NOTE, GERMAN)) == (
        "## Problem\n\n"
        "Outlook on Ines’ PC asks for the password again and again.\n\n"
        "## Was wir festgestellt haben\n\n"
        "- No primary refresh token in her session: AzureAdPrt : NO.\n\n"
        "## Ursache\n\n"
        "Die Ursache wurde nicht festgestellt.\n\n"
        "## Lösung (vorläufig)\n\n"
        "Am 26. November 2026 um 10:30 Uhr haben wir diese Maßnahme durchgeführt: „Register the sign-in broker again "
        "for the affected user“. Ob sie hilft, zeigt sich erst später; der Grund: „have to wait for the reboot, "
        "she’s with a "
        "client and restarts after lunch“. Die Prüfung ist bis zum 26. November um 13:30 Uhr vorgesehen.\n\n"
        "Davor haben wir am 26. November um 09:30 Uhr diese Maßnahme durchgeführt, die nicht geholfen hat: „Clear the "
        "saved Office credentials“. Dazu festgehalten: „prompt is back within a minute“.\n"
    )


def test_a_fix_that_worked_closes_the_note_with_who_verified_it_and_when() -> None:
    assert _resolution("worked") == (
        "On 26 November 2026 at 09:30 we applied this fix: “Clear the saved Office credentials”. It worked, and the "
        "problem is resolved: Maya Lindqvist verified this on 26 November at 09:50. Recorded with it: “AzureAdPrt is "
        "YES, no prompt for ten minutes”."
    )
    assert _resolution("worked", language=GERMAN) == (
        "Am 26. November 2026 um 09:30 Uhr haben wir diese Maßnahme durchgeführt: „Clear the saved Office "
        "credentials“. Sie hat geholfen, und das Problem ist gelöst: Maya Lindqvist hat das am 26. November um 09:50 "
        "Uhr bestätigt. Dazu festgehalten: „AzureAdPrt is YES, no prompt for ten minutes“."
    )


def test_while_another_fix_waits_one_that_worked_does_not_close_the_note() -> None:
    assert _resolution("waits", "worked") == (
        "On 26 November 2026 at 10:30 we applied this fix: “Register the sign-in broker again for the affected user”. "
        "It worked: Maya Lindqvist verified this on 26 November at 10:50. Recorded with it: “AzureAdPrt is YES, no "
        "prompt for ten minutes”.\n\n"
        "Before that, on 26 November at 09:30, we applied this fix: “Clear the saved Office credentials”. Whether it "
        "helps can be seen only later; the reason: “have to wait for the reboot, she’s with a client and restarts "
        "after lunch”. "
        "The check is due by 13:30 on 26 November."
    )


def test_several_fixes_that_failed_are_one_list() -> None:
    assert _resolution("failed", "proposed", "failed") == (
        "We applied these fixes, and they did not help:\n\n"
        "- “Clear the saved Office credentials” (26 November 2026, 09:30): “prompt is back within a minute”.\n"
        "- “Point the branch’s DNS at head office first” (26 November, 11:30): “prompt is back within a minute”.\n\n"
        "No fix has helped so far."
    )


def test_what_helped_in_part_leaves_the_rest_open() -> None:
    assert _resolution("partly") == (
        "On 26 November 2026 at 09:30 we applied this fix, and it helped in part: “Clear the saved Office "
        "credentials”. Recorded with it: “names resolve, replication still fails”.\n\n"
        "The rest is still open."
    )


@pytest.mark.parametrize("state", ["proposed", "dismissed", "never"])
def test_a_fix_that_nobody_applied_is_not_mentioned(state: str) -> None:
    assert _resolution(state) == "No fix was applied."
    assert _resolution(state, language=GERMAN) == "Es wurde keine Maßnahme durchgeführt."


def test_an_applied_fix_without_a_verdict_is_told_as_such() -> None:
    assert _resolution("dropped") == (
        "On 26 November 2026 at 09:30 we applied this fix; whether it helped is not known: “Clear the saved Office "
        "credentials”."
    )


def test_a_session_with_nothing_in_it_has_every_section() -> None:
    bundle = bundle_of(facts=(), problem="")
    assert _sections(write(bundle, Kind.NOTE, ENGLISH)) == [
        "Outlook asks for the password.",
        "No findings were recorded.",
        "No cause was established.",
        "No fix was applied.",
    ]
    assert _sections(write(bundle, Kind.NOTE, GERMAN)) == [
        "Outlook asks for the password.",
        "Es wurden keine Feststellungen festgehalten.",
        "Die Ursache wurde nicht festgestellt.",
        "Es wurde keine Maßnahme durchgeführt.",
    ]


def test_a_fix_whose_application_was_only_said_with_its_outcome_has_one_time() -> None:
    bundle = bundle_of("worked")
    attempt = bundle.attempts[0]
    assert attempt.outcome
    bundle = replace(bundle, attempts=(replace(attempt, applied=attempt.outcome.cites),))
    assert _sections(write(bundle, Kind.NOTE, ENGLISH))[-1].startswith(
        "We applied this fix: “Clear the saved Office credentials”. It worked, and the problem is resolved: Maya "
        "Lindqvist verified this on 26 November 2026 at 09:50."
    )


def test_without_a_check_by_time_the_note_says_so() -> None:
    bundle = bundle_of("waits")
    attempt = bundle.attempts[0]
    outcomes = tuple(replace(each, check_by=None) for each in attempt.outcomes)
    bundle = replace(bundle, attempts=(replace(attempt, outcomes=outcomes),))
    assert _sections(write(bundle, Kind.NOTE, ENGLISH))[-1].endswith("No time has been set for the check.")


def test_times_are_the_accounts_own_and_the_year_is_named_where_it_changes() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    bundle = bundle_of("waits", zone=ZoneInfo("Europe/Berlin"))
    attempt = replace(
        bundle.attempts[0],
        applied_at=at - timedelta(hours=2),
        outcomes=(Outcome(Status.PENDING, at, MAYA, "the reboot", at + timedelta(hours=1), "event:1.2"),),
    )
    text = _sections(write(replace(bundle, attempts=(attempt,)), Kind.NOTE, ENGLISH))[-1]
    assert "On 31 December 2026 at 22:30 we applied" in text
    assert "due by 01:30 on 1 January 2027." in text


def test_an_hour_that_the_clock_shows_twice_has_its_zone() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    bundle = bundle_of("applied", zone=ZoneInfo("Europe/London"))
    for at, english, german in (
        (first, "01:30 BST", "01:30 Uhr BST"),
        (first + timedelta(hours=1), "01:30 GMT", "01:30 Uhr GMT"),
        (first + timedelta(hours=2), "02:30 we", "02:30 Uhr haben"),
    ):
        moved = replace(bundle, attempts=(replace(bundle.attempts[0], applied_at=at),))
        assert f"at {english}" in as_markdown(write(moved, Kind.NOTE, ENGLISH))
        assert f"um {german}" in as_markdown(write(moved, Kind.NOTE, GERMAN))
    berlin = replace(moved, zone=ZoneInfo("Europe/Berlin"))
    for at, text in ((first, "02:30 Uhr MESZ"), (first + timedelta(hours=1), "02:30 Uhr MEZ")):
        moved = replace(berlin, attempts=(replace(bundle.attempts[0], applied_at=at),))
        assert text in as_markdown(write(moved, Kind.NOTE, GERMAN))


def test_findings_become_sentences_in_their_own_words_and_the_same_one_stands_once() -> None:
    facts = (
        "webmail works",
        "dsregcmd /status shows NO",
        "iPhone works",
        "Webmail works.",
        "AzureAdPrt : NO\nDomain : YES",
    )
    document = write(bundle_of(facts=facts), Kind.NOTE, ENGLISH)
    found = [each for item in document.sections[1].blocks[0].items for each in item.sentences]
    assert [(each.text, each.cites) for each in found] == [
        ("Webmail works.", ("fact:0", "fact:3")),
        ("dsregcmd /status shows NO.", ("fact:1",)),
        ("iPhone works.", ("fact:2",)),
        ("AzureAdPrt : NO / Domain : YES.", ("fact:4",)),
    ]


def test_a_long_problem_is_told_by_its_first_sentences() -> None:
    problem = "Outlook asks for the password. " + "It does so all day long, and nobody knows why. " * 20
    text = _sections(write(bundle_of(problem=problem), Kind.NOTE, ENGLISH))[0]
    assert text.startswith("Outlook asks for the password. It does so all day long")
    assert text.endswith("nobody knows why.")
    assert 500 < len(text) <= 600


def test_many_fixes_and_findings_make_a_summary_that_stays_readable() -> None:
    bundle = bundle_of(*["failed"] * 50, facts=[f"Server {number} answers" for number in range(40)])
    problem, confirmed, _, resolution = _sections(write(bundle, Kind.NOTE, ENGLISH))
    assert len(confirmed.split("\n")) == 16
    assert confirmed.endswith("- 25 more findings are on record.")
    assert resolution.split("\n\n")[0] == "We applied 50 fixes that did not help, most recently these:"
    assert [line[:9] for line in resolution.split("\n") if line.startswith("-")] == [
        "- “Try 48",
        "- “Try 49",
        "- “Try 50",
    ]
    assert len(problem) < 100


def test_right_to_left_text_and_emoji_are_kept_and_isolated_in_quotations() -> None:
    bundle = bundle_of("failed", facts=("الطابعة لا تعمل",), problem="🖨️ prints 白紙")
    attempt = bundle.attempts[0]
    outcomes = tuple(replace(each, notes="عادت الرسالة 🔁") for each in attempt.outcomes)
    attempt = replace(attempt, title="إعادة تشغيل", outcomes=outcomes)
    sections = _sections(write(replace(bundle, attempts=(attempt,)), Kind.NOTE, ENGLISH))
    assert sections[0] == "🖨️ prints 白紙."
    assert sections[1] == "- الطابعة لا تعمل."
    assert "“\u2068إعادة تشغيل\u2069”. Recorded with it: “\u2068عادت الرسالة 🔁\u2069”." in sections[3]


def test_the_cause_is_exactly_as_written() -> None:
    cause = "someone ran a “debloat” script\n\nit removed the broker"
    bundle = bundle_of(inputs=ClosingInput(root_cause=cause))
    assert _sections(write(bundle, Kind.NOTE, ENGLISH))[2] == (
        "someone ran a “debloat” script\n\nit removed the broker"
    )
