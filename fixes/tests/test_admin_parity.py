"""The admin is one more edge of the same lifecycle: what it does is what the API does, and it refuses the same."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, by, everything
from fixes.tests.admin_pages import act, admin_of, edit, run_action, session_of, signed_in
from fixes.tests.factories import make_fix
from fixes.transitions import OUTCOMES, Status
from sessions.models import AISession
from tests.api import client_of
from tests.test_parity import STATES, left, over_api, sources

AS_API = {303: 200, 422: 400}
Make = Callable[[], SuggestedFix]


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def admin(db: None) -> User:
    return admin_of()


@pytest.fixture
def client(admin: User) -> Client:
    return signed_in(admin)


def assert_alike(admin: User, client: Client, make: Make, name: str, fields: dict[str, Any]) -> int:
    """Do the same to the same fix over both; the one answer, as the API's status. A refusal has written nothing."""
    fix, by_api = make(), over_api(client_of(admin))
    told, before, start = len(sources(fix)), everything(), transaction.savepoint()
    status = by_api(fix, name, fields)
    assert status == 200 or everything() == before
    leaves = left(fix)
    transaction.savepoint_rollback(start)
    fix.refresh_from_db()
    answer = act(client, fix, name, **fields).status_code
    assert AS_API.get(answer, answer) == status
    if status == 200:
        assert set(sources(fix)[told:]) <= {"admin"}
    else:
        assert everything() == before
    assert left(fix) == leaves
    return status


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("state", STATES)
def test_every_outcome_in_every_state(admin: User, client: Client, state: str, outcome: str) -> None:
    fields = {"outcome": outcome, "notes": " Two of\r\nthree. "}
    assert_alike(admin, client, lambda: STATES[state](session_of(admin)), "record", fields)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_without_notes(admin: User, client: Client, outcome: str) -> None:
    asked = outcome in {"applied_partial", "applied_pending"}
    status = assert_alike(admin, client, lambda: make_fix(session_of(admin)), "record", {"outcome": outcome})
    assert status == (400 if asked else 200)


@pytest.mark.parametrize("reason", ["", "Wrong ticket."])
@pytest.mark.parametrize("state", STATES)
def test_reopening_in_every_state(admin: User, client: Client, state: str, reason: str) -> None:
    assert_alike(admin, client, lambda: STATES[state](session_of(admin)), "reopen", {"reason": reason})


@pytest.mark.parametrize("kind", ["provisional", "verified", "without_fix"])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_verdict_means_the_same_to_a_resolved_session(admin: User, client: Client, kind: str, outcome: str) -> None:
    def make() -> SuggestedFix:
        fix = make_fix(session_of(admin), Status.PENDING)
        AISession.objects.filter(pk=fix.session_id).update(status="resolved", resolution_kind=kind)
        return fix

    assert assert_alike(admin, client, make, "record", {"outcome": outcome, "notes": "Words."}) == 200


@pytest.mark.parametrize(
    ("state", "outcome"),
    [*((state, Status.SUCCESS) for state in STATES), ("pending", Status.FAILED), ("pending", Status.DISMISSED)],
)
def test_an_action_on_the_list_leaves_what_the_api_leaves(
    admin: User, client: Client, state: str, outcome: Status
) -> None:
    fix, by_api, start = STATES[state](session_of(admin)), over_api(client_of(admin)), transaction.savepoint()
    by_api(fix, "record", {"outcome": outcome, "notes": "Seen by the client."})
    leaves = left(fix)
    transaction.savepoint_rollback(start)
    run_action(client, f"record_{outcome}", fix, notes="Seen by the client.")
    assert left(fix) == leaves


@pytest.mark.parametrize("state", STATES)
def test_words_are_edited_only_where_the_fix_is_current(admin: User, client: Client, state: str) -> None:
    fix = STATES[state](session_of(admin))
    fix.refresh_from_db()
    before = left(fix)
    replaced = state.startswith("replaced")
    assert edit(client, fix, title="Other").status_code == (409 if replaced else 303)
    after = left(fix)
    assert (after == before) is replaced
    title_and_version = {"title": 0, "title_key": 0, "version": 0}
    assert after["fix"] | title_and_version == before["fix"] | title_and_version


def test_another_accounts_fix_is_not_there(client: Client) -> None:
    foreign = make_fix(session_of(admin_of()))
    before = everything()
    assert act(client, foreign, "record", outcome="applied_success").status_code == 302
    assert act(client, foreign, "reopen", reason="Why.").status_code == 302
    assert edit(client, foreign, title="Other").status_code == 302
    assert everything() == before
    lifecycle.record(foreign.pk, Status.SUCCESS, by(foreign.session.owner))
