"""The field `evidence` of a fix: wherever the API answers one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, by
from fixes.tests.factories import NOTES, WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import call, fix_path

LAST = datetime(2026, 11, 3, 15, 20, tzinfo=UTC)


@pytest.fixture
def tried(engineer: User, time_machine: Any) -> None:
    """7 of 8 sessions in which it worked, one that waits, and others, so that the account's rate is 0.6."""
    time_machine.move_to(NOON, tick=False)
    tried_once = [*[Status.SUCCESS] * 7, Status.FAILED, Status.PENDING]
    for title, statuses in {WORDS["title"]: tried_once, "Another": [Status.SUCCESS] * 2 + [Status.FAILED] * 5}.items():
        for status in statuses:
            fix = make_fix(SessionFactory(owner=engineer), title=title)
            lifecycle.record(fix.pk, status, by(engineer, LAST), notes=NOTES.get(status))


@pytest.fixture
def fix(session: AISession, tried: None) -> SuggestedFix:
    return make_fix(session)


EXPECTED = {
    "sentence": "Worked in 7 of 8 sessions, last on 3 November; 1 still waits",
    "worked": 7,
    "partly": 0,
    "failed": 1,
    "waiting": 1,
    "last_worked_at": "2026-11-03T15:20:00Z",
    "account_rate": 0.6,
    "confidence_pct": 78,
    "low_pct": 57,
    "high_pct": 94,
}


def test_it_is_in_every_answer_with_a_fix(api: Client, session: AISession, fix: SuggestedFix) -> None:
    listed = call(api, "GET", f"/ai-sessions/{session.pk}/suggested-fixes").json()["results"]
    answers = [
        *listed,
        call(api, "GET", fix_path(fix)).json(),
        call(api, "GET", f"/ai-sessions/{session.pk}/suggested-fixes/active").json(),
        call(api, "POST", fix_path(fix, "apply")).json(),
        call(api, "PATCH", fix_path(fix, "outcome"), {"outcome": "applied_failed"}).json(),
    ]
    assert [answer["evidence"] for answer in answers] == [EXPECTED] * 5

    refused = call(api, "POST", f"/ai-sessions/{session.pk}/suggested-fixes", WORDS).json()
    assert (refused["code"], refused["fix"]["evidence"]["worked"]) == ("already_failed", 7)


def test_a_new_suggestion_has_it_at_once(api: Client, session: AISession, tried: None) -> None:
    answer = call(api, "POST", f"/ai-sessions/{session.pk}/suggested-fixes", WORDS)
    assert answer.json()["evidence"] == EXPECTED


def test_the_accounts_waiting_fixes_have_it(api: Client, fix: SuggestedFix) -> None:
    (waiting,) = call(api, "GET", "/pending-fixes").json()["results"]
    assert waiting["evidence"] == EXPECTED | {
        "sentence": "Worked in 7 of 8 sessions, last on 3 November",
        "waiting": 0,
    }


def test_below_three_verdicts_there_is_no_percentage(api: Client, session: AISession, engineer: User) -> None:
    make_fix(SessionFactory(owner=engineer), Status.FAILED)
    make_fix(SessionFactory(), Status.SUCCESS)
    evidence = call(api, "GET", fix_path(make_fix(session))).json()["evidence"]
    assert (evidence["sentence"], evidence["failed"]) == ("Didn’t work the only time it was tried here", 1)
    assert evidence["confidence_pct"] is evidence["low_pct"] is evidence["high_pct"] is None
