"""Taking a verdict back: what comes back with it, who may, and until when without a reason."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Decision, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

DUE = NOON + timedelta(minutes=5)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def colleague(engineer: User) -> User:
    return UserFactory(account=engineer.account, role=Role.ADMIN)


def columns(fix: SuggestedFix) -> dict[str, object]:
    """The fix but for what every act writes."""
    row = SuggestedFix.objects.values().get(pk=fix.pk)
    return {name: value for name, value in row.items() if name not in {"version", "status_changed_at"}}


@pytest.mark.parametrize("verdict", ["applied_success", "applied_failed"])
@pytest.mark.parametrize("before", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
def test_undo_brings_back_the_open_status_with_all_its_columns(
    session: AISession, engineer: User, before: Status, verdict: str
) -> None:
    fix = make_fix(session, before, applied=True)
    if before == Status.PENDING:
        lifecycle.record(fix.pk, before, by(engineer), notes=NOTES[before], follow_up_at=DUE)
    stood = columns(fix)
    lifecycle.record(fix.pk, verdict, by(engineer))
    lifecycle.reopen(fix.pk, by(engineer))
    assert columns(fix) == stood


def test_undo_lets_it_wait_as_long_as_it_waited_and_reopening_anew(
    engineer: User, colleague: User, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(SessionFactory(owner=colleague), Status.PENDING)
    for act, since, whose in (("undo", NOON, colleague), ("reopen", NOON + 2 * DAY, engineer)):
        clock.move_to(NOON + DAY)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        clock.shift(MINUTE if act == "undo" else DAY)
        stands = lifecycle.reopen(fix.pk, by(engineer), reason="It came back." if act == "reopen" else None)
        assert (stands.status_changed_at, stands.status_changed_by) == (since, whose)


@pytest.mark.parametrize("before", ["proposed", "applied_partial", "applied_pending"])
def test_a_dismissal_comes_back_too(session: AISession, engineer: User, before: str) -> None:
    fix = make_fix(session, Status(before))
    lifecycle.record(fix.pk, Status.DISMISSED, by(engineer))
    assert lifecycle.reopen(fix.pk, by(engineer)).status == before


def test_a_check_by_time_comes_back_even_when_overdue(
    session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Lunch.", follow_up_at=DUE)
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    clock.move_to(NOON + 9 * MINUTE, tick=False)
    lifecycle.reopen(fix.pk, by(engineer))
    fix.refresh_from_db()
    assert (fix.status, fix.pending_reason, fix.follow_up_at) == ("applied_pending", "Lunch.", DUE)
    assert fix.is_overdue(NOON + 9 * MINUTE)


def test_a_verdict_on_what_was_never_applied_leaves_it_applied(session: AISession, engineer: User) -> None:
    fix = lifecycle.record(make_fix(session).pk, Status.SUCCESS, by(engineer))
    fix = lifecycle.reopen(fix.pk, by(engineer))
    assert (fix.status, fix.applied_at, fix.verified_at) == ("proposed", NOON, None)


def test_the_reason_of_a_failure_taken_back_stays(session: AISession, engineer: User) -> None:
    fix = lifecycle.record(make_fix(session).pk, Status.FAILED, by(engineer), notes="Wrong button.")
    assert lifecycle.reopen(fix.pk, by(engineer)).failure_reason == "Wrong button."


def test_reopening_writes_one_event_and_one_step(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.SUCCESS)
    version, events = fix.session.state_version, fix.events.count()
    lifecycle.reopen(fix.pk, by(engineer), reason=" It came back. ")
    session.refresh_from_db()
    event = last_event(fix)
    assert (session.state_version, fix.events.count()) == (version + 1, events + 1)
    assert (event.action, event.from_status, event.to_status) == ("reopen", "applied_success", "proposed")
    assert (event.notes, event.actor, event.state_version) == ("It came back.", engineer, version + 1)


@pytest.mark.parametrize("later", [0 * MINUTE, 10 * MINUTE])
def test_within_ten_minutes_its_recorder_needs_no_reason(
    session: AISession, engineer: User, later: timedelta, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(session, Status.SUCCESS)
    clock.move_to(NOON + later, tick=False)
    assert lifecycle.reopen(fix.pk, by(engineer)).status == "proposed"


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_later_the_recorder_needs_one(
    session: AISession, engineer: User, reason: str | None, clock: time_machine.TimeMachineFixture
) -> None:
    fix = make_fix(session, Status.SUCCESS)
    clock.move_to(NOON + 10 * MINUTE + timedelta(microseconds=1), tick=False)
    with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
        lifecycle.reopen(fix.pk, by(engineer), reason=reason)
    assert list(refusal.value.errors) == ["reason"]


def test_anybody_else_needs_one_at_once(session: AISession, colleague: User) -> None:
    fix = make_fix(session, Status.SUCCESS)
    with assert_nothing_written(), pytest.raises(InvalidInput):
        lifecycle.reopen(fix.pk, by(colleague))
    assert lifecycle.reopen(fix.pk, by(colleague), reason="The client called back.").status == "proposed"


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 4001])
def test_a_reason_that_cannot_be_kept_is_refused(session: AISession, engineer: User, reason: str) -> None:
    fix = make_fix(session, Status.SUCCESS)
    with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
        lifecycle.reopen(fix.pk, by(engineer), reason=reason)
    assert list(refusal.value.errors) == ["reason"]


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
def test_an_open_fix_has_nothing_to_reopen(session: AISession, engineer: User, status: Status) -> None:
    fix = make_fix(session, status)
    with assert_nothing_written(), pytest.raises(IllegalTransition):
        lifecycle.reopen(fix.pk, by(engineer), reason="Why not.")


def test_the_latest_verdict_decides_where_it_goes_back_to(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.SUCCESS)
    lifecycle.reopen(fix.pk, by(engineer))
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="AD replication.")
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    assert lifecycle.reopen(fix.pk, by(engineer)).status == "applied_pending"


def test_a_path_chosen_before_dismissing_comes_back(session: AISession, engineer: User) -> None:
    fix = make_fix(session, ai_drafted_script="klist purge")
    lifecycle.decide(fix.pk, Decision.ONE_OFF, by(engineer))
    lifecycle.decide(fix.pk, Decision.DISMISSED, by(engineer))
    assert lifecycle.reopen(fix.pk, by(engineer)).user_decision == "one_off"
