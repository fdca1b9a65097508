"""Recording the outcome of a fix, over the API."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written, by, last_event
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.api import assert_refused, call, fix_path

FIELDS = {
    "id", "session_id", "account_id", "title", "description", "confidence_pct", "origin",
    "verification_hint", "script_template_id",
    "ai_drafted_script", "ai_drafted_parameters", "user_decision", "status", "applied_at", "verified_at",
    "partial_notes", "pending_reason", "failure_reason", "follow_up_at", "ai_outcome_proposal", "status_changed_at",
    "status_changed_by_id", "proposal_rejected_at", "version", "superseded_at", "created_at", "evidence", "banner_mode",
    "state_version",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


def record(client: Client, fix: SuggestedFix, outcome: Any, **body: Any) -> Any:
    answer = call(client, "PATCH", fix_path(fix, "outcome"), {"outcome": outcome, **body})
    fix.refresh_from_db()
    return answer


class TestPending:
    """What the reference product promises."""

    @pytest.mark.parametrize("body", [{}, {"notes": None}, {"notes": ""}, {"notes": " \n\t"}])
    def test_pending_without_notes_is_refused(self, api: Client, fix: SuggestedFix, body: dict[str, Any]) -> None:
        with assert_nothing_written():
            answer = record(api, fix, "applied_pending", **body)
        problem = assert_refused(answer, 400, "invalid_input", "notes")
        assert problem["errors"]["notes"] == ["Say what you’re waiting on. Nothing has been recorded yet."]

    def test_pending_stores_the_reason_and_stamps_applied_at_but_not_verified_at(
        self, api: Client, fix: SuggestedFix, engineer: User
    ) -> None:
        answer = record(api, fix, "applied_pending", notes=" AD replication\r\nby lunch ")
        assert answer.status_code == 200
        assert (fix.status, fix.pending_reason) == ("applied_pending", "AD replication\nby lunch")
        assert (fix.applied_at, fix.verified_at, fix.status_changed_by) == (NOON, None, engineer)
        event = last_event(fix)
        assert (event.action, event.from_status, event.to_status) == ("record", "proposed", "applied_pending")
        assert (event.notes, event.actor, event.source) == (fix.pending_reason, engineer, "api")
        body = answer.json()
        assert body.keys() == FIELDS
        assert (body["applied_at"], body["verified_at"]) == ("2026-11-23T12:00:00Z", None)
        assert (body["banner_mode"], body["version"], body["state_version"]) == ("pending", 2, 2)
        assert body["session_id"] == str(fix.session_id)

    def test_pending_then_worked_verifies_it(
        self, api: Client, fix: SuggestedFix, clock: time_machine.TimeMachineFixture
    ) -> None:
        record(api, fix, "applied_pending", notes="AD replication")
        clock.move_to(NOON + MINUTE, tick=False)
        answer = record(api, fix, "applied_success")
        assert (answer.status_code, answer.json()["banner_mode"]) == (200, "success")
        assert (fix.status, fix.applied_at, fix.verified_at) == ("applied_success", NOON, NOON + MINUTE)
        assert fix.pending_reason == "AD replication"
        assert last_event(fix).from_status == "applied_pending"

    def test_a_second_pending_updates_the_reason(self, api: Client, fix: SuggestedFix) -> None:
        record(api, fix, "applied_pending", notes="AD replication")
        answer = record(api, fix, "applied_pending", notes="The power cycle at lunch")
        assert (answer.status_code, answer.json()["pending_reason"]) == (200, "The power cycle at lunch")
        assert (fix.status, fix.pending_reason, fix.applied_at) == ("applied_pending", "The power cycle at lunch", NOON)
        assert fix.events.filter(to_status="applied_pending").count() == 2


class TestCheckBy:
    def test_is_kept_when_absent_and_cleared_by_null(self, api: Client, fix: SuggestedFix) -> None:
        record(api, fix, "applied_pending", notes="AD", follow_up_at="2026-11-23T18:30:00+02:00")
        assert fix.follow_up_at == NOON + timedelta(hours=4, minutes=30)
        answer = record(api, fix, "applied_pending", notes="AD, still")
        assert answer.json()["follow_up_at"] == "2026-11-23T16:30:00Z"
        record(api, fix, "applied_pending", notes="AD, still", follow_up_at=None)
        assert fix.follow_up_at is None

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ("2026-11-23T18:00:00", "Add an offset"),
            ("2026-11-24", "is not a time"),
            ("2026-11-23T12:00:00Z", "has passed"),
            ("2027-11-24T12:00:00Z", "More than a year ahead"),
            ("9999-12-31T23:59:59-14:00", "out of range"),
            ("0001-01-01T00:00:00+14:00", "out of range"),
            ("9999-12-31T23:59:59Z", "out of range"),
            ("2026-02-30T12:00:00Z", "does not exist"),
            ("2026-11-24T12:00:00+99:99", "is not a time"),
            ("tomorrow", "is not a time"),
            ("", "is not a time"),
            ("\x00", "is not a time"),
            (1795435200, "is not a time"),
            (True, "is not a time"),
            ({}, "is not a time"),
            (["2026-11-24T12:00:00Z"], "is not a time"),
        ],
    )
    def test_that_makes_no_sense_is_refused(self, api: Client, fix: SuggestedFix, given: Any, said: str) -> None:
        with assert_nothing_written():
            answer = record(api, fix, "applied_pending", notes="AD", follow_up_at=given)
        assert said in assert_refused(answer, 400, "invalid_input", "follow_up_at")["detail"]

    def test_is_refused_with_any_other_outcome_unless_null(self, api: Client, fix: SuggestedFix) -> None:
        with assert_nothing_written():
            answer = record(api, fix, "applied_success", follow_up_at="2026-11-24T12:00:00Z")
        assert_refused(answer, 400, "invalid_input", "follow_up_at")
        assert record(api, fix, "applied_success", follow_up_at=None).status_code == 200


class TestOutcome:
    @pytest.mark.parametrize("outcome", ["proposed", "success", "", "APPLIED_SUCCESS", "\x00", "\ud800", "x" * 5000])
    def test_unknown_is_refused(self, api: Client, fix: SuggestedFix, outcome: str) -> None:
        with assert_nothing_written():
            assert_refused(record(api, fix, outcome), 400, "invalid_input", "outcome")

    @pytest.mark.parametrize("outcome", [None, 1, True, [], {}, ["applied_success"]])
    def test_of_a_wrong_type_is_refused(self, api: Client, fix: SuggestedFix, outcome: Any) -> None:
        with assert_nothing_written():
            assert_refused(record(api, fix, outcome), 400, "invalid_input", "outcome")

    def test_missing_is_refused(self, api: Client, fix: SuggestedFix) -> None:
        assert_refused(call(api, "PATCH", fix_path(fix, "outcome"), {}), 400, "invalid_input", "outcome")

    @pytest.mark.parametrize("notes", ["\x00", "a\ud800", "x" * 4001, 5, True, [], {"text": "AD"}])
    def test_with_impossible_notes_is_refused(self, api: Client, fix: SuggestedFix, notes: Any) -> None:
        with assert_nothing_written():
            assert_refused(record(api, fix, "applied_failed", notes=notes), 400, "invalid_input", "notes")

    def test_notes_of_every_outcome_stand_on_its_event(self, api: Client, fix: SuggestedFix) -> None:
        assert record(api, fix, "applied_success", notes="Mail flows.").status_code == 200
        assert last_event(fix).notes == "Mail flows."

    def test_recorded_twice_writes_once(self, api: Client, fix: SuggestedFix) -> None:
        first = record(api, fix, "applied_partial", notes="Two of three")
        with assert_nothing_written():
            second = record(api, fix, "applied_partial", notes="Two of three")
        assert (second.status_code, second.json()) == (200, first.json())

    @pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
    def test_on_a_verdict_is_refused_with_the_current_fix(
        self, api: Client, session: AISession, status: Status
    ) -> None:
        fix = make_fix(session, status)
        with assert_nothing_written():
            answer = record(api, fix, "applied_partial", notes="Two of three")
        problem = assert_refused(answer, 409, "illegal_transition")
        assert (problem["fix"]["id"], problem["fix"]["status"]) == (str(fix.pk), status)

    def test_on_a_superseded_fix_is_refused_with_the_one_that_replaced_it(
        self, api: Client, session: AISession
    ) -> None:
        old, new = make_fix(session), make_fix(session)
        with assert_nothing_written():
            answer = record(api, old, "applied_success")
        assert assert_refused(answer, 409, "superseded")["fix"]["id"] == str(new.pk)

    def test_on_a_superseded_fix_that_waits_is_recorded(self, api: Client, session: AISession, engineer: User) -> None:
        old = make_fix(session, Status.PENDING)
        make_fix(session)
        answer = record(api, old, "applied_success")
        assert (answer.status_code, answer.json()["banner_mode"]) == (200, "none")
        assert old.status == "applied_success"

    def test_without_if_match_the_last_legal_write_wins(self, api: Client, fix: SuggestedFix, engineer: User) -> None:
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="AD replication")
        assert record(api, fix, "applied_failed", notes="No").status_code == 200
        assert fix.failure_reason == "No"
