"""`may` answers for the acts: what it allows is done, and what it refuses is refused in its words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import Refusal
from fixes.lifecycle.legality import Act, may
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, by
from fixes.tests.factories import make_fix
from fixes.transitions import OUTCOMES, Status
from sessions.models import AISession

Perform = Callable[[SuggestedFix, User], object]

ACTS: dict[Act, Perform] = {
    Act.APPLY: lambda fix, user: lifecycle.apply(fix.pk, by(user)),
    Act.DECIDE: lambda fix, user: lifecycle.decide(fix.pk, "build_template", by(user)),
    Act.PROPOSE: lambda fix, user: lifecycle.propose(fix.pk, Status.FAILED, "It asks again.", by(user)),
    Act.CONFIRM: lambda fix, user: lifecycle.confirm(fix.pk, by(user), notes="Seen."),
    Act.REJECT: lambda fix, user: lifecycle.reject(fix.pk, by(user)),
    Act.ADD_NOTES: lambda fix, user: lifecycle.add_notes(fix.pk, "Sent a test mail.", by(user)),
    Act.SNOOZE: lambda fix, user: lifecycle.snooze(fix.pk, NOON + timedelta(hours=3), by(user)),
    Act.UNDO: lambda fix, user: lifecycle.undo(fix.pk, by(user)),
    Act.REOPEN: lambda fix, user: lifecycle.reopen(fix.pk, by(user), reason="It came back."),
    Act.EDIT: lambda fix, user: lifecycle.edit(fix.pk, {"title": "In other words"}, by(user)),
}


def replaced(session: AISession, status: Status = Status.PROPOSED) -> SuggestedFix:
    fix = make_fix(session, status)
    make_fix(session)
    return fix


def closed_while_waiting(session: AISession) -> SuggestedFix:
    return lifecycle.record(replaced(session, Status.PENDING).pk, Status.SUCCESS, by(session.owner))


STATES: dict[str, Callable[[AISession], SuggestedFix]] = {
    **{status.label: lambda session, status=status: make_fix(session, status) for status in Status},
    "proposed to be failed": lambda session: lifecycle.propose(make_fix(session).pk, Status.FAILED, "No.", COPILOT),
    "replaced": replaced,
    "replaced, waiting": lambda session: replaced(session, Status.PENDING),
    "replaced, closed before": lambda session: replaced(session, Status.SUCCESS),
    "replaced, closed while waiting": closed_while_waiting,
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture(params=["who recorded it", "a colleague"])
def user(request: pytest.FixtureRequest, engineer: User) -> User:
    return engineer if request.param == "who recorded it" else UserFactory.create(account=engineer.account)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_or_refused_as_it_says(session: AISession, user: User, act: Act, state: str) -> None:
    fix = SuggestedFix.objects.get(pk=STATES[state](session).pk)
    expected = may(act, fix, user, NOON)
    if act == Act.REOPEN and may(Act.UNDO, fix, user, NOON) is None and fix.is_terminal:
        expected = None  # within ten minutes it is an undo
    assert refusal_of(lambda: ACTS[act](fix, user)) == (expected and (type(expected), str(expected)))


@pytest.mark.parametrize("state", STATES)
def test_an_outcome_is_recorded_or_refused_as_it_says(session: AISession, user: User, state: str) -> None:
    fix = SuggestedFix.objects.select_related("session").get(pk=STATES[state](session).pk)
    for outcome in OUTCOMES:
        expected = may(Act.RECORD, fix, user, NOON, outcome)
        perform = lambda: lifecycle.record(fix.pk, outcome, by(user), notes="Different.")  # noqa: B023, E731
        assert refusal_of(perform) == (expected and (type(expected), str(expected))), outcome


def refusal_of(perform: Callable[[], object]) -> tuple[type[Refusal], str] | None:
    """Perform the act and take it back."""
    start = transaction.savepoint()
    try:
        perform()
    except Refusal as refusal:
        return type(refusal), str(refusal)
    finally:
        transaction.savepoint_rollback(start)
    return None
