"""What FlowPilot proposes: it never moves a status by itself."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import time_machine

from accounts.models import User
from common.refusals import IllegalTransition, InvalidInput
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Status
from sessions.models import AISession

MESSAGE = UUID("5e6c3d2a-9b1f-4d7e-8a63-2f0c1b9d8e71")
PROPOSABLE = ["applied_success", "applied_failed", "applied_partial", "applied_pending"]
THOUGHT = {
    "outcome": "applied_success",
    "reason": "They wrote that mail works.",
    "message_id": str(MESSAGE),
    "proposed_at": NOON.isoformat(),
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def propose(
    fix: SuggestedFix,
    outcome: str = "applied_success",
    reason: str | None = "They wrote that mail works.",
    message_id: UUID | None = MESSAGE,
) -> SuggestedFix:
    return lifecycle.propose(fix.pk, outcome, reason, COPILOT, message_id=message_id)


class TestPropose:
    @pytest.mark.parametrize("status", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
    def test_a_proposal_is_noted_and_the_status_stays(self, session: AISession, status: Status) -> None:
        fix = propose(make_fix(session, status))
        fix.refresh_from_db()
        assert (fix.status, fix.ai_outcome_proposal) == (status, THOUGHT)
        event = last_event(fix)
        assert (event.action, event.from_status, event.to_status) == ("propose", status, status)
        assert (event.actor, event.source, event.details) == (None, "copilot", THOUGHT)

    @pytest.mark.parametrize("outcome", PROPOSABLE)
    def test_four_outcomes_can_be_proposed(self, fix: SuggestedFix, outcome: str) -> None:
        assert propose(fix, outcome).ai_outcome_proposal["outcome"] == outcome

    @pytest.mark.parametrize("outcome", ["dismissed", "proposed", "success", ""])
    def test_nothing_else_can(self, fix: SuggestedFix, outcome: str) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            propose(fix, outcome)
        assert list(refusal.value.errors) == ["outcome"]

    @pytest.mark.parametrize("reason", ["a\x00", "x" * 4001])
    def test_a_reason_that_cannot_be_kept_is_refused(self, fix: SuggestedFix, reason: str) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            propose(fix, reason=reason)
        assert list(refusal.value.errors) == ["reason"]

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
    def test_a_verdict_is_not_judged(self, session: AISession, status: Status) -> None:
        fix = make_fix(session, status)
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            propose(fix)

    def test_the_same_thought_twice_writes_nothing(self, fix: SuggestedFix) -> None:
        propose(fix)
        with assert_nothing_written():
            propose(fix)

    def test_a_newer_thought_replaces_the_older(self, fix: SuggestedFix) -> None:
        propose(fix)
        fix = propose(fix, "applied_failed", "Now it asks again.", uuid4())
        assert fix.ai_outcome_proposal["outcome"] == "applied_failed"


class TestConfirm:
    def test_it_records_the_outcome_with_flowpilots_reason(self, fix: SuggestedFix, engineer: User) -> None:
        propose(fix)
        fix = lifecycle.confirm(fix.pk, by(engineer))
        assert (fix.status, fix.verified_at, fix.ai_outcome_proposal) == ("applied_success", NOON, None)
        assert (fix.status_changed_by, fix.version) == (engineer, 4)

    def test_the_event_says_that_flowpilot_proposed_it(self, fix: SuggestedFix, engineer: User) -> None:
        propose(fix)
        event = last_event(lifecycle.confirm(fix.pk, by(engineer)))
        assert (event.action, event.actor, event.notes) == ("confirm", engineer, "They wrote that mail works.")
        assert event.details == {"proposal": THOUGHT}

    def test_notes_may_be_edited(self, fix: SuggestedFix, engineer: User) -> None:
        propose(fix, "applied_partial")
        fix = lifecycle.confirm(fix.pk, by(engineer), notes=" Only on the laptop.\r\n")
        assert fix.partial_notes == last_event(fix).notes == "Only on the laptop."

    @pytest.mark.parametrize("outcome", ["applied_partial", "applied_pending"])
    @pytest.mark.parametrize(("reason", "notes"), [(None, None), ("A reason.", ""), ("A reason.", " \n")])
    def test_they_must_satisfy_the_rule(
        self, fix: SuggestedFix, engineer: User, outcome: str, reason: str | None, notes: str | None
    ) -> None:
        propose(fix, outcome, reason)
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.confirm(fix.pk, by(engineer), notes=notes)
        assert list(refusal.value.errors) == ["notes"]

    @pytest.mark.parametrize("notes", ["a\x00", "x" * 4001])
    def test_and_be_such_as_can_be_kept(self, fix: SuggestedFix, engineer: User, notes: str) -> None:
        propose(fix)
        with assert_nothing_written(), pytest.raises(InvalidInput):
            lifecycle.confirm(fix.pk, by(engineer), notes=notes)

    def test_waiting_on_keeps_the_check_by_time(self, fix: SuggestedFix, engineer: User) -> None:
        due = NOON.replace(hour=18)
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Lunch.", follow_up_at=due)
        propose(fix, "applied_pending", "Replication takes until tonight.")
        fix = lifecycle.confirm(fix.pk, by(engineer))
        assert (fix.pending_reason, fix.follow_up_at) == ("Replication takes until tonight.", due)

    def test_a_confirmed_verdict_can_be_undone(self, session: AISession, engineer: User) -> None:
        fix = propose(make_fix(session, Status.PENDING))
        lifecycle.confirm(fix.pk, by(engineer))
        proposal = fix.ai_outcome_proposal
        fix = lifecycle.undo(fix.pk, by(engineer))
        assert (fix.status, fix.ai_outcome_proposal) == ("applied_pending", proposal)


class TestReject:
    def test_it_clears_the_proposal_and_remembers_when(self, fix: SuggestedFix, engineer: User) -> None:
        propose(fix)
        fix = lifecycle.reject(fix.pk, by(engineer))
        fix.refresh_from_db()
        assert (fix.status, fix.ai_outcome_proposal, fix.proposal_rejected_at) == ("proposed", None, NOON)
        event = last_event(fix)
        assert (event.action, event.actor, event.details) == ("reject", engineer, THOUGHT)

    @pytest.mark.parametrize("outcome", PROPOSABLE)
    def test_the_same_message_cannot_raise_it_again(self, fix: SuggestedFix, engineer: User, outcome: str) -> None:
        propose(fix)
        lifecycle.reject(fix.pk, by(engineer))
        propose(fix, message_id=uuid4())
        lifecycle.reject(fix.pk, by(engineer))
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            propose(fix, outcome, "In other words.")

    @pytest.mark.parametrize("message_id", [None, uuid4()])
    def test_another_message_can(self, fix: SuggestedFix, engineer: User, message_id: UUID | None) -> None:
        propose(fix)
        lifecycle.reject(fix.pk, by(engineer))
        assert propose(fix, message_id=message_id).ai_outcome_proposal["outcome"] == "applied_success"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", [lifecycle.confirm, lifecycle.reject])
def test_without_a_proposal_there_is_nothing_to_answer(
    session: AISession, engineer: User, status: Status, act: Callable[..., object]
) -> None:
    fix = make_fix(session, status)
    with assert_nothing_written(), pytest.raises(IllegalTransition):
        act(fix.pk, by(engineer))


@pytest.mark.parametrize("outcome", [*PROPOSABLE, "dismissed"])
def test_any_outcome_clears_it_and_its_event_keeps_it(fix: SuggestedFix, engineer: User, outcome: str) -> None:
    propose(fix)
    fix = lifecycle.record(fix.pk, outcome, by(engineer), notes="Words of my own.")
    fix.refresh_from_db()
    assert fix.ai_outcome_proposal is None
    assert last_event(fix).details == {"proposal": THOUGHT}


def test_a_newer_fix_clears_it_and_its_event_keeps_it(session: AISession, fix: SuggestedFix) -> None:
    propose(fix)
    make_fix(session)
    fix.refresh_from_db()
    assert (fix.ai_outcome_proposal, last_event(fix).details) == (None, {"proposal": THOUGHT})


def test_applying_leaves_it(session: AISession, engineer: User) -> None:
    fix = propose(make_fix(session))
    assert lifecycle.apply(fix.pk, by(engineer)).ai_outcome_proposal == THOUGHT


def test_nothing_happens_to_a_wait_that_flowpilot_judges(session: AISession) -> None:
    fix = propose(make_fix(session, Status.PENDING))
    assert (fix.status, fix.pending_reason) == ("applied_pending", NOTES[Status.PENDING])
