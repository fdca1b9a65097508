"""The arrival of awaiting verification, migrated back and forth on tables with rows.

The worker's own test database is moved, and brought back to the latest state whatever happens.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from fixes import lifecycle
from fixes.models import SuggestedFix
from fixes.tests.acting import COPILOT, by
from fixes.tests.factories import make_fix
from fixes.transitions import FOLLOW_UP_LIMIT, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

BEFORE = "0001_initial"
COLUMNS = "0002_awaiting_verification"
VALIDATED = "0003_awaiting_verification_validated"
LATEST = "0004_awaiting_verification_data"
LIFTED = "SET LOCAL pgtrigger.ignore = '{pgtrigger_lifecycle_32396}'"
CHECKS_OF_WAITING = {
    "fixes_status",
    "fixes_pending_has_a_reason",
    "fixes_only_pending_has_follow_up",
    "fixes_only_current_open_has_proposal",
}

Move = Callable[[str], None]


@pytest.fixture
def move(transactional_db: None) -> Iterator[Move]:
    """Migrates `fixes` to the state of that name."""

    def to(name: str) -> None:
        MigrationExecutor(connection).migrate([("fixes", name)])

    yield to
    to(LATEST)


@pytest.fixture
def due() -> datetime:
    return datetime.now(UTC) + FOLLOW_UP_LIMIT / 2


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str, *, lifted: bool = False) -> str:
    """What the database says to this statement."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        sql(f"{LIFTED}; {statement}" if lifted else statement)
    return str(refusal.value)


def statuses() -> dict[str, str]:
    return dict(sql("SELECT title, status FROM session_suggested_fixes"))


def events_of(title: str) -> list[tuple[Any, ...]]:
    return sql(
        "SELECT action, from_status, to_status, source, notes, details FROM fix_events e"
        " JOIN session_suggested_fixes f ON f.id = e.fix_id WHERE f.title = %s ORDER BY e.state_version",
        title,
    )


def wait(title: str, due: datetime | None = None, session: AISession | None = None) -> SuggestedFix:
    fix = make_fix(session, title=title)
    return lifecycle.record(
        fix.pk, Status.PENDING, by(fix.session.owner), notes=f"{title}: at lunch.", follow_up_at=due
    )


def test_back_a_waiting_fix_is_asked_about_and_its_reason_kept(move: Move, due: datetime) -> None:
    fix = wait("Reboot", due)
    version = fix.session.state_version
    move(VALIDATED)
    fix.refresh_from_db()
    assert (fix.status, fix.follow_up_at, fix.version) == ("proposed", None, 3)
    assert fix.applied_at is not None
    event = fix.events.latest("state_version")
    assert (event.action, event.source, event.actor) == ("migrate", "migration", None)
    assert (event.from_status, event.to_status) == ("applied_pending", "proposed")
    assert (event.notes, event.follow_up_at, event.state_version) == ("Reboot: at lunch.", due, version + 1)
    assert AISession.objects.get().state_version == version + 1


def test_all_the_way_back_and_forth_it_waits_as_before(move: Move, due: datetime) -> None:
    fix = wait("Reboot", due)
    move(BEFORE)
    assert statuses() == {"Reboot": "proposed"}
    assert events_of("Reboot")[-1][:5] == (
        *("migrate", "applied_pending", "proposed", "migration"),
        "Reboot: at lunch.",
    )
    move(LATEST)
    fix.refresh_from_db()
    assert (fix.status, fix.pending_reason, fix.follow_up_at) == ("applied_pending", "Reboot: at lunch.", due)
    assert [event[:4] for event in events_of("Reboot")[-2:]] == [
        ("migrate", "applied_pending", "proposed", "migration"),
        ("migrate", "proposed", "applied_pending", "migration"),
    ]
    assert fix.version == fix.events.count()
    assert AISession.objects.get().state_version == fix.events.latest("state_version").state_version


def test_every_other_fix_stays_as_it_is(move: Move) -> None:
    for status in set(Status) - {Status.PENDING}:
        make_fix(status=status, title=status.value)
    make_fix(title="applied", applied=True)
    before = list(SuggestedFix.objects.order_by("pk").values())
    move(BEFORE)
    move(LATEST)
    assert list(SuggestedFix.objects.order_by("pk").values()) == before


def test_a_replaced_fix_waits_on_beside_the_current_one(move: Move, due: datetime) -> None:
    session = SessionFactory()
    wait("Reboot", due, session)
    wait("Replicate", None, session)
    move(BEFORE)
    assert statuses() == {"Reboot": "proposed", "Replicate": "proposed"}
    move(LATEST)
    assert statuses() == {"Reboot": "applied_pending", "Replicate": "applied_pending"}
    steps = sql("SELECT state_version FROM fix_events ORDER BY 1 DESC LIMIT 4")
    session.refresh_from_db()
    assert [step for (step,) in steps] == list(range(session.state_version, session.state_version - 4, -1))


def test_what_flowpilot_proposed_meanwhile_is_kept_in_the_event(move: Move) -> None:
    fix = wait("Reboot")
    lifecycle.propose(fix.pk, Status.SUCCESS, "It came up.", COPILOT)
    move(BEFORE)
    assert sql("SELECT ai_outcome_proposal FROM session_suggested_fixes") == [(None,)]
    assert '"reason": "It came up."' in events_of("Reboot")[-1][5]


def act_before(title: str, action: str, status: str, changes: str) -> None:
    """As the program of before would write it."""
    sql(f"UPDATE session_suggested_fixes SET version = version + 1, {changes} WHERE title = %s", title)
    sql("UPDATE ai_sessions SET state_version = state_version + 1")
    sql(
        "INSERT INTO fix_events (id, fix_id, session_id, account_id, action, from_status, to_status, details, source,"
        " at, state_version) SELECT gen_random_uuid(), f.id, s.id, f.account_id, %s, 'proposed', %s, '{}', 'banner',"
        " now(), s.state_version FROM session_suggested_fixes f JOIN ai_sessions s ON s.id = f.session_id"
        " WHERE f.title = %s",
        action,
        status,
        title,
    )


def test_what_was_answered_meanwhile_stays_answered(move: Move, due: datetime) -> None:
    for title in ("Reboot", "Replicate", "Relicense"):
        wait(title, due)
    move(BEFORE)
    act_before("Reboot", "record", "applied_success", "status = 'applied_success', verified_at = now()")
    act_before("Replicate", "record", "applied_success", "status = 'applied_success', verified_at = now()")
    act_before("Replicate", "reopen", "proposed", "status = 'proposed', verified_at = NULL")
    act_before("Relicense", "edit", "proposed", "description = 'In other words.'")
    move(LATEST)
    assert statuses() == {"Reboot": "applied_success", "Replicate": "proposed", "Relicense": "applied_pending"}


def test_twice_back_and_forth_is_as_once(move: Move, due: datetime) -> None:
    fix = wait("Reboot", due)
    for name in (BEFORE, LATEST, VALIDATED, LATEST):
        move(name)
    fix.refresh_from_db()
    assert (fix.status, fix.pending_reason, fix.follow_up_at) == ("applied_pending", "Reboot: at lunch.", due)


TO_PENDING = "UPDATE session_suggested_fixes SET status = 'applied_pending', applied_at = now()"


def test_before_nothing_can_wait(move: Move) -> None:
    make_fix(title="Reboot")
    move(BEFORE)
    assert "Invalid transition" in refused(TO_PENDING)
    assert "fixes_status" in refused(TO_PENDING, lifted=True)
    sql("UPDATE session_suggested_fixes SET status = 'applied_success', applied_at = now(), verified_at = now()")
    assert "Invalid transition" in refused(
        "UPDATE session_suggested_fixes SET status = 'applied_failed', verified_at = now()"
    )


def convalidated() -> dict[str, bool]:
    return dict(
        sql(
            "SELECT conname, convalidated FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid = 'session_suggested_fixes'::regclass AND conname LIKE 'fixes_%%'"
        )
    )


def test_first_the_new_rules_hold_for_new_rows_only(move: Move) -> None:
    make_fix(title="Reboot")
    move(BEFORE)
    move(COLUMNS)
    assert {name for name, valid in convalidated().items() if not valid} == CHECKS_OF_WAITING
    assert "fixes_pending_has_a_reason" in refused(TO_PENDING)
    assert "fixes_only_pending_has_follow_up" in refused("UPDATE session_suggested_fixes SET follow_up_at = now()")
    sql(f"{TO_PENDING}, pending_reason = 'Lunch.'")
    assert "Invalid transition" in refused("UPDATE session_suggested_fixes SET status = 'proposed'")
    sql("UPDATE session_suggested_fixes SET status = 'dismissed'")


def board_index() -> list[tuple[Any, ...]]:
    return sql("SELECT indisvalid, indisready FROM pg_index WHERE indexrelid = to_regclass('fixes_board')")


def test_then_for_every_row_and_the_board_has_its_index(move: Move) -> None:
    make_fix(title="Reboot")
    move(COLUMNS)
    assert board_index() == []
    move(VALIDATED)
    assert set(convalidated().values()) == {True}
    assert board_index() == [(True, True)]
    move(COLUMNS)
    assert board_index() == []


def test_history_stays_append_only_through_it_all(move: Move) -> None:
    wait("Reboot")
    for name in (BEFORE, COLUMNS, LATEST):
        move(name)
        assert "Cannot update or delete" in refused("UPDATE fix_events SET notes = 'Never said.'")
        assert "Cannot update or delete" in refused("DELETE FROM fix_events")
