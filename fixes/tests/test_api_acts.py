"""Suggesting, applying, deciding, taking back, and FlowPilot's proposals, over the API."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import DraftTemplate, ScriptTemplate, SuggestedFix
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, last_event
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.api import NOBODY, assert_refused, call, client_of, fix_path

SCRIPT = "cmdkey /delete:outlook"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, ai_drafted_script=SCRIPT)


def act(client: Client, fix: SuggestedFix, name: str, body: Any = None) -> Any:
    method = "PATCH" if name == "decision" else "POST"
    answer = call(client, method, fix_path(fix, name), body)
    fix.refresh_from_db()
    return answer


class TestSuggest:
    def suggest(self, api: Client, session: AISession, **words: Any) -> Any:
        return call(api, "POST", f"/ai-sessions/{session.pk}/suggested-fixes", WORDS | words)

    def test_makes_the_current_fix_and_supersedes_the_old(
        self, api: Client, session: AISession, fix: SuggestedFix, engineer: User
    ) -> None:
        answer = self.suggest(api, session, ai_drafted_parameters={"user": ["maya", None, 1.5]})
        assert answer.status_code == 201
        new = SuggestedFix.objects.get(pk=answer.json()["id"])
        assert (new.status, new.superseded_at, new.ai_drafted_parameters) == (
            "proposed",
            None,
            {"user": ["maya", None, 1.5]},
        )
        assert (answer.json()["banner_mode"], answer.json()["state_version"]) == ("proposed", 2)
        fix.refresh_from_db()
        assert fix.superseded_at == NOON
        event = last_event(new)
        assert (event.action, event.actor, event.source) == ("suggest", engineer, "api")

    def test_takes_a_template_of_the_account_or_of_all(self, api: Client, session: AISession) -> None:
        template = ScriptTemplate.objects.create(name="Clear", body=SCRIPT)
        answer = self.suggest(api, session, script_template_id=str(template.pk))
        assert answer.json()["script_template_id"] == str(template.pk)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", None),
            ("title", "x" * 201),
            ("title", "\x00"),
            ("title", "\udc00"),
            ("title", 7),
            ("description", "  "),
            ("description", ["text"]),
            ("confidence_pct", 101),
            ("confidence_pct", -1),
            ("confidence_pct", 79.5),
            ("confidence_pct", 70.0),
            ("confidence_pct", "80"),
            ("confidence_pct", True),
            ("confidence_pct", None),
            ("confidence_pct", 10**400),
            ("confidence_pct", 1e300),
            ("verification_hint", "x" * 501),
            ("verification_hint", "\x00"),
            ("verification_hint", 7),
            ("script_template_id", NOBODY),
            ("script_template_id", "clear"),
            ("script_template_id", {}),
            ("ai_drafted_script", "\x00"),
            ("ai_drafted_script", "\ud800"),
            ("ai_drafted_script", 5),
            ("ai_drafted_parameters", []),
            ("ai_drafted_parameters", "user"),
            ("ai_drafted_parameters", {"user": [{"name": "\x00"}]}),
            ("ai_drafted_parameters", {"\ud800": 1}),
            ("ai_drafted_parameters", {"user": ["\udfff"]}),
        ],
    )
    def test_of_impossible_words_is_refused(self, api: Client, session: AISession, field: str, value: Any) -> None:
        with assert_nothing_written():
            assert_refused(self.suggest(api, session, **{field: value}), 400, "invalid_input", field)

    def test_of_infinity_is_refused(self, api: Client, session: AISession) -> None:
        path = f"/ai-sessions/{session.pk}/suggested-fixes"
        body = b'{"title": "a", "description": "b", "confidence_pct": 1, "ai_drafted_parameters": {"a": [1e999]}}'
        assert "1e999" in assert_refused(call(api, "POST", path, body), 400, "invalid_input")["detail"]

    def test_without_words_names_every_missing_field(self, api: Client, session: AISession) -> None:
        answer = call(api, "POST", f"/ai-sessions/{session.pk}/suggested-fixes", {})
        assert_refused(answer, 400, "invalid_input", "title", "description", "confidence_pct")

    @pytest.mark.parametrize("field", ["origin", "title_key"])
    def test_whose_confidence_it_is_is_not_the_callers_to_say(
        self, api: Client, session: AISession, field: str
    ) -> None:
        with assert_nothing_written():
            assert_refused(self.suggest(api, session, **{field: "built-in"}), 400, "invalid_input", field)

    def test_in_a_closed_session_is_refused(self, api: Client, session: AISession, fix: SuggestedFix) -> None:
        AISession.objects.update(status="abandoned")
        with assert_nothing_written():
            answer = self.suggest(api, session)
        assert assert_refused(answer, 409, "session_closed")["fix"]["id"] == str(fix.pk)

    def test_in_a_closed_session_without_fixes_is_refused_with_none(self, api: Client, session: AISession) -> None:
        AISession.objects.update(status="abandoned")
        assert assert_refused(self.suggest(api, session), 409, "session_closed")["fix"] is None


class TestApplyAndDecide:
    def test_apply_stamps_once(
        self, api: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture, engineer: User
    ) -> None:
        answer = act(api, fix, "apply")
        assert (answer.status_code, answer.json()["banner_mode"]) == (200, "verifying")
        assert (fix.status, fix.applied_at) == ("proposed", NOON)
        assert (last_event(fix).action, last_event(fix).actor) == ("apply", engineer)
        clock.move_to(NOON + MINUTE)
        with assert_nothing_written():
            assert act(api, fix, "apply").json() == answer.json()

    def test_apply_on_a_verdict_is_refused(self, api: Client, session: AISession) -> None:
        fix = make_fix(session, Status.FAILED)
        with assert_nothing_written():
            assert_refused(act(api, fix, "apply"), 409, "illegal_transition")

    def test_running_the_script_applies_the_fix(self, api: Client, fix: SuggestedFix) -> None:
        answer = act(api, fix, "decision", {"decision": "draft_template"})
        assert (answer.status_code, fix.user_decision, fix.applied_at) == (200, "draft_template", NOON)
        assert DraftTemplate.objects.get().body == SCRIPT
        assert last_event(fix).action == "decide"

    def test_building_a_template_does_not(self, api: Client, fix: SuggestedFix) -> None:
        assert act(api, fix, "decision", {"decision": "build_template"}).json()["applied_at"] is None

    def test_dismissing_is_the_outcome(self, api: Client, fix: SuggestedFix) -> None:
        assert act(api, fix, "decision", {"decision": "dismissed"}).json()["banner_mode"] == "dismissed"
        assert (fix.status, fix.user_decision) == ("dismissed", "dismissed")

    @pytest.mark.parametrize("decision", ["", "two_off", None, 1, [], "\x00"])
    def test_an_unknown_decision_is_refused(self, api: Client, fix: SuggestedFix, decision: Any) -> None:
        with assert_nothing_written():
            assert_refused(act(api, fix, "decision", {"decision": decision}), 400, "invalid_input", "decision")

    def test_running_no_script_is_refused(self, api: Client, session: AISession) -> None:
        fix = make_fix(session)
        with assert_nothing_written():
            assert_refused(act(api, fix, "decision", {"decision": "one_off"}), 400, "invalid_input", "decision")


class TestReopen:
    def test_by_the_same_person_at_once_needs_no_reason(self, api: Client, session: AISession) -> None:
        fix = make_fix(session, Status.SUCCESS)
        answer = act(api, fix, "reopen")
        assert (answer.status_code, fix.status, fix.verified_at) == (200, "proposed", None)
        assert (last_event(fix).action, last_event(fix).source) == ("reopen", "api")

    def test_later_needs_a_reason(
        self, api: Client, session: AISession, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.PENDING)
        call(api, "PATCH", fix_path(fix, "outcome"), {"outcome": "applied_success"})
        clock.move_to(NOON + 11 * MINUTE)
        with assert_nothing_written():
            assert_refused(act(api, fix, "reopen", {"reason": " "}), 400, "invalid_input", "reason")
        assert act(api, fix, "reopen", {"reason": "It came back."}).json()["status"] == "applied_pending"
        assert last_event(fix).notes == "It came back."

    def test_of_an_open_fix_is_refused(self, api: Client, fix: SuggestedFix) -> None:
        with assert_nothing_written():
            assert_refused(act(api, fix, "reopen"), 409, "illegal_transition")


class TestProposal:
    THOUGHT = {"outcome": "applied_pending", "reason": "They reboot at lunch."}

    def test_is_noted_and_the_status_stays(self, api: Client, fix: SuggestedFix) -> None:
        answer = act(api, fix, "ai-outcome", self.THOUGHT)
        noted = {**self.THOUGHT, "message_id": None, "proposed_at": "2026-11-23T12:00:00Z"}
        assert (answer.status_code, answer.json()["ai_outcome_proposal"]) == (200, noted)
        assert (answer.json()["banner_mode"], fix.status) == ("ai_confirming", "proposed")
        assert last_event(fix).action == "propose"

    def test_confirmed_is_the_outcome(self, api: Client, fix: SuggestedFix) -> None:
        act(api, fix, "ai-outcome", self.THOUGHT)
        assert act(api, fix, "ai-outcome/confirm").json()["pending_reason"] == "They reboot at lunch."
        assert (fix.status, fix.ai_outcome_proposal) == ("applied_pending", None)
        assert (last_event(fix).action, last_event(fix).details["proposal"]["reason"]) == (
            "confirm",
            "They reboot at lunch.",
        )

    def test_confirmed_with_other_notes_keeps_the_rule(self, api: Client, fix: SuggestedFix) -> None:
        act(api, fix, "ai-outcome", self.THOUGHT)
        with assert_nothing_written():
            assert_refused(act(api, fix, "ai-outcome/confirm", {"notes": ""}), 400, "invalid_input", "notes")
        assert act(api, fix, "ai-outcome/confirm", {"notes": "Lunch."}).json()["pending_reason"] == "Lunch."

    def test_rejected_is_cleared(self, api: Client, fix: SuggestedFix) -> None:
        act(api, fix, "ai-outcome", self.THOUGHT)
        answer = act(api, fix, "ai-outcome/reject", {"notes": "They only closed Outlook."})
        assert (answer.json()["ai_outcome_proposal"], fix.proposal_rejected_at) == (None, NOON)
        assert (last_event(fix).action, last_event(fix).notes) == ("reject", "They only closed Outlook.")

    @pytest.mark.parametrize("name", ["ai-outcome/confirm", "ai-outcome/reject"])
    def test_without_one_there_is_nothing_to_answer(self, api: Client, fix: SuggestedFix, name: str) -> None:
        with assert_nothing_written():
            assert_refused(act(api, fix, name), 409, "illegal_transition")

    @pytest.mark.parametrize("outcome", ["dismissed", "proposed", "success", 1, None])
    def test_of_anything_else_is_refused(self, api: Client, fix: SuggestedFix, outcome: Any) -> None:
        with assert_nothing_written():
            assert_refused(act(api, fix, "ai-outcome", {"outcome": outcome}), 400, "invalid_input", "outcome")


def test_a_colleague_may_act_on_the_session_too(fix: SuggestedFix, engineer: User) -> None:
    colleague = UserFactory.create(account=engineer.account)
    assert act(client_of(colleague), fix, "apply").status_code == 200
    assert last_event(fix).actor == colleague


class TestUndo:
    """`reopen` with `undo: true`."""

    def record(self, api: Client, fix: SuggestedFix, outcome: str, notes: str | None = None) -> None:
        answer = call(api, "PATCH", fix_path(fix, "outcome"), {"outcome": outcome, "notes": notes})
        assert answer.status_code == 200, answer.content

    @pytest.mark.parametrize(
        "outcome", ["applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed"]
    )
    def test_takes_back_every_outcome(self, api: Client, fix: SuggestedFix, outcome: str) -> None:
        self.record(api, fix, outcome, "Half of it.")
        answer = act(api, fix, "reopen", {"undo": True})
        assert (answer.status_code, fix.status, fix.verified_at, fix.follow_up_at) == (200, "proposed", None, None)
        assert (last_event(fix).action, last_event(fix).details["undo"]) == ("reopen", True)

    def test_is_the_persons_own(self, api: Client, fix: SuggestedFix, engineer: User) -> None:
        self.record(api, fix, "applied_pending", "Lunch.")
        colleague = client_of(UserFactory.create(account=engineer.account))
        with assert_nothing_written():
            assert_refused(act(colleague, fix, "reopen", {"undo": True}), 409, "illegal_transition")

    def test_ends_after_ten_minutes(
        self, api: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        self.record(api, fix, "applied_success")
        clock.move_to(NOON + 11 * MINUTE)
        with assert_nothing_written():
            assert_refused(act(api, fix, "reopen", {"undo": True}), 409, "illegal_transition")

    def test_without_it_an_open_fix_is_not_reopened(self, api: Client, fix: SuggestedFix) -> None:
        self.record(api, fix, "applied_pending", "Lunch.")
        for body in ({}, {"undo": False}, {"reason": "Wrong one."}):
            with assert_nothing_written():
                assert_refused(act(api, fix, "reopen", body), 409, "illegal_transition")

    def test_takes_no_reason(self, api: Client, fix: SuggestedFix) -> None:
        self.record(api, fix, "applied_success")
        with assert_nothing_written():
            answer = act(api, fix, "reopen", {"undo": True, "reason": "Wrong one."})
        assert_refused(answer, 400, "invalid_input", "reason")

    @pytest.mark.parametrize("undo", ["true", 1, None, []])
    def test_is_true_or_false(self, api: Client, fix: SuggestedFix, undo: Any) -> None:
        self.record(api, fix, "applied_success")
        with assert_nothing_written():
            assert_refused(act(api, fix, "reopen", {"undo": undo}), 400, "invalid_input", "undo")


def test_confirming_a_proposed_wait_takes_a_check_by_time(api: Client, fix: SuggestedFix) -> None:
    act(api, fix, "ai-outcome", {"outcome": "applied_pending", "reason": "They reboot at lunch."})
    answer = act(api, fix, "ai-outcome/confirm", {"follow_up_at": "2026-11-24T09:00:00+01:00"})
    assert (answer.status_code, answer.json()["follow_up_at"]) == (200, "2026-11-24T08:00:00Z")
