"""All 30 pairs of status and outcome. What is expected is written out here, not asked from the code."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import time_machine

from accounts.models import User
from common.refusals import IllegalTransition, InvalidInput
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import assert_nothing_written, by, last_event
from fixes.tests.factories import NOTES, make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = "Seen on the client’s screen."

STATUSES = ["proposed", "applied_partial", "applied_pending", "applied_success", "applied_failed", "dismissed"]
OUTCOMES = ["applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed"]
PAIRS = list(product(STATUSES, OUTCOMES))

ANSWERS = {
    ("proposed", "applied_success"): "recorded",
    ("proposed", "applied_failed"): "recorded",
    ("proposed", "applied_partial"): "recorded with notes",
    ("proposed", "applied_pending"): "recorded with notes",
    ("proposed", "dismissed"): "recorded",
    ("applied_partial", "applied_success"): "recorded",
    ("applied_partial", "applied_failed"): "recorded",
    ("applied_partial", "applied_partial"): "recorded with notes",
    ("applied_partial", "applied_pending"): "recorded with notes",
    ("applied_partial", "dismissed"): "recorded",
    ("applied_pending", "applied_success"): "recorded",
    ("applied_pending", "applied_failed"): "recorded",
    ("applied_pending", "applied_partial"): "recorded with notes",
    ("applied_pending", "applied_pending"): "recorded with notes",
    ("applied_pending", "dismissed"): "recorded",
    ("applied_success", "applied_success"): "refused",
    ("applied_success", "applied_failed"): "refused",
    ("applied_success", "applied_partial"): "refused",
    ("applied_success", "applied_pending"): "refused",
    ("applied_success", "dismissed"): "refused",
    ("applied_failed", "applied_success"): "refused",
    ("applied_failed", "applied_failed"): "refused",
    ("applied_failed", "applied_partial"): "refused",
    ("applied_failed", "applied_pending"): "refused",
    ("applied_failed", "dismissed"): "refused",
    ("dismissed", "applied_success"): "refused",
    ("dismissed", "applied_failed"): "refused",
    ("dismissed", "applied_partial"): "refused",
    ("dismissed", "applied_pending"): "refused",
    ("dismissed", "dismissed"): "refused",
}
NOTES_IN = {
    "applied_success": {},
    "applied_failed": {"failure_reason": WORDS},
    "applied_partial": {"partial_notes": WORDS},
    "applied_pending": {"pending_reason": WORDS},
    "dismissed": {},
}
VERIFIED_AT = {
    "applied_success": NOON,
    "applied_failed": NOON,
    "applied_partial": None,
    "applied_pending": None,
    "dismissed": None,
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(MORNING, tick=False)


@pytest.fixture
def start(session: AISession, request: pytest.FixtureRequest) -> SuggestedFix:
    return make_fix(session, Status(request.param))


def row(fix: SuggestedFix) -> dict[str, Any]:
    return SuggestedFix.objects.values().get(pk=fix.pk)


def test_every_pair_has_an_answer() -> None:
    assert len(PAIRS) == 30
    assert set(ANSWERS) == set(PAIRS)


def test_the_lists_are_all_there_is() -> None:
    assert sorted(STATUSES) == sorted(Status.values)
    assert sorted([*OUTCOMES, "proposed"]) == sorted(Status.values)


RECORDED = [pair for pair in PAIRS if ANSWERS[pair].startswith("recorded")]
WITH_NOTES = [pair for pair in PAIRS if ANSWERS[pair] == "recorded with notes"]
WITHOUT = [pair for pair in PAIRS if ANSWERS[pair] == "recorded"]
REFUSED = [pair for pair in PAIRS if ANSWERS[pair] == "refused"]


@pytest.mark.parametrize(("start", "outcome"), RECORDED, indirect=["start"])
def test_a_pair_of_the_table_is_recorded(start: SuggestedFix, outcome: str, engineer: User) -> None:
    before, events = row(start), start.events.count()
    with time_machine.travel(NOON, tick=False):
        lifecycle.record(start.pk, outcome, by(engineer), notes=WORDS)
    moved = before["status"] != outcome
    assert row(start) == before | NOTES_IN[outcome] | {
        "status": outcome,
        "applied_at": NOON if before["status"] == "proposed" and outcome != "dismissed" else before["applied_at"],
        "verified_at": VERIFIED_AT[outcome],
        "status_changed_at": NOON if moved else MORNING,
        "status_changed_by_id": engineer.pk,
        "version": before["version"] + 1,
    }
    assert start.events.count() == events + 1


@pytest.mark.parametrize(("start", "outcome"), RECORDED, indirect=["start"])
def test_a_recorded_outcome_has_its_event_and_one_step_of_the_session(
    start: SuggestedFix, outcome: str, engineer: User
) -> None:
    version = start.session.state_version
    with time_machine.travel(NOON, tick=False):
        lifecycle.record(start.pk, outcome, by(engineer, source=Source.API), notes=WORDS)
    event = FixEvent.objects.values().get(pk=last_event(start).pk)
    del event["id"]
    before: dict[str, Any] = {}
    if start.status not in {"proposed", outcome}:
        before["since"] = {"at": MORNING.isoformat(), "by": str(engineer.pk)}
    if start.status == outcome:
        before["notes"] = NOTES[Status(outcome)]
    if start.status == "proposed" and outcome != "dismissed":
        before["applied"] = True
    assert event == {
        "fix_id": start.pk,
        "session_id": start.session_id,
        "account_id": start.account_id,
        "action": "record",
        "from_status": start.status,
        "to_status": outcome,
        "notes": WORDS,
        "follow_up_at": None,
        "details": before,
        "actor_id": engineer.pk,
        "source": "api",
        "at": NOON,
        "state_version": version + 1,
        "position": 0,
    }
    start.session.refresh_from_db()
    assert (start.session.state_version, start.session.updated_at) == (version + 1, NOON)


@pytest.mark.parametrize(("start", "outcome"), WITH_NOTES, indirect=["start"])
@pytest.mark.parametrize("notes", [None, "", " \n\t ", "\r\n", "\u2003\u00a0"])
def test_partial_and_pending_without_notes_are_refused(
    start: SuggestedFix, outcome: str, notes: str | None, engineer: User
) -> None:
    with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
        lifecycle.record(start.pk, outcome, by(engineer), notes=notes)
    assert list(refusal.value.errors) == ["notes"]


@pytest.mark.parametrize(("start", "outcome"), WITHOUT, indirect=["start"])
def test_the_others_need_no_notes(start: SuggestedFix, outcome: str, engineer: User) -> None:
    fix = lifecycle.record(start.pk, outcome, by(engineer))
    assert (fix.status, fix.failure_reason, last_event(fix).notes) == (outcome, None, None)


@pytest.mark.parametrize(("start", "outcome"), REFUSED, indirect=["start"])
def test_a_terminal_fix_takes_no_other_answer(start: SuggestedFix, outcome: str, engineer: User) -> None:
    with assert_nothing_written(), pytest.raises(IllegalTransition) as refusal:
        lifecycle.record(start.pk, outcome, by(engineer), notes=WORDS)
    assert refusal.value.code == "illegal_transition"


@pytest.mark.parametrize("start", ["proposed", "applied_success"], indirect=True)
@pytest.mark.parametrize("outcome", ["proposed", "applied", "", "APPLIED_SUCCESS", "applied_success "])
def test_what_is_no_outcome_is_refused(start: SuggestedFix, outcome: str, engineer: User) -> None:
    with assert_nothing_written(), pytest.raises(InvalidInput) as refusal:
        lifecycle.record(start.pk, outcome, by(engineer), notes=WORDS)
    assert list(refusal.value.errors) == ["outcome"]


def test_a_fix_is_applied_once_and_verified_later(session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    lifecycle.apply(fix.pk, by(engineer, MORNING))
    fix = lifecycle.record(fix.pk, Status.SUCCESS, by(engineer, NOON))
    assert (fix.applied_at, fix.verified_at) == (MORNING, NOON)


def test_earlier_reasons_stay_when_a_fix_moves_on(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PARTIAL)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Replication over night.")
    fix = lifecycle.record(fix.pk, Status.FAILED, by(engineer), notes="Still broken.")
    assert fix.partial_notes == "Two of three work."
    assert fix.pending_reason == "Replication over night."
    assert fix.failure_reason == "Still broken."


def test_dismissing_stamps_neither_applied_nor_verified(session: AISession, engineer: User) -> None:
    fix = lifecycle.record(make_fix(session).pk, Status.DISMISSED, by(engineer))
    assert (fix.applied_at, fix.verified_at) == (None, None)
