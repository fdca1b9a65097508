"""Browser and API are one product: the same act leaves the same row and event, and both refuse the same acts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import DraftTemplate, FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, by, everything
from fixes.tests.factories import make_fix
from fixes.tests.pages import send
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import call, fix_path

STATUSES = ("proposed", "applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed")
OPEN = ("proposed", "applied_partial", "applied_pending")
DUE = NOON + timedelta(hours=3)

API_PATHS = {
    "apply": ("POST", "apply"),
    "decide": ("PATCH", "decision"),
    "record": ("PATCH", "outcome"),
    "confirm": ("POST", "ai-outcome/confirm"),
    "reject": ("POST", "ai-outcome/reject"),
    "reopen": ("POST", "reopen"),
}
INVALID_IN = {"browser": 422, "api": 400}
TOLD_APART = {"id", "fix_id", "session_id", "source"}

Act = Callable[[SuggestedFix, str, dict[str, Any]], int]


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def in_browser(client: Client) -> Act:
    """Presses the act's button; a time goes where the form has its field for it."""

    def act(fix: SuggestedFix, name: str, fields: dict[str, Any]) -> int:
        due = fields.get("follow_up_at")
        when = {} if due is None else {"check_by": "other", "follow_up_at": f"{due:%Y-%m-%dT%H:%M}"}
        fix.refresh_from_db()
        return send(client, fix, name, **(fields | when)).status_code

    return act


def over_api(client: Client) -> Act:
    def act(fix: SuggestedFix, name: str, fields: dict[str, Any]) -> int:
        method, path = API_PATHS[name]
        body = {key: value if isinstance(value, str) else value.isoformat() for key, value in fields.items()}
        return int(call(client, method, fix_path(fix, path), body).status_code)

    return act


@pytest.fixture
def edges(browser_client: Client, api: Client) -> dict[str, Act]:
    return {"browser": in_browser(browser_client), "api": over_api(api)}


def left(fix: SuggestedFix) -> dict[str, Any]:
    """All that an act can leave, without what tells two fixes, sessions and edges apart."""
    row = SuggestedFix.objects.values().get(pk=fix.pk)
    session = AISession.objects.values("status", "resolution_kind", "state_version", "updated_at").get(
        pk=fix.session_id
    )
    events = FixEvent.objects.filter(fix=fix).order_by("state_version").values()
    drafts = DraftTemplate.objects.filter(fix=fix).values("name", "body", "parameters", "drafted_by_id")
    return {
        "fix": {name: value for name, value in row.items() if name not in TOLD_APART},
        "session": session,
        "events": [{name: value for name, value in event.items() if name not in TOLD_APART} for event in events],
        "drafts": list(drafts),
    }


def sources(fix: SuggestedFix) -> list[str]:
    return list(FixEvent.objects.filter(fix=fix).order_by("state_version").values_list("source", flat=True))


def assert_alike(edges: dict[str, Act], make: Callable[[], SuggestedFix], act: str, fields: dict[str, Any]) -> int:
    """Do the same to the same fix through both edges; the one answer, as the API's status.

    A refusal has written nothing. What the last edge did stands.
    """
    answers, leavings = {}, {}
    fix = make()
    before, told, start = everything(), len(sources(fix)), transaction.savepoint()
    for edge, run in edges.items():
        transaction.savepoint_rollback(start)
        answers[edge] = run(fix, act, fields)
        leavings[edge] = left(fix)
        if answers[edge] == 200:
            assert set(sources(fix)[told:]) <= {{"browser": "banner", "api": "api"}[edge]}
        else:
            assert everything() == before
    assert leavings["browser"] == leavings["api"]
    if answers["api"] == 400:
        assert answers == INVALID_IN
    else:
        assert answers["browser"] == answers["api"]
    return answers["api"]


def make_proposal(session: AISession) -> SuggestedFix:
    return lifecycle.propose(make_fix(session, **SCRIPT).pk, Status.SUCCESS, "The client says so.", COPILOT)


def make_replaced(session: AISession, status: Status) -> SuggestedFix:
    fix = make_fix(session, status, **SCRIPT)
    make_fix(session)
    return fix


def make_replaced_verdict(session: AISession) -> SuggestedFix:
    return lifecycle.record(make_replaced(session, Status.PENDING).pk, Status.SUCCESS, by(session.owner))


SCRIPT = {"ai_drafted_script": "cmdkey /list"}
STATES: dict[str, Callable[[AISession], SuggestedFix]] = {
    "proposed": lambda session: make_fix(session, **SCRIPT),
    "verifying": lambda session: make_fix(session, applied=True, **SCRIPT),
    "partial": lambda session: make_fix(session, Status.PARTIAL, **SCRIPT),
    "pending": lambda session: make_fix(session, Status.PENDING, **SCRIPT),
    "success": lambda session: make_fix(session, Status.SUCCESS, **SCRIPT),
    "failed": lambda session: make_fix(session, Status.FAILED, **SCRIPT),
    "dismissed": lambda session: make_fix(session, Status.DISMISSED, **SCRIPT),
    "with a proposal": make_proposal,
    "replaced": lambda session: make_replaced(session, Status.PROPOSED),
    "replaced, waiting": lambda session: make_replaced(session, Status.PENDING),
    "replaced, verdict since": make_replaced_verdict,
}

RUNS = (200, 200, 200, 200, 409, 409, 409, 200, 409, 409, 409)
ON_A_PROPOSAL = (409, 409, 409, 409, 409, 409, 409, 200, 409, 409, 409)
TAKES_BACK = (409, 409, 409, 409, 200, 200, 200, 409, 409, 409, 200)

ACTS: list[tuple[str, dict[str, Any], tuple[int, ...]]] = [
    ("apply", {}, RUNS),
    ("decide", {"decision": "one_off"}, RUNS),
    ("decide", {"decision": "draft_template"}, RUNS),
    ("decide", {"decision": "build_template"}, RUNS),
    ("decide", {"decision": "dismissed"}, (200, 200, 200, 200, 409, 409, 200, 200, 409, 200, 409)),
    ("confirm", {}, ON_A_PROPOSAL),
    ("confirm", {"notes": " I saw it.\r\nMyself. "}, ON_A_PROPOSAL),
    ("reject", {}, ON_A_PROPOSAL),
    ("reopen", {}, TAKES_BACK),
    ("reopen", {"reason": " Wrong ticket. "}, TAKES_BACK),
]
"""Act, what is sent, and the answer in each of STATES."""


@pytest.mark.parametrize(("act", "fields", "answers"), ACTS)
@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state(
    edges: dict[str, Act], engineer: User, state: str, act: str, fields: dict[str, Any], answers: tuple[int, ...]
) -> None:
    answer = assert_alike(edges, lambda: STATES[state](SessionFactory(owner=engineer)), act, fields)
    assert dict(zip(STATES, answers, strict=True))[state] == answer


@pytest.mark.parametrize("outcome", STATUSES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_outcome_on_every_status(edges: dict[str, Act], engineer: User, status: str, outcome: str) -> None:
    answer = assert_alike(
        edges,
        lambda: make_fix(SessionFactory(owner=engineer), Status(status)),
        "record",
        {"outcome": outcome, "notes": " Two of\r\nthree. "},
    )
    assert answer == (400 if outcome == "proposed" else 200 if status in OPEN else 409)


@pytest.mark.parametrize("outcome", STATUSES[1:])
def test_every_outcome_on_a_replaced_fix_that_waits(edges: dict[str, Act], engineer: User, outcome: str) -> None:
    fields = {"outcome": outcome, "notes": "Words."}
    make = lambda: make_replaced(SessionFactory(owner=engineer), Status.PENDING)  # noqa: E731
    assert assert_alike(edges, make, "record", fields) == (409 if outcome == "applied_partial" else 200)


@pytest.mark.parametrize("status", STATUSES[1:])
def test_the_same_again_writes_nothing(edges: dict[str, Act], engineer: User, status: str) -> None:
    fields = {"outcome": status, "notes": "The same."}

    def make() -> SuggestedFix:
        fix = make_fix(SessionFactory(owner=engineer))
        made.append(lifecycle.record(fix.pk, status, by(engineer), notes="The same."))
        return made[-1]

    made: list[SuggestedFix] = []
    untouched = left(make())
    assert assert_alike(edges, make, "record", fields) == 200
    assert left(made[-1]) == untouched


@pytest.mark.parametrize("state", ["proposed", "pending"])
def test_a_check_by_time(edges: dict[str, Act], engineer: User, state: str) -> None:
    fields = {"outcome": "applied_pending", "notes": "Lunch.", "follow_up_at": DUE}
    assert assert_alike(edges, lambda: STATES[state](SessionFactory(owner=engineer)), "record", fields) == 200
    assert {fix.follow_up_at for fix in SuggestedFix.objects.all()} == {DUE}


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("record", {"outcome": "applied_pending"}),
        ("record", {"outcome": "applied_pending", "notes": " \r\n "}),
        ("record", {"outcome": "applied_partial", "notes": ""}),
        ("record", {"outcome": "applied_failed", "notes": "x" * 4001}),
        ("record", {"outcome": "applied_failed", "notes": "a\0b"}),
        ("record", {"outcome": "bogus", "notes": "Words."}),
        ("record", {"outcome": "applied_pending", "notes": "Lunch.", "follow_up_at": NOON}),
        ("record", {"outcome": "applied_pending", "notes": "Lunch.", "follow_up_at": NOON + timedelta(days=366)}),
        ("record", {"outcome": "applied_success", "follow_up_at": DUE}),
        ("decide", {"decision": "bogus"}),
        ("decide", {"decision": "one_off"}),
        ("decide", {"decision": "draft_template"}),
    ],
)
def test_wrong_input(edges: dict[str, Act], engineer: User, act: str, fields: dict[str, Any]) -> None:
    assert assert_alike(edges, lambda: make_fix(SessionFactory(owner=engineer)), act, fields) == 400


@pytest.mark.parametrize("reason", [None, "", " ", "x" * 4001, "a\0b"])
def test_reopening_late_without_a_proper_reason(
    edges: dict[str, Act], engineer: User, clock: time_machine.TimeMachineFixture, reason: str | None
) -> None:
    def make() -> SuggestedFix:
        clock.move_to(NOON, tick=False)
        fix = make_fix(SessionFactory(owner=engineer), Status.FAILED)
        clock.move_to(NOON + 11 * MINUTE, tick=False)
        return fix

    assert assert_alike(edges, make, "reopen", {} if reason is None else {"reason": reason}) == 400


@pytest.mark.parametrize("outcome", STATUSES[1:])
@pytest.mark.parametrize("kind", ["provisional", "verified", "without_fix"])
def test_a_verdict_means_the_same_to_a_resolved_session(
    edges: dict[str, Act], engineer: User, kind: str, outcome: str
) -> None:
    def make() -> SuggestedFix:
        fix = make_fix(SessionFactory(owner=engineer), Status.PENDING)
        AISession.objects.filter(pk=fix.session_id).update(status="resolved", resolution_kind=kind)
        return fix

    assert assert_alike(edges, make, "record", {"outcome": outcome, "notes": "Words."}) == 200


@pytest.mark.parametrize("act", API_PATHS)
def test_another_accounts_fix_is_not_found(edges: dict[str, Act], act: str) -> None:
    foreign = UserFactory.create()
    fields = {"outcome": "applied_success", "decision": "one_off"}
    assert assert_alike(edges, lambda: make_fix(SessionFactory(owner=foreign)), act, fields) == 404
