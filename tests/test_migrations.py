"""The arrival of awaiting verification, migrated back and forth on tables with rows.

The worker's own test database is moved, and brought back to the latest state whatever happens.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, by
from fixes.tests.factories import make_fix
from fixes.transitions import FOLLOW_UP_LIMIT, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

BEFORE = "0001_initial"
COLUMNS = "0002_awaiting_verification"
VALIDATED = "0003_awaiting_verification_validated"
LEAVES = MigrationLoader(None).graph.leaf_nodes()
LATEST = dict(LEAVES)["fixes"]
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
    """Migrates `fixes` to the state of that name; going back takes what other apps have built on it along."""

    def to(name: str) -> None:
        MigrationExecutor(connection).migrate([("fixes", name)])

    yield to
    MigrationExecutor(connection).migrate(LEAVES)


@pytest.fixture
def due() -> datetime:
    return datetime.now(UTC) + FOLLOW_UP_LIMIT / 2


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def assert_refused(statement: str, *, lifted: bool = False) -> str:
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


def test_back_and_forth_everything_stands_as_before(move: Move, due: datetime, subtests: pytest.Subtests) -> None:
    session = SessionFactory()
    replaced, fix = wait("Reboot", due, session), wait("Replicate", None, session)
    lifecycle.propose(fix.pk, Status.SUCCESS, "It came up.", COPILOT)
    for status in set(Status) - {Status.PENDING}:
        make_fix(status=status, title=status.value)
    make_fix(title="applied", applied=True)
    others = SuggestedFix.objects.exclude(session=session).order_by("pk").values()
    before, steps = list(others), AISession.objects.get(pk=session.pk).state_version

    move(BEFORE)
    with subtests.test("what waited is asked about"):
        asked = {"Reboot": "proposed", "Replicate": "proposed"}
        assert asked.items() <= statuses().items()
        assert sql("SELECT count(*) FROM session_suggested_fixes WHERE applied_at IS NULL AND title LIKE 'Re%%'") == [
            (0,)
        ]
    with subtests.test("its reason and check-by time are in an event"):
        *event, details = events_of("Reboot")[-1]
        assert event == ["migrate", "applied_pending", "proposed", "migration", "Reboot: at lunch."]
        assert due.isoformat() in details
    with subtests.test("what FlowPilot proposed is in it too"):
        assert sql("SELECT ai_outcome_proposal FROM session_suggested_fixes WHERE id = %s", fix.pk) == [(None,)]
        assert '"reason": "It came up."' in events_of("Replicate")[-1][5]

    move(LATEST)
    with subtests.test("it waits again, replaced or not"):
        replaced.refresh_from_db()
        fix.refresh_from_db()
        assert (replaced.status, replaced.pending_reason, replaced.follow_up_at) == (
            *("applied_pending", "Reboot: at lunch."),
            due,
        )
        assert (fix.status, fix.pending_reason, fix.follow_up_at) == ("applied_pending", "Replicate: at lunch.", None)
    with subtests.test("every step has its event"):
        session.refresh_from_db()
        assert session.state_version == steps + 4
        assert events_of("Reboot")[-1][:4] == ("migrate", "proposed", "applied_pending", "migration")
        assert (replaced.version, fix.version) == (replaced.events.count(), fix.events.count())
    with subtests.test("every other fix is untouched"):
        assert list(others.all()) == before

    move(VALIDATED)
    move(LATEST)
    with subtests.test("a second time too"):
        replaced.refresh_from_db()
        assert (replaced.status, replaced.follow_up_at) == ("applied_pending", due)


def act_before(title: str, action: str, status: str, changes: str, old: str = "proposed", details: str = "{}") -> None:
    """Write an act as the program of before would."""
    sql(f"UPDATE session_suggested_fixes SET version = version + 1, {changes} WHERE title = %s", title)
    sql("UPDATE ai_sessions SET state_version = state_version + 1")
    sql(
        "INSERT INTO fix_events (id, fix_id, session_id, account_id, action, from_status, to_status, details, source,"
        " at, state_version) SELECT gen_random_uuid(), f.id, s.id, f.account_id, %s, %s, %s, %s, 'banner',"
        " now(), s.state_version FROM session_suggested_fixes f JOIN ai_sessions s ON s.id = f.session_id"
        " WHERE f.title = %s",
        action,
        old,
        status,
        details,
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


def as_before_the_order_of_events(move: Move) -> None:
    """Today's rows as the program before the order of events left them."""
    move("0005_admin_list")
    with transaction.atomic():
        sql("SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_184bb}'")
        sql("UPDATE fix_events SET details = '{}' WHERE action = 'suggest'")


def test_a_replaced_fix_that_was_stranded_waits_again(move: Move, due: datetime) -> None:
    session = SessionFactory()
    stranded = wait("Reboot", due, session)
    make_fix(session, title="Replace the disk")
    answered_before = make_fix(status=Status.PARTIAL, title="Partly, then replaced")
    make_fix(answered_before.session, title="Its successor")
    assert stranded.status_changed_at
    stood = SuggestedFix.objects.values("status_changed_at", "status_changed_by").get(pk=stranded.pk)
    as_before_the_order_of_events(move)
    before = {
        "follow_up_at": due.isoformat(),
        "since": {"at": stranded.status_changed_at.isoformat(), "by": str(stood["status_changed_by"])},
    }
    partly = "status = 'applied_partial', partial_notes = 'Half', follow_up_at = NULL"
    act_before("Reboot", "record", "applied_partial", partly, "applied_pending", json.dumps(before))
    sql(
        "UPDATE session_suggested_fixes SET status_changed_at = now(), status_changed_by_id = NULL"
        " WHERE title = 'Reboot'"
    )
    move(LATEST)
    stranded.refresh_from_db()
    assert (stranded.status, stranded.pending_reason, stranded.follow_up_at) == (
        *("applied_pending", "Reboot: at lunch."),
        due,
    )
    assert SuggestedFix.objects.values("status_changed_at", "status_changed_by").get(pk=stranded.pk) == stood
    assert events_of("Reboot")[-1][:5] == (
        *("migrate", "applied_partial", "applied_pending", "migration", "Reboot: at lunch."),
    )
    assert stranded.version == stranded.events.count()
    assert statuses()["Partly, then replaced"] == "applied_partial"
    assert lifecycle.record(stranded.pk, Status.SUCCESS, by(session.owner)).status == "applied_success"


def test_history_learns_what_was_suggested_and_in_which_order(move: Move) -> None:
    session = SessionFactory()
    make_fix(session, title="First", confidence_pct=10)
    edited = make_fix(session, title="Second", confidence_pct=20)
    lifecycle.edit(edited.pk, {"title": "Second, corrected"}, by(session.owner))
    lifecycle.edit(edited.pk, {"title": "Second, corrected twice", "confidence_pct": 25}, by(session.owner))
    as_before_the_order_of_events(move)
    move(LATEST)
    assert sql(
        "SELECT action, position, details ->> 'title', details ->> 'confidence_pct' FROM fix_events"
        " WHERE action IN ('suggest', 'supersede') ORDER BY state_version, position"
    ) == [
        ("suggest", 0, "First", "10"),
        ("supersede", 0, None, None),
        ("suggest", 1, "Second", "20"),
    ]


TO_PENDING = "UPDATE session_suggested_fixes SET status = 'applied_pending', applied_at = now()"


def test_each_stage_has_its_rules(move: Move, subtests: pytest.Subtests) -> None:
    make_fix(title="Reboot")

    move(BEFORE)
    with subtests.test("before, nothing can wait"):
        assert "Invalid transition" in assert_refused(TO_PENDING)
        assert "fixes_status" in assert_refused(TO_PENDING, lifted=True)
    assert_history_is_append_only(subtests)

    move(COLUMNS)
    with subtests.test("first, the new rules hold for what is written from now on"):
        assert {name for name, valid in convalidated().items() if not valid} == CHECKS_OF_WAITING
        assert "fixes_pending_has_a_reason" in assert_refused(TO_PENDING)
        assert "fixes_only_pending_has_follow_up" in assert_refused(
            "UPDATE session_suggested_fixes SET follow_up_at = now()"
        )
        assert board_index() == []
    with subtests.test("and its moves are legal"):
        sql(f"{TO_PENDING}, pending_reason = 'Lunch.'")
        assert "Invalid transition" in assert_refused("UPDATE session_suggested_fixes SET status = 'proposed'")
    assert_history_is_append_only(subtests)

    move(VALIDATED)
    with subtests.test("then they hold for every row, and the board has its index"):
        assert set(convalidated().values()) == {True}
        assert board_index() == [(True, True)]
    assert_history_is_append_only(subtests)


def assert_history_is_append_only(subtests: pytest.Subtests) -> None:
    with subtests.test("history stays append-only"):
        assert "Cannot update or delete" in assert_refused("UPDATE fix_events SET notes = 'Never said.'")
        assert "Cannot update or delete" in assert_refused("DELETE FROM fix_events")


def convalidated() -> dict[str, bool]:
    return dict(
        sql(
            "SELECT conname, convalidated FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid = 'session_suggested_fixes'::regclass AND conname LIKE 'fixes_%%'"
        )
    )


def board_index() -> list[tuple[Any, ...]]:
    return sql("SELECT indisvalid, indisready FROM pg_index WHERE indexrelid = to_regclass('fixes_board')")
