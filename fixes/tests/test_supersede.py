"""A newer suggestion replaces the current fix; one that waits goes on waiting."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput
from fixes.lifecycle.refusals import Superseded
from fixes.lifecycle.suggestions import validated
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession, ResolutionKind, SessionStatus
from sessions.refusals import SessionClosed

DUE = NOON + timedelta(hours=1)
Act = Callable[[SuggestedFix, User], object]
ACTS: dict[str, Act] = {
    "apply": lambda fix, user: lifecycle.apply(fix.pk, by(user)),
    "decide": lambda fix, user: lifecycle.decide(fix.pk, "build_template", by(user)),
    "propose": lambda fix, user: lifecycle.propose(fix.pk, Status.SUCCESS, "It works.", COPILOT),
    "confirm": lambda fix, user: lifecycle.confirm(fix.pk, by(user)),
    "reject": lambda fix, user: lifecycle.reject(fix.pk, by(user)),
}
OUTCOMES: dict[str, Act] = {
    outcome: lambda fix, user, outcome=outcome: lifecycle.record(fix.pk, outcome, by(user), notes="New words.")
    for outcome in ("applied_success", "applied_failed", "applied_pending", "dismissed")
}
"""Those that a replaced fix takes while it waits."""


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def replaced(session: AISession, status: Status = Status.PROPOSED) -> SuggestedFix:
    fix = make_fix(session, status, applied=True, ai_drafted_script="klist purge")
    make_fix(session, title="Recreate the profile")
    fix.refresh_from_db()
    return fix


@pytest.fixture
def waiting(session: AISession, engineer: User) -> SuggestedFix:
    """Replaced while it waits to be checked in an hour."""
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="AD replication.", follow_up_at=DUE)
    make_fix(session, title="Recreate the profile")
    fix.refresh_from_db()
    return fix


@pytest.mark.parametrize("status", Status)
def test_a_suggestion_replaces_the_current_fix_whatever_its_status(session: AISession, status: Status) -> None:
    fix = replaced(session, status)
    assert (fix.status, fix.superseded_at) == (status, NOON)
    assert [current.title for current in session.suggested_fixes.current()] == ["Recreate the profile"]


def test_one_act_one_step_two_events(session: AISession) -> None:
    old = make_fix(session)
    version = old.session.state_version
    new = make_fix(session)
    session.refresh_from_db()
    assert session.state_version == version + 1
    written = FixEvent.objects.filter(session=session, state_version=version + 1)
    assert {(event.fix_id, event.action) for event in written} == {(old.pk, "supersede"), (new.pk, "suggest")}
    assert last_event(new).from_status is None


@pytest.mark.parametrize("status", [SessionStatus.RESOLVED, SessionStatus.ABANDONED])
def test_a_closed_session_takes_no_suggestion(session: AISession, status: SessionStatus) -> None:
    make_fix(session)
    kind = ResolutionKind.WITHOUT_FIX if status == SessionStatus.RESOLVED else None
    AISession.objects.update(status=status, resolution_kind=kind)
    with assert_nothing_written(), pytest.raises(SessionClosed) as refusal:
        lifecycle.suggest(session.pk, WORDS, COPILOT)
    assert refusal.value.code == "session_closed"


@pytest.mark.parametrize("status", [SessionStatus.PAUSED, SessionStatus.ESCALATED])
def test_a_paused_or_escalated_one_does(session: AISession, status: SessionStatus) -> None:
    AISession.objects.update(status=status)
    assert make_fix(session).is_current


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.PARTIAL])
@pytest.mark.parametrize("act", [*ACTS, *OUTCOMES])
def test_a_replaced_open_fix_takes_nothing(session: AISession, engineer: User, status: Status, act: str) -> None:
    fix = replaced(session, status)
    with assert_nothing_written(), pytest.raises(Superseded) as refusal:
        (ACTS | OUTCOMES)[act](fix, engineer)
    assert refusal.value.code == "superseded"


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
@pytest.mark.parametrize("act", [*ACTS, *OUTCOMES])
def test_a_replaced_verdict_stands(session: AISession, engineer: User, status: Status, act: str) -> None:
    fix = replaced(session, status)
    with assert_nothing_written(), pytest.raises(Superseded):
        (ACTS | OUTCOMES)[act](fix, engineer)


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
@pytest.mark.parametrize("reason", [None, "A reason."])
def test_a_verdict_from_before_the_replacement_is_not_taken_back(
    session: AISession, engineer: User, status: Status, reason: str | None
) -> None:
    """Not even within the same second, and not even one given to a waiting fix."""
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, status, by(engineer))
    make_fix(session)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.reopen(fix.pk, by(engineer), reason=reason)


def test_a_waiting_one_goes_on_waiting(session: AISession, waiting: SuggestedFix) -> None:
    assert (waiting.status, waiting.follow_up_at, waiting.pending_reason) == ("applied_pending", DUE, "AD replication.")
    assert list(SuggestedFix.objects.awaiting()) == [waiting]


@pytest.mark.parametrize("act", ACTS)
def test_a_waiting_one_takes_outcomes_only(waiting: SuggestedFix, engineer: User, act: str) -> None:
    with assert_nothing_written(), pytest.raises(Superseded):
        ACTS[act](waiting, engineer)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_waiting_one_takes_every_outcome(waiting: SuggestedFix, engineer: User, outcome: str) -> None:
    OUTCOMES[outcome](waiting, engineer)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.superseded_at) == (outcome, NOON)
    assert last_event(waiting).action == "record"


def test_a_waiting_one_does_not_take_partly(waiting: SuggestedFix, engineer: User) -> None:
    """It would be stranded: nothing more could be recorded on it, and no board would have it."""
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.record(waiting.pk, Status.PARTIAL, by(engineer), notes="Two of three work.")


def test_dismissed_by_decision_too(waiting: SuggestedFix, engineer: User) -> None:
    assert lifecycle.decide(waiting.pk, "dismissed", by(engineer)).status == "dismissed"


@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "dismissed"])
def test_its_verdict_can_be_undone(waiting: SuggestedFix, engineer: User, outcome: str) -> None:
    OUTCOMES[outcome](waiting, engineer)
    lifecycle.reopen(waiting.pk, by(engineer))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.follow_up_at, waiting.pending_reason) == ("applied_pending", DUE, "AD replication.")
    assert waiting.superseded_at == NOON


def test_undone_it_takes_outcomes_again(waiting: SuggestedFix, engineer: User) -> None:
    OUTCOMES["applied_failed"](waiting, engineer)
    lifecycle.reopen(waiting.pk, by(engineer))
    assert lifecycle.record(waiting.pk, Status.SUCCESS, by(engineer)).status == "applied_success"


def test_its_verdict_is_not_reopened_by_others_or_later(
    waiting: SuggestedFix, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    OUTCOMES["applied_success"](waiting, engineer)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.reopen(waiting.pk, by(UserFactory(account=engineer.account)), reason="A reason.")
    clock.move_to(NOON + timedelta(minutes=11), tick=False)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.reopen(waiting.pk, by(engineer), reason="A reason.")


@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "dismissed"])
def test_after_its_verdict_it_takes_no_other(waiting: SuggestedFix, engineer: User, outcome: str) -> None:
    OUTCOMES[outcome](waiting, engineer)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.record(waiting.pk, Status.PARTIAL, by(engineer), notes="Partly after all.")


def test_recording_its_verdict_twice_writes_nothing(waiting: SuggestedFix, engineer: User) -> None:
    OUTCOMES["applied_success"](waiting, engineer)
    with assert_nothing_written():
        OUTCOMES["applied_success"](waiting, engineer)


@pytest.mark.parametrize(
    ("status", "kind"), [("active", None), ("resolved", "provisional"), ("resolved", "verified"), ("escalated", None)]
)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_its_verdict_and_undo_leave_the_session_as_it_is(
    waiting: SuggestedFix, engineer: User, outcome: str, status: str, kind: str | None
) -> None:
    AISession.objects.update(status=status, resolution_kind=kind)
    OUTCOMES[outcome](waiting, engineer)
    if outcome in {"applied_success", "applied_failed", "dismissed"}:
        lifecycle.reopen(waiting.pk, by(engineer))
    session = AISession.objects.get(pk=waiting.session_id)
    assert (session.status, session.resolution_kind) == (status, kind)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("title", "a\x00"),
        ("description", None),
        ("description", "\ud83d"),
        ("confidence_pct", 101),
        ("confidence_pct", -1),
        ("confidence_pct", "80"),
        ("confidence_pct", True),
        ("ai_drafted_script", "a\x00"),
        ("ai_drafted_script", "\ud83d"),
        ("ai_drafted_script", "x" * 50_001),
        ("ai_drafted_parameters", {"deep": [{"a\x00": 1}]}),
        ("ai_drafted_parameters", {"deep": ["\ud83d"]}),
        ("ai_drafted_parameters", {"number": float("inf")}),
        ("script_template_id", "11111111-1111-4111-8111-111111111111"),
    ],
)
def test_a_suggestion_that_cannot_be_kept_is_refused(session: AISession, field: str, value: object) -> None:
    with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
        validated(session.account_id, WORDS | {field: value})
    assert list(refusal.value.errors) == [field]
