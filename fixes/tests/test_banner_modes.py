"""Which banner a fix has: every mode, the first that matches, and the edges of its conditions."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.template.loader import get_template

from accounts.models import User
from fixes.banner.controls import CONTROLS
from fixes.banner.modes import MODES, SHOWN, mode_of
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, MINUTE, NOON, by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts

INSTANT = timedelta(microseconds=1)
PROPOSAL = {"outcome": "applied_success", "reason": "It works."}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def mode(now: datetime = NOON, messages: int = 0, **columns: Any) -> str:
    """The mode of a fix with these columns, which needs no database."""
    return mode_of(SuggestedFix(**columns), now, messages).name


def test_without_a_fix_there_is_no_banner() -> None:
    assert mode_of(None, NOON, 0).name == "none"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"status": "proposed"}, "proposed"),
        ({"status": "proposed", "applied_at": NOON}, "verifying"),
        ({"status": "applied_partial", "applied_at": NOON}, "partial"),
        ({"status": "applied_pending", "applied_at": NOON}, "pending"),
        ({"status": "applied_success", "applied_at": NOON}, "success"),
        ({"status": "applied_failed", "applied_at": NOON}, "failed"),
        ({"status": "dismissed", "status_changed_at": NOON}, "dismissed"),
    ],
)
def test_each_status_has_its_mode(columns: dict[str, Any], expected: str) -> None:
    assert mode(**columns) == expected


@pytest.mark.parametrize("status", ["proposed", "applied_partial", "applied_pending"])
def test_a_proposal_comes_before_the_status_and_the_nudge(status: str) -> None:
    assert mode(messages=9, status=status, applied_at=NOON, ai_outcome_proposal=PROPOSAL) == "ai_confirming"


@pytest.mark.parametrize("status", [status for status in Status.values if status != "applied_pending"])
def test_a_replaced_fix_has_no_banner(status: str) -> None:
    assert mode(status=status, applied_at=NOON, status_changed_at=NOON, superseded_at=NOON) == "none"


def test_a_replaced_fix_that_waits_keeps_its_own() -> None:
    assert mode(status="applied_pending", superseded_at=NOON) == "pending"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(0 * MINUTE, "dismissed"), (10 * MINUTE, "dismissed"), (10 * MINUTE + INSTANT, "none"), (99 * MINUTE, "none")],
)
def test_a_dismissal_shows_for_ten_minutes(ago: timedelta, expected: str) -> None:
    assert mode(status="dismissed", status_changed_at=NOON - ago) == expected


@pytest.mark.parametrize("status", ["applied_success", "applied_failed"])
def test_a_verdict_shows_for_good(status: str) -> None:
    assert mode(status=status, status_changed_at=NOON - timedelta(days=900)) in {"success", "failed"}


@pytest.mark.parametrize(("messages", "expected"), [(0, "verifying"), (2, "verifying"), (3, "nudge"), (40, "nudge")])
def test_after_three_messages_it_asks_again(messages: int, expected: str) -> None:
    assert mode(messages=messages, status="proposed", applied_at=NOON) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"status": "proposed"}, "proposed"),
        ({"status": "applied_pending", "applied_at": NOON}, "pending"),
        ({"status": "applied_partial", "applied_at": NOON}, "partial"),
        ({"status": "applied_success", "applied_at": NOON}, "success"),
    ],
)
def test_messages_nudge_for_nothing_else(columns: dict[str, Any], expected: str) -> None:
    assert mode(messages=40, **columns) == expected


def drawn(fix: SuggestedFix) -> str:
    """The mode as the pages have it, messages counted by the database."""
    fix.refresh_from_db()
    return mode_of(fix, NOON, fix.messages_since).name


def write(session: AISession, user: User, *minutes: int, author: Author = Author.ENGINEER) -> None:
    for minute in minutes:
        acts.post(session.pk, author, "Any news?", user=user, at=NOON + minute * MINUTE)


class TestCountingMessages:
    def test_only_later_ones_count(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, applied=True)
        write(session, engineer, -2, -1, 0, 1, 2)
        assert drawn(fix) == "verifying"
        write(session, engineer, 3)
        assert drawn(fix) == "nudge"

    def test_only_the_engineers_count(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, applied=True)
        write(session, engineer, 1, 2)
        write(session, engineer, 3, 4, 5, author=Author.ASSISTANT)
        write(session, engineer, 6, 7, 8, author=Author.SYSTEM)
        assert drawn(fix) == "verifying"

    def test_only_this_sessions_count(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session, applied=True)
        other = AISession.objects.create(owner=engineer, account=session.account, title="Another")
        write(other, engineer, 1, 2, 3)
        assert drawn(fix) == "verifying"

    def test_after_an_undo_it_asks_as_it_did_before(
        self, session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, applied=True)
        write(session, engineer, 1, 2, 3)
        clock.move_to(NOON + 4 * MINUTE, tick=False)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        lifecycle.undo(fix.pk, by(engineer))
        assert drawn(fix) == "nudge"

    def test_a_fix_reopened_with_a_reason_asks_afresh(
        self, session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, applied=True)
        write(session, engineer, 1, 2, 3)
        clock.move_to(NOON + 4 * MINUTE, tick=False)
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
        clock.move_to(NOON + 60 * MINUTE, tick=False)
        lifecycle.reopen(fix.pk, by(engineer), reason="It came back.")
        write(session, engineer, 61, 62)
        assert drawn(fix) == "verifying"
        write(session, engineer, 63)
        assert drawn(fix) == "nudge"

    def test_a_proposal_rejected_asks_afresh(
        self, session: AISession, engineer: User, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, applied=True)
        write(session, engineer, 1, 2, 3)
        clock.move_to(NOON + 4 * MINUTE, tick=False)
        lifecycle.propose(fix.pk, Status.SUCCESS, "It works.", COPILOT)
        lifecycle.reject(fix.pk, by(engineer))
        write(session, engineer, 5, 6)
        assert drawn(fix) == "verifying"
        write(session, engineer, 7)
        assert drawn(fix) == "nudge"

    def test_before_it_is_applied_nobody_asks(self, session: AISession, engineer: User) -> None:
        fix = make_fix(session)
        write(session, engineer, 1, 2, 3)
        assert drawn(fix) == "proposed"


def test_the_docs_have_every_mode_in_order_with_its_tone() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "banner.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\w+) \|$", page, re.MULTILINE)
    assert rows == [(mode.name, mode.tone) for mode in MODES]


def test_every_mode_has_its_controls_and_its_body() -> None:
    assert CONTROLS.keys() == {mode.name for mode in MODES}
    for mode in SHOWN:
        get_template(f"fixes/banner/{mode.name}.html")
