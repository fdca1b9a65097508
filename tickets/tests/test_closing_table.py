"""The table of sessions (docs/lifecycle.md, *Sessions*): what resolving, and outcomes afterwards, make of a session."""

import pytest
import time_machine

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests import acts
from tickets.models import PostedText
from tickets.tests.closing import by, escalate, resolve, says

NOTES_OF = {Status.PARTIAL: "One of three works.", Status.PENDING: "The reboot after lunch."}
VERIFIED, PROVISIONAL, WITHOUT_FIX = ("resolved", "verified"), ("resolved", "provisional"), ("resolved", "without_fix")
ACTIVE, ESCALATED = ("active", None), ("escalated", None)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def state(session: AISession) -> tuple[str, str | None]:
    session.refresh_from_db()
    return session.status, session.resolution_kind


def resolved(session: AISession, before: Status, outcome: Status) -> SuggestedFix:
    """The fix of a session that was resolved with this outcome."""
    fix = make_fix(session, before)
    resolve(session.pk, says(outcome, notes=NOTES_OF.get(outcome)), by(session.owner))
    fix.refresh_from_db()
    return fix


@pytest.mark.parametrize(
    ("outcome", "later", "becomes"),
    [
        (Status.PENDING, Status.SUCCESS, VERIFIED),
        (Status.PENDING, Status.PENDING, PROVISIONAL),
        (Status.PENDING, Status.FAILED, ACTIVE),
        (Status.PENDING, Status.PARTIAL, ACTIVE),
        (Status.PENDING, Status.DISMISSED, ACTIVE),
        (Status.PARTIAL, Status.SUCCESS, WITHOUT_FIX),
        (Status.PARTIAL, Status.PENDING, WITHOUT_FIX),
        (Status.PARTIAL, Status.FAILED, WITHOUT_FIX),
        (Status.PARTIAL, Status.DISMISSED, WITHOUT_FIX),
    ],
)
def test_an_outcome_after_resolving(
    session: AISession, engineer: User, outcome: Status, later: Status, becomes: tuple[str, str | None]
) -> None:
    fix = resolved(session, Status.PROPOSED, outcome)
    assert lifecycle.record(fix.pk, later, by(engineer), notes="Seen later.").status == later
    assert state(session) == becomes


class TestUndoOfTheOutcomeThatWasRecordedByResolving:
    @pytest.mark.parametrize(
        ("before", "outcome", "becomes"),
        [
            (Status.PROPOSED, Status.SUCCESS, ACTIVE),
            (Status.PARTIAL, Status.SUCCESS, ACTIVE),
            (Status.PENDING, Status.SUCCESS, PROVISIONAL),
            (Status.PROPOSED, Status.PENDING, ACTIVE),
            (Status.PARTIAL, Status.PENDING, ACTIVE),
            (Status.PENDING, Status.PENDING, PROVISIONAL),
            (Status.PROPOSED, Status.FAILED, ACTIVE),
            (Status.PENDING, Status.FAILED, ACTIVE),
            (Status.PENDING, Status.PARTIAL, ACTIVE),
            (Status.PARTIAL, Status.PARTIAL, WITHOUT_FIX),
            (Status.PROPOSED, Status.DISMISSED, ACTIVE),
            (Status.PENDING, Status.DISMISSED, ACTIVE),
        ],
    )
    def test_leaves_no_resolved_session_with_an_open_fix_that_nobody_was_asked_about(
        self, session: AISession, engineer: User, before: Status, outcome: Status, becomes: tuple[str, str | None]
    ) -> None:
        fix = resolved(session, before, outcome)
        assert lifecycle.undo(fix.pk, by(engineer)).status == before
        assert state(session) == becomes

    def test_keeps_the_note_that_was_posted(self, session: AISession, engineer: User) -> None:
        fix = resolved(session, Status.PROPOSED, Status.SUCCESS)
        lifecycle.undo(fix.pk, by(engineer))
        session.refresh_from_db()
        assert session.resolution_note == PostedText.objects.get().markdown

    def test_lets_the_session_be_resolved_again(self, session: AISession, engineer: User) -> None:
        fix = resolved(session, Status.PROPOSED, Status.FAILED)
        lifecycle.undo(fix.pk, by(engineer))
        resolve(session.pk, says(Status.SUCCESS), by(engineer))
        assert state(session) == VERIFIED


@pytest.mark.parametrize(
    ("before", "becomes"), [(Status.PENDING, PROVISIONAL), (Status.PARTIAL, ACTIVE), (Status.PROPOSED, ACTIVE)]
)
def test_reopening_the_success_later(
    session: AISession, engineer: User, before: Status, becomes: tuple[str, str | None]
) -> None:
    fix = resolved(session, before, Status.SUCCESS)
    lifecycle.reopen(fix.pk, by(engineer), reason="It came back.")
    assert state(session) == becomes


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING, Status.DISMISSED])
def test_undoing_what_was_recorded_by_escalating_leaves_the_session_in_the_queue(
    session: AISession, engineer: User, outcome: Status
) -> None:
    fix = make_fix(session, applied=True)
    escalate(session.pk, says(outcome, notes=NOTES_OF.get(outcome)), by(engineer))
    assert lifecycle.undo(fix.pk, by(engineer)).status == Status.PROPOSED
    assert state(session) == ESCALATED


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.PENDING, Status.FAILED])
def test_a_resolved_session_is_reopened_with_a_reason(session: AISession, engineer: User, outcome: Status) -> None:
    resolved(session, Status.PROPOSED, outcome)
    acts.reopen(session.pk, "They called again.", user=engineer)
    assert state(session) == ACTIVE
