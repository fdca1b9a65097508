"""An answer from the board, in its row or for many at once, leaves what the API’s leaves; only the source differs."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests.acting import NOON, everything
from fixes.tests.factories import make_fix
from fixes.tests.pages import send
from fixes.tests.test_board import HOUR, waiting
from fixes.transitions import Status
from tests.test_parity import Act, left, over_api, sources

STATES: dict[str, Callable[[User], SuggestedFix]] = {
    "waiting": waiting,
    "overdue": lambda owner: waiting(owner, due=-HOUR),
    "replaced, waiting": lambda owner: replaced(waiting(owner)),
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


def replaced(fix: SuggestedFix) -> SuggestedFix:
    make_fix(fix.session)
    return fix


def in_its_row(client: Client) -> Act:
    def act(fix: SuggestedFix, name: str, fields: dict[str, Any]) -> int:
        fix.refresh_from_db()
        return send(client, fix, name, place="board", **fields).status_code

    return act


def many_at_once(client: Client) -> Act:
    def act(fix: SuggestedFix, name: str, fields: dict[str, Any]) -> int:
        fix.refresh_from_db()
        words = {f"{fields['outcome']}-notes": fields["notes"]}
        sent = {"selected": f"{fix.pk}:{fix.version}", "outcome": fields["outcome"], **words}
        return {303: 200}.get(status := client.post("/pending/record", sent).status_code, status)

    return act


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("outcome", ["applied_success", "applied_failed", "applied_partial", "dismissed"])
def test_an_outcome(browser_client: Client, api: Client, engineer: User, outcome: str, state: str) -> None:
    leavings = []
    fix, start = STATES[state](engineer), transaction.savepoint()
    for act, source in (
        (over_api(api), "api"),
        (in_its_row(browser_client), "board"),
        (many_at_once(browser_client), "board"),
    ):
        transaction.savepoint_rollback(start)
        partly_on_replaced = (outcome, state) == ("applied_partial", "replaced, waiting")
        answer = act(fix, "record", {"outcome": outcome, "notes": " Two of\r\nthree. "})
        assert answer == (409 if partly_on_replaced else 200)
        assert partly_on_replaced or sources(fix)[-1] == source
        leavings.append(left(fix))
    assert leavings[0] == leavings[1] == leavings[2]


def test_undo(browser_client: Client, api: Client, engineer: User) -> None:
    leavings = []
    fix, start = STATES["overdue"](engineer), transaction.savepoint()
    for act in (over_api(api), in_its_row(browser_client), many_at_once(browser_client)):
        transaction.savepoint_rollback(start)
        act(fix, "record", {"outcome": "applied_failed", "notes": "No."})
        undo(browser_client, fix) if act.__qualname__.startswith("many") else act(fix, "reopen", {})
        leavings.append(left(fix))
    assert leavings[0] == leavings[1] == leavings[2]
    assert leavings[0]["fix"]["follow_up_at"] == NOON - HOUR


def undo(client: Client, fix: SuggestedFix) -> None:
    token = client.session["board_reports"][0]["undo"]
    assert client.post("/pending/undo", {"undo": token}).status_code == 303


def test_another_check_by_time(browser_client: Client, api: Client, engineer: User) -> None:
    due = NOON + HOUR
    one, other = waiting(engineer), waiting(engineer)
    fields = {"outcome": "applied_pending", "notes": one.pending_reason, "follow_up_at": due}
    assert over_api(api)(one, "record", fields) == 200
    picks = {"selected": f"{other.pk}:{other.version}", "outcome": "check_by", "check_by": "1h"}
    assert browser_client.post("/pending/record", picks).status_code == 303
    assert left(one) == left(other)


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
def test_all_refuse_another_verdict(browser_client: Client, api: Client, engineer: User, status: Status) -> None:
    for act in (over_api(api), in_its_row(browser_client), many_at_once(browser_client)):
        fix = make_fix(waiting(engineer).session, status)
        before = everything()
        assert act(fix, "record", {"outcome": "applied_partial", "notes": "Half."}) == 409
        assert everything() == before
