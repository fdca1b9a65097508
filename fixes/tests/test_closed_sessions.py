"""What a verdict, or taking one back, does to a session that is closed already."""

import pytest
import time_machine

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.refusals import SessionClosed
from sessions.tests import acts


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def close(session: AISession, status: str, kind: str | None = None) -> None:
    AISession.objects.filter(pk=session.pk).update(status=status, resolution_kind=kind)


def state(session: AISession) -> tuple[str, str | None]:
    session.refresh_from_db()
    return session.status, session.resolution_kind


@pytest.mark.parametrize(
    ("outcome", "becomes"),
    [
        ("applied_success", ("resolved", "verified")),
        ("applied_pending", ("resolved", "provisional")),
        ("applied_failed", ("active", None)),
        ("applied_partial", ("active", None)),
        ("dismissed", ("active", None)),
    ],
)
@pytest.mark.parametrize("way", ["recorded", "confirmed"])
def test_a_provisional_resolution_follows_the_verdict(
    session: AISession, engineer: User, outcome: str, becomes: tuple[str, str | None], way: str
) -> None:
    fix = make_fix(session, Status.PENDING)
    close(session, "resolved", "provisional")
    if way == "confirmed" and outcome != "dismissed":
        lifecycle.propose(fix.pk, outcome, "What they wrote.", COPILOT)
        lifecycle.confirm(fix.pk, by(engineer))
    else:
        lifecycle.record(fix.pk, outcome, by(engineer), notes="Other words.")
    assert state(session) == becomes


def test_dismissing_by_decision_is_a_verdict_too(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    close(session, "resolved", "provisional")
    lifecycle.decide(fix.pk, "dismissed", by(engineer))
    assert state(session) == ("active", None)


def test_the_session_moves_in_the_same_step(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    close(session, "resolved", "provisional")
    session.refresh_from_db()
    version = session.state_version
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    session.refresh_from_db()
    assert session.state_version == last_event(fix).state_version == version + 1


@pytest.mark.parametrize(
    ("before", "becomes"),
    [
        (Status.PENDING, ("resolved", "provisional")),
        (Status.PARTIAL, ("active", None)),
        (Status.PROPOSED, ("active", None)),
    ],
)
@pytest.mark.parametrize("reason", [None, "It came back."])
def test_a_verified_resolution_ends_when_its_success_is_taken_back(
    session: AISession, engineer: User, before: Status, becomes: tuple[str, str | None], reason: str | None
) -> None:
    fix = make_fix(session, before)
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    close(session, "resolved", "verified")
    lifecycle.reopen(fix.pk, by(engineer), reason=reason)
    assert state(session) == becomes


def test_verified_and_undone_a_provisional_one_is_provisional_again(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    close(session, "resolved", "provisional")
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    lifecycle.reopen(fix.pk, by(engineer))
    assert state(session) == ("resolved", "provisional")
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    assert state(session) == ("resolved", "verified")


@pytest.mark.parametrize(
    "outcome", ["applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed"]
)
@pytest.mark.parametrize(
    ("status", "kind"),
    [("resolved", "without_fix"), ("escalated", None), ("abandoned", None), ("active", None), ("paused", None)],
)
def test_other_sessions_stay_and_the_verdict_is_recorded(
    session: AISession, engineer: User, outcome: str, status: str, kind: str | None
) -> None:
    fix = make_fix(session, Status.PARTIAL)
    close(session, status, kind)
    assert lifecycle.record(fix.pk, outcome, by(engineer), notes="Other words.").status == outcome
    assert state(session) == (status, kind)


@pytest.mark.parametrize(
    ("before", "verdict"),
    [(Status.PENDING, Status.SUCCESS), (Status.PARTIAL, Status.FAILED), (Status.PROPOSED, Status.DISMISSED)],
)
@pytest.mark.parametrize(
    ("status", "kind"), [("resolved", "without_fix"), ("escalated", None), ("abandoned", None), ("active", None)]
)
def test_taking_a_verdict_back_leaves_other_sessions(
    session: AISession, engineer: User, before: Status, verdict: Status, status: str, kind: str | None
) -> None:
    fix = make_fix(session, before)
    lifecycle.record(fix.pk, verdict, by(engineer))
    close(session, status, kind)
    lifecycle.reopen(fix.pk, by(engineer))
    assert state(session) == (status, kind)


@pytest.mark.parametrize("act", ["apply", "one_off", "propose", "reject"])
def test_an_act_that_is_no_verdict_leaves_a_provisional_one(session: AISession, engineer: User, act: str) -> None:
    fix = make_fix(session, Status.PENDING, ai_drafted_script="klist purge")
    close(session, "resolved", "provisional")
    if act == "apply":
        lifecycle.apply(fix.pk, by(engineer))
    elif act == "one_off":
        lifecycle.decide(fix.pk, act, by(engineer))
    else:
        lifecycle.propose(fix.pk, Status.FAILED, "They wrote again.", COPILOT)
        if act == "reject":
            lifecycle.reject(fix.pk, by(engineer))
    assert state(session) == ("resolved", "provisional")


def test_repeating_the_wait_leaves_everything(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    close(session, "resolved", "provisional")
    with assert_nothing_written():
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes=NOTES[Status.PENDING])


@pytest.mark.parametrize(("status", "kind"), [("resolved", "provisional"), ("abandoned", None)])
def test_a_closed_session_takes_suggestions_again_once_reopened(
    session: AISession, engineer: User, status: str, kind: str | None
) -> None:
    close(session, status, kind)
    words = WORDS
    with assert_nothing_written(), pytest.raises(SessionClosed):
        lifecycle.suggest(session.pk, words, COPILOT)
    acts.reopen(session.pk, "The client called.", user=engineer)
    assert lifecycle.suggest(session.pk, words, COPILOT).is_current


def test_a_message_never_touches_a_wait(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    before = SuggestedFix.objects.values().get(pk=fix.pk)
    acts.post(session.pk, Author.ENGINEER, "It works now!", user=engineer)
    acts.edit(session.pk, {"status": "paused"})
    acts.edit(session.pk, {"status": "abandoned"})
    acts.reopen(session.pk, "Called back.", user=engineer)
    assert SuggestedFix.objects.values().get(pk=fix.pk) == before
