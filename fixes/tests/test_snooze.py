"""Snooze: the check-by time moves, and nothing else."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput, Stale
from fixes.lifecycle.refusals import Superseded
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Action, Source, Status
from sessions import notices
from sessions.models import AISession
from sessions.notices import notify
from tests.api import assert_refused, call, fix_path

LATER = NOON + timedelta(hours=3)


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def waiting(session: AISession) -> SuggestedFix:
    fix = make_fix(session)
    due = NOON + timedelta(hours=1)
    return lifecycle.record(fix.pk, Status.PENDING, by(session.owner), notes="The power cycle.", follow_up_at=due)


def test_the_check_by_time_moves_and_the_reason_stays(waiting: SuggestedFix, engineer: User) -> None:
    before = SuggestedFix.objects.values().get(pk=waiting.pk)
    fix = lifecycle.snooze(waiting.pk, LATER, by(engineer))
    after = SuggestedFix.objects.values().get(pk=fix.pk)
    assert after == {**before, "follow_up_at": LATER, "version": before["version"] + 1}
    event = last_event(fix)
    assert (event.action, event.source, event.actor) == (Action.RECORD, Source.BANNER, engineer)
    assert (event.from_status, event.to_status) == (Status.PENDING, Status.PENDING)
    assert (event.notes, event.follow_up_at) == ("The power cycle.", LATER)


def test_it_is_one_step_of_the_session(waiting: SuggestedFix, engineer: User) -> None:
    version = AISession.objects.get(pk=waiting.session_id).state_version
    lifecycle.snooze(waiting.pk, LATER, by(engineer))
    assert AISession.objects.get(pk=waiting.session_id).state_version == version + 1


def test_what_flowpilot_proposes_stays(waiting: SuggestedFix, engineer: User) -> None:
    proposal = lifecycle.propose(waiting.pk, Status.SUCCESS, "It is up again.", COPILOT).ai_outcome_proposal
    assert lifecycle.snooze(waiting.pk, LATER, by(engineer)).ai_outcome_proposal == proposal
    assert lifecycle.undo(waiting.pk, by(engineer)).ai_outcome_proposal == proposal


def test_it_can_be_undone(waiting: SuggestedFix, engineer: User) -> None:
    before = SuggestedFix.objects.values().get(pk=waiting.pk)
    lifecycle.snooze(waiting.pk, LATER, by(engineer))
    lifecycle.undo(waiting.pk, by(engineer))
    after = SuggestedFix.objects.values().get(pk=waiting.pk)
    assert after == {**before, "version": before["version"] + 2}


def test_the_same_time_again_writes_nothing(waiting: SuggestedFix, engineer: User) -> None:
    lifecycle.snooze(waiting.pk, LATER, by(engineer), version=waiting.version)
    with assert_nothing_written():
        lifecycle.snooze(waiting.pk, LATER, by(engineer), version=waiting.version)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PENDING])
def test_only_what_waits_is_snoozed(session: AISession, engineer: User, status: Status) -> None:
    fix = make_fix(session, status)
    with assert_nothing_written(), pytest.raises(IllegalTransition):
        lifecycle.snooze(fix.pk, LATER, by(engineer))


def test_a_replaced_fix_that_waits_is_snoozed(waiting: SuggestedFix, session: AISession, engineer: User) -> None:
    make_fix(session)
    assert lifecycle.snooze(waiting.pk, LATER, by(engineer)).follow_up_at == LATER


def test_a_replaced_fix_that_waits_no_longer_is_not(session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    make_fix(session)
    with assert_nothing_written(), pytest.raises(Superseded):
        lifecycle.snooze(fix.pk, LATER, by(engineer))


@pytest.mark.parametrize(
    "wrong",
    [None, NOON, NOON - MINUTE, NOON + timedelta(days=366), datetime(2026, 11, 24, 9)],
    ids=["none", "now", "past", "too far ahead", "without a zone"],
)
def test_the_time_is_ahead_and_has_a_zone(waiting: SuggestedFix, engineer: User, wrong: datetime | None) -> None:
    with assert_nothing_written(), pytest.raises(InvalidInput) as refused:
        lifecycle.snooze(waiting.pk, wrong, by(engineer))
    assert set(refused.value.errors) == {"follow_up_at"}


def test_a_page_of_before_snoozes_nothing(waiting: SuggestedFix, engineer: User) -> None:
    lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes="Something else.")
    with assert_nothing_written(), pytest.raises(Stale):
        lifecycle.snooze(waiting.pk, LATER, by(engineer), version=waiting.version)


def remind(fix: SuggestedFix, clock: time_machine.TimeMachineFixture, *people: User) -> None:
    clock.move_to(NOON + timedelta(minutes=90), tick=False)
    for user in people:
        notify(user, "check_due", fix.session, subject=fix.pk)


def test_its_notices_are_read_for_everybody(
    waiting: SuggestedFix, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    colleague = UserFactory.create(account=engineer.account)
    remind(waiting, clock, engineer, colleague)
    lifecycle.snooze(waiting.pk, LATER, by(engineer))
    assert [notices.unread_count(user) for user in (engineer, colleague)] == [0, 0]


@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
def test_an_outcome_makes_its_notices_read(
    waiting: SuggestedFix, engineer: User, clock: time_machine.TimeMachineFixture, outcome: str
) -> None:
    remind(waiting, clock, engineer)
    lifecycle.record(waiting.pk, outcome, by(engineer), notes="Half of it." if outcome == "applied_partial" else None)
    assert notices.unread_count(engineer) == 0


def test_another_reason_leaves_them_unread(
    waiting: SuggestedFix, engineer: User, clock: time_machine.TimeMachineFixture
) -> None:
    remind(waiting, clock, engineer)
    lifecycle.record(waiting.pk, Status.PENDING, by(engineer), notes="Somebody else’s power cycle.")
    assert notices.unread_count(engineer) == 1


def test_a_script_snoozes(waiting: SuggestedFix, api: Client) -> None:
    answer = call(api, "POST", fix_path(waiting, "snooze"), {"follow_up_at": "2026-11-23T16:00:00+01:00"})
    assert answer.status_code == 200
    assert answer.json()["follow_up_at"] == "2026-11-23T15:00:00Z"
    assert last_event(waiting).source == Source.API


@pytest.mark.parametrize(
    "body", [{}, {"follow_up_at": None}, {"follow_up_at": "tomorrow"}, {"follow_up_at": "2026-11-23T11:59:00Z"}]
)
def test_a_script_must_say_when(waiting: SuggestedFix, api: Client, body: dict[str, object]) -> None:
    with assert_nothing_written():
        assert_refused(call(api, "POST", fix_path(waiting, "snooze"), body), 400, "invalid_input", "follow_up_at")


def test_a_script_cannot_snooze_what_does_not_wait(session: AISession, api: Client) -> None:
    fix = make_fix(session)
    with assert_nothing_written():
        answer = call(api, "POST", fix_path(fix, "snooze"), {"follow_up_at": LATER.isoformat()})
    assert_refused(answer, 409, "illegal_transition")
