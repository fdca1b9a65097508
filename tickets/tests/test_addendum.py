"""The addendum to a posted text, over fixes that went through the real lifecycle."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tickets.bundle import read_bundle
from tickets.models.text import Language
from tickets.writing.built_in.addendum import addendum
from tickets.writing.rendering import as_markdown

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 13, 39, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TITLE = "Register the sign-in broker again"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fix() -> SuggestedFix:
    """A fix that waited when the text was posted."""
    session = SessionFactory.create(owner__display_name="Maya Lindqvist", account__time_zone="Europe/London")
    words = {"title": TITLE, "description": "…", "confidence_pct": 80}
    fix = lifecycle.suggest(session.pk, words, By(None, Source.COPILOT, NOW - 90 * MINUTE))
    by = _by(session, -60)
    return lifecycle.record(fix.pk, Status.PENDING, by, notes="the reboot", follow_up_at=NOW + 10 * MINUTE)


def _by(session: AISession, minutes: int = -1) -> By:
    return By(session.owner, Source.BANNER, NOW + minutes * MINUTE)


def _posted(fix: SuggestedFix) -> int:
    return AISession.objects.get(pk=fix.session_id).state_version


def _said(fix: SuggestedFix, since: int, language: Language = Language.ENGLISH) -> str | None:
    document = addendum(read_bundle(AISession.objects.get(pk=fix.session_id)), since, language)
    return as_markdown(document).strip() if document else None


def test_there_is_none_while_nothing_changed(fix: SuggestedFix) -> None:
    assert _said(fix, _posted(fix)) is None


def test_a_fix_that_has_worked(fix: SuggestedFix) -> None:
    since = _posted(fix)
    lifecycle.record(fix.pk, Status.SUCCESS, _by(fix.session), notes="AzureAdPrt is YES, no prompt for ten minutes")
    assert _said(fix, since) == (
        "**Addendum, 26 November 2026, 13:39.** “Register the sign-in broker again” has worked; Maya Lindqvist "
        "verified it on 26 November at 13:38. Recorded with it: “AzureAdPrt is YES, no prompt for ten minutes”."
    )
    assert _said(fix, since, Language.GERMAN) == (
        "**Nachtrag, 26. November 2026, 13:39 Uhr.** „Register the sign-in broker again“ hat geholfen, wie Maya "
        "Lindqvist am 26. November um 13:38 Uhr bestätigt hat. Dazu festgehalten: „AzureAdPrt is YES, no prompt for "
        "ten minutes“."
    )
    assert _said(fix, _posted(fix)) is None


@pytest.mark.parametrize(
    ("status", "notes", "said"),
    [
        (
            Status.FAILED,
            "it is back",
            "“Register the sign-in broker again” has not helped, as Maya Lindqvist recorded on 26 November at 13:38. "
            "Recorded with it: “it is back”.",
        ),
        (
            Status.PARTIAL,
            "mail works, Teams doesn’t",
            "“Register the sign-in broker again” has helped in part, as Maya Lindqvist recorded on 26 November at "
            "13:38. Recorded with it: “mail works, Teams doesn’t”.",
        ),
        (
            Status.PENDING,
            "she restarts tomorrow",
            "Whether “Register the sign-in broker again” helps can be seen only later; the reason: “she restarts "
            "tomorrow”. The "
            "check is due by 13:49 on 26 November.",
        ),
        (
            Status.DISMISSED,
            None,
            "“Register the sign-in broker again” is not being pursued any further, as Maya Lindqvist recorded on 26 "
            "November at 13:38.",
        ),
    ],
)
def test_any_other_outcome(fix: SuggestedFix, status: Status, notes: str | None, said: str) -> None:
    since = _posted(fix)
    lifecycle.record(fix.pk, status, _by(fix.session), notes=notes)
    assert _said(fix, since) == f"**Addendum, 26 November 2026, 13:39.** {said}"


def test_a_verdict_that_was_undone_adds_nothing(fix: SuggestedFix) -> None:
    since = _posted(fix)
    lifecycle.record(fix.pk, Status.SUCCESS, _by(fix.session, -2))
    lifecycle.undo(fix.pk, _by(fix.session))
    assert _said(fix, since) is None


def test_a_verdict_in_the_text_that_was_reopened_no_longer_stands(fix: SuggestedFix) -> None:
    lifecycle.record(fix.pk, Status.SUCCESS, _by(fix.session, -30))
    since = _posted(fix)
    lifecycle.reopen(fix.pk, _by(fix.session), reason="the prompt is back")
    assert _said(fix, since) == (
        "**Addendum, 26 November 2026, 13:39.** What was recorded of “Register the sign-in broker again” no longer "
        "stands: Maya Lindqvist took it back on 26 November at 13:38. The reason: “the prompt is back”. Whether "
        "“Register the sign-in broker again” helps can be seen only later; the reason: “the reboot”. The check is "
        "due by 13:49 on "
        "26 November."
    )


def test_a_new_fix_is_told_once_it_was_applied(fix: SuggestedFix) -> None:
    since = _posted(fix)
    words = {"title": "Clear the credentials", "description": "…", "confidence_pct": 50}
    newer = lifecycle.suggest(fix.session_id, words, By(None, Source.COPILOT, NOW - 5 * MINUTE))
    assert _said(fix, since) is None
    lifecycle.record(newer.pk, Status.SUCCESS, _by(fix.session))
    assert _said(fix, since) == (
        "**Addendum, 26 November 2026, 13:39.** “Clear the credentials” has worked; Maya Lindqvist verified it on 26 "
        "November at 13:38."
    )


def test_a_dismissed_suggestion_that_nobody_applied_adds_nothing(fix: SuggestedFix) -> None:
    since = _posted(fix)
    words = {"title": "Clear the credentials", "description": "…", "confidence_pct": 50}
    newer = lifecycle.suggest(fix.session_id, words, By(None, Source.COPILOT, NOW - 5 * MINUTE))
    lifecycle.record(newer.pk, Status.DISMISSED, _by(fix.session))
    assert _said(fix, since) is None
