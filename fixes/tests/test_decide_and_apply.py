"""Applying a fix, and choosing which path to take."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from common.refusals import IllegalTransition, InvalidInput
from fixes.models import DraftTemplate, ScriptTemplate, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession

EARLIER = NOON - timedelta(hours=1)
SCRIPT = "klist purge"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, ai_drafted_script=SCRIPT, ai_drafted_parameters={"user": "m.weber"})


class TestApply:
    def test_it_stamps_the_time_and_nothing_else(self, fix: SuggestedFix, engineer: User) -> None:
        before = SuggestedFix.objects.values().get(pk=fix.pk)
        lifecycle.apply(fix.pk, by(engineer))
        assert SuggestedFix.objects.values().get(pk=fix.pk) == before | {"applied_at": NOON, "version": 2}

    def test_it_has_an_event_and_one_step_of_the_session(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.apply(fix.pk, by(engineer))
        event = last_event(fix)
        assert (event.action, event.from_status, event.to_status) == ("apply", "proposed", "proposed")
        assert (event.actor, event.state_version) == (engineer, fix.session.state_version + 1)

    @pytest.mark.parametrize("status", [Status.PROPOSED, Status.PARTIAL, Status.PENDING])
    def test_once_applied_it_writes_nothing(self, session: AISession, engineer: User, status: Status) -> None:
        fix = make_fix(session, status, applied=True)
        with assert_nothing_written():
            assert lifecycle.apply(fix.pk, by(engineer), version=1).applied_at == fix.applied_at

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
    def test_a_terminal_fix_is_not_applied(self, session: AISession, engineer: User, status: Status) -> None:
        fix = make_fix(session, status)
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            lifecycle.apply(fix.pk, by(engineer))


class TestDecide:
    @pytest.mark.parametrize(
        ("decision", "applied_at"), [("one_off", NOON), ("draft_template", NOON), ("build_template", None)]
    )
    def test_running_the_script_counts_as_applying(
        self, fix: SuggestedFix, engineer: User, decision: str, applied_at: object
    ) -> None:
        lifecycle.decide(fix.pk, decision, by(engineer))
        fix.refresh_from_db()
        assert (fix.user_decision, fix.applied_at, fix.status) == (decision, applied_at, "proposed")
        event = last_event(fix)
        assert (event.action, event.details) == ("decide", {"decision": decision})

    @pytest.mark.parametrize("decision", ["one_off", "draft_template"])
    def test_applied_before_it_keeps_its_time(self, fix: SuggestedFix, engineer: User, decision: str) -> None:
        lifecycle.apply(fix.pk, by(engineer, EARLIER))
        assert lifecycle.decide(fix.pk, decision, by(engineer)).applied_at == EARLIER

    @pytest.mark.parametrize("decision", ["one_off", "draft_template"])
    def test_without_a_script_there_is_nothing_to_run(self, session: AISession, engineer: User, decision: str) -> None:
        fix = make_fix(session)
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.decide(fix.pk, decision, by(engineer))
        assert list(refusal.value.errors) == ["decision"]

    def test_building_a_template_needs_no_script(self, session: AISession, engineer: User) -> None:
        assert lifecycle.decide(make_fix(session).pk, "build_template", by(engineer)).user_decision == "build_template"

    @pytest.mark.parametrize("decision", ["one_off", "draft_template"])
    def test_a_template_is_a_script(self, session: AISession, engineer: User, decision: str) -> None:
        template = ScriptTemplate.objects.create(name="Purge", body="klist purge", retired=True)
        fix = make_fix(session)
        SuggestedFix.objects.filter(pk=fix.pk).update(script_template=template)
        assert lifecycle.decide(fix.pk, decision, by(engineer)).applied_at == NOON
        drafts = ["klist purge"] if decision == "draft_template" else []
        assert list(DraftTemplate.objects.values_list("body", flat=True)) == drafts

    def test_a_draft_template_is_queued_once(self, fix: SuggestedFix, engineer: User) -> None:
        for decision in ("draft_template", "one_off", "draft_template"):
            lifecycle.decide(fix.pk, decision, by(engineer))
        draft = DraftTemplate.objects.get()
        assert (draft.fix, draft.account, draft.drafted_by) == (fix, engineer.account, engineer)
        assert (draft.name, draft.body, draft.parameters) == (fix.title, SCRIPT, {"user": "m.weber"})

    @pytest.mark.parametrize("decision", ["one_off", "build_template", "dismissed"])
    def test_another_decision_takes_the_draft_out_of_the_queue(
        self, fix: SuggestedFix, engineer: User, decision: str
    ) -> None:
        lifecycle.decide(fix.pk, "draft_template", by(engineer))
        lifecycle.decide(fix.pk, decision, by(engineer))
        assert not DraftTemplate.objects.exists()

    def test_undoing_the_dismissal_queues_it_again(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.decide(fix.pk, "draft_template", by(engineer))
        lifecycle.decide(fix.pk, "dismissed", by(engineer))
        lifecycle.undo(fix.pk, by(engineer))
        assert DraftTemplate.objects.get().body == SCRIPT

    def test_the_draft_is_the_script_that_ran(self, fix: SuggestedFix, engineer: User) -> None:
        """The template's, not the copilot's: a fix can have both."""
        template = ScriptTemplate.objects.create(name="Purge", body="klist purge")
        SuggestedFix.objects.filter(pk=fix.pk).update(script_template=template)
        lifecycle.decide(fix.pk, "draft_template", by(engineer))
        assert DraftTemplate.objects.get().body == "klist purge"

    @pytest.mark.parametrize("decision", ["one_off", "draft_template", "build_template"])
    def test_the_same_path_again_writes_nothing(self, fix: SuggestedFix, engineer: User, decision: str) -> None:
        lifecycle.decide(fix.pk, decision, by(engineer), version=1)
        with assert_nothing_written():
            lifecycle.decide(fix.pk, decision, by(engineer), version=1)

    def test_dismissed_is_the_outcome_dismissed(self, fix: SuggestedFix, engineer: User) -> None:
        fix = lifecycle.decide(fix.pk, "dismissed", by(engineer))
        assert (fix.user_decision, fix.status, fix.applied_at) == ("dismissed", "dismissed", None)
        event = last_event(fix)
        assert (event.action, event.from_status, event.to_status) == ("record", "proposed", "dismissed")

    def test_dismissed_twice_writes_nothing(self, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.decide(fix.pk, "dismissed", by(engineer), version=1)
        with assert_nothing_written():
            lifecycle.decide(fix.pk, "dismissed", by(engineer), version=1)

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
    @pytest.mark.parametrize("decision", ["one_off", "draft_template", "build_template"])
    def test_a_terminal_fix_is_not_decided_on(
        self, session: AISession, engineer: User, status: Status, decision: str
    ) -> None:
        fix = make_fix(session, status, ai_drafted_script=SCRIPT)
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            lifecycle.decide(fix.pk, decision, by(engineer))

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED])
    def test_a_verdict_is_not_dismissed(self, session: AISession, engineer: User, status: Status) -> None:
        fix = make_fix(session, status)
        with assert_nothing_written(), pytest.raises(IllegalTransition):
            lifecycle.decide(fix.pk, "dismissed", by(engineer))

    @pytest.mark.parametrize("decision", ["", "run", "ONE_OFF"])
    def test_an_unknown_path_is_refused(self, fix: SuggestedFix, engineer: User, decision: str) -> None:
        with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
            lifecycle.decide(fix.pk, decision, by(engineer))
        assert list(refusal.value.errors) == ["decision"]


@pytest.mark.parametrize(
    "act",
    [
        lambda fix, user, rows: lifecycle.apply(fix.pk, by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.decide(fix.pk, "one_off", by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.record(fix.pk, "applied_success", by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.propose(fix.pk, "applied_success", None, by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.confirm(fix.pk, by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.reject(fix.pk, by(user), fixes=rows),
        lambda fix, user, rows: lifecycle.reopen(fix.pk, by(user), fixes=rows),
    ],
    ids=["apply", "decide", "record", "propose", "confirm", "reject", "reopen"],
)
def test_rows_that_the_caller_may_not_touch_are_not_there(
    fix: SuggestedFix, engineer: User, act: Callable[..., object]
) -> None:
    with assert_nothing_written(), pytest.raises(SuggestedFix.DoesNotExist):
        act(fix, engineer, SuggestedFix.objects.none())
