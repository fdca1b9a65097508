"""Undo: for ten minutes every outcome, by the person who recorded it, and then the fix is exactly what it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, Stale
from fixes.lifecycle.refusals import Superseded
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession

DUE = NOON + timedelta(hours=3)
OPEN_OUTCOMES = [Status.PARTIAL, Status.PENDING]
OUTCOMES = [*OPEN_OUTCOMES, Status.SUCCESS, Status.FAILED, Status.DISMISSED]


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def colleague(engineer: User) -> User:
    return UserFactory(account=engineer.account)


def row(fix: SuggestedFix, *without: str) -> dict[str, object]:
    values = SuggestedFix.objects.values().get(pk=fix.pk)
    return {name: value for name, value in values.items() if name not in {"version", *without}}


def proposed(session: AISession) -> SuggestedFix:
    return lifecycle.propose(make_fix(session).pk, Status.SUCCESS, "Mail arrives.", COPILOT)


def waiting(session: AISession) -> SuggestedFix:
    fix = make_fix(session, Status.PARTIAL)
    return lifecycle.record(fix.pk, Status.PENDING, by(session.owner), notes="At lunch.", follow_up_at=DUE)


STARTS: dict[str, Callable[[AISession], SuggestedFix]] = {
    "suggested": make_fix,
    "applied": lambda session: make_fix(session, applied=True),
    "with a proposal": proposed,
    "partly": lambda session: make_fix(session, Status.PARTIAL),
    "waiting until three": waiting,
}


@pytest.mark.parametrize("outcome", OPEN_OUTCOMES)
@pytest.mark.parametrize("start", STARTS)
def test_partly_and_waiting_leave_no_trace_on_the_fix(
    session: AISession, engineer: User, start: str, outcome: Status, clock: time_machine.TimeMachineFixture
) -> None:
    fix = STARTS[start](session)
    before = row(fix)
    clock.move_to(NOON + 20 * MINUTE, tick=False)
    lifecycle.record(fix.pk, outcome, by(engineer), notes="Something else.")
    clock.move_to(NOON + 30 * MINUTE, tick=False)
    lifecycle.undo(fix.pk, by(engineer))
    assert row(fix) == before


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
@pytest.mark.parametrize("start", STARTS)
def test_a_closing_outcome_leaves_only_that_the_fix_was_applied_and_why_it_failed(
    session: AISession, engineer: User, start: str, outcome: Status
) -> None:
    fix = STARTS[start](session)
    before = row(fix, "applied_at", "failure_reason")
    lifecycle.record(fix.pk, outcome, by(engineer), notes="Seen.")
    lifecycle.undo(fix.pk, by(engineer))
    assert row(fix, "applied_at", "failure_reason") == before


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_its_event_says_undo_and_the_session_takes_one_step(
    session: AISession, engineer: User, outcome: Status
) -> None:
    fix = make_fix(session, outcome)
    lifecycle.undo(fix.pk, by(engineer))
    event, session = last_event(fix), AISession.objects.get(pk=session.pk)
    assert (event.action, event.details, event.to_status) == ("reopen", {"undo": True}, "proposed")
    assert (event.actor, event.state_version, session.state_version) == (engineer, 3, 3)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_after_ten_minutes_it_is_too_late(
    session: AISession, engineer: User, outcome: Status, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(session, outcome)
    clock.move_to(NOON + 10 * MINUTE + timedelta(microseconds=1), tick=False)
    with assert_nothing_written(), pytest.raises(IllegalTransition, match="window has passed"):
        lifecycle.undo(fix.pk, by(engineer))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_nobody_else_can(session: AISession, colleague: User, outcome: Status) -> None:
    fix = make_fix(session, outcome)
    with assert_nothing_written(), pytest.raises(IllegalTransition, match="Only the person"):
        lifecycle.undo(fix.pk, by(colleague))


def test_an_updated_reason_is_an_outcome_of_its_own(session: AISession, engineer: User, colleague: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.PENDING, by(colleague), notes="Now the licence sync.", follow_up_at=DUE)
    with pytest.raises(IllegalTransition):
        lifecycle.undo(fix.pk, by(engineer))
    fix = lifecycle.undo(fix.pk, by(colleague))
    assert (fix.pending_reason, fix.follow_up_at) == ("The client’s power cycle at lunch.", None)
    assert (fix.status_changed_by, fix.status_changed_at) == (engineer, NOON)


@pytest.mark.parametrize("outcome", OPEN_OUTCOMES)
def test_once_something_else_happened_an_open_outcome_stays(
    session: AISession, engineer: User, outcome: Status
) -> None:
    fix = make_fix(session, outcome)
    lifecycle.propose(fix.pk, Status.SUCCESS, "Mail arrives.", COPILOT)
    with assert_nothing_written(), pytest.raises(IllegalTransition, match="has changed since"):
        lifecycle.undo(fix.pk, by(engineer))


def test_what_was_undone_cannot_be_undone(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.PARTIAL, by(engineer), notes="Half.")
    lifecycle.undo(fix.pk, by(engineer))
    with assert_nothing_written(), pytest.raises(IllegalTransition):
        lifecycle.undo(fix.pk, by(engineer))


def test_a_fix_without_an_outcome_has_nothing_to_undo(session: AISession, engineer: User) -> None:
    for fix in (make_fix(session), lifecycle.apply(make_fix(session).pk, by(engineer))):
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            lifecycle.undo(fix.pk, by(engineer))


def test_a_double_click_undoes_once(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.undo(fix.pk, by(engineer), version=fix.version)
    with assert_nothing_written():
        lifecycle.undo(fix.pk, by(engineer), version=fix.version)


def test_a_stale_page_undoes_nothing(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Another reason.")
    with assert_nothing_written(), pytest.raises(Stale):
        lifecycle.undo(fix.pk, by(engineer), version=fix.version)


class TestReplaced:
    @pytest.fixture
    def fix(self, session: AISession) -> SuggestedFix:
        fix = waiting(session)
        make_fix(session, title="A newer idea")
        return fix

    def test_an_outcome_recorded_while_it_waited_can_be_undone(self, fix: SuggestedFix, engineer: User) -> None:
        fix.refresh_from_db()
        before = row(fix)
        for outcome in (Status.SUCCESS, Status.DISMISSED, Status.PENDING):
            lifecycle.record(fix.pk, outcome, by(engineer), notes="Looked again.")
            lifecycle.undo(fix.pk, by(engineer))
            assert row(fix) == before

    def test_one_from_before_cannot(self, fix: SuggestedFix, engineer: User) -> None:
        with assert_nothing_written(), pytest.raises(Superseded):
            lifecycle.undo(fix.pk, by(engineer))


class TestNotesAddedLater:
    @pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
    def test_they_are_kept_as_the_outcomes_notes(self, session: AISession, colleague: User, outcome: Status) -> None:
        fix = make_fix(session, outcome)
        before = row(fix)
        fix = lifecycle.add_notes(fix.pk, " Sent a test mail. ", by(colleague))
        event = last_event(fix)
        assert (event.notes, event.actor, event.from_status, event.to_status) == (
            *("Sent a test mail.", colleague),
            *(outcome, outcome),
        )
        assert fix.outcome_notes == "Sent a test mail."
        assert row(fix) == before

    def test_they_are_given_once(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.SUCCESS)
        lifecycle.add_notes(fix.pk, "Sent a test mail.", by(engineer))
        with assert_nothing_written():
            lifecycle.add_notes(fix.pk, "Sent a test mail.", by(engineer))
        with assert_nothing_written(), pytest.raises(IllegalTransition, match="already has notes"):
            lifecycle.add_notes(fix.pk, "Something else.", by(engineer))

    def test_undo_still_leads_back_behind_the_outcome(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.PENDING)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        lifecycle.add_notes(fix.pk, "Sent a test mail.", by(engineer))
        assert lifecycle.undo(fix.pk, by(engineer)).status == "applied_pending"

    def test_recording_the_same_outcome_with_them_is_a_repeat(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, Status.SUCCESS)
        lifecycle.add_notes(fix.pk, "Sent a test mail.", by(engineer))
        with assert_nothing_written():
            lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="Sent a test mail.")

    @pytest.mark.parametrize("status", [Status.PROPOSED, *OPEN_OUTCOMES])
    def test_an_open_fix_takes_none(self, session: AISession, engineer: User, status: Status) -> None:
        fix = make_fix(session, status)
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            lifecycle.add_notes(fix.pk, "Sent a test mail.", by(engineer))


def test_a_provisional_session_whose_wait_is_undone_is_open_again(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    AISession.objects.update(status="resolved", resolution_kind="provisional")
    lifecycle.undo(fix.pk, by(engineer))
    assert AISession.objects.values_list("status", "resolution_kind").get() == ("active", None)


def test_history_keeps_what_was_suggested_after_an_edit(session: AISession, engineer: User) -> None:
    fix = make_fix(session, title="Clear the cache", confidence_pct=84)
    lifecycle.edit(fix.pk, {"title": "Clear the credential cache", "confidence_pct": 60}, by(engineer))
    suggested = FixEvent.objects.get(action="suggest")
    assert suggested.details == {"title": "Clear the cache", "confidence_pct": 84}
