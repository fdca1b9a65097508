"""What the database itself refuses, attacked by SQL as the application role, over a connection of its own."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import errors, sql
from psycopg.types.json import Jsonb

from accounts.tests.factories import UserFactory
from fixes.models import FixEvent, SuggestedFix
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions import facts
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory

IGNORED = "SET LOCAL pgtrigger.ignore = '{pgtrigger_lifecycle_32396,pgtrigger_begins_proposed_4b96e,%s}'"
WITHOUT_TRIGGERS = IGNORED % "pgtrigger_append_only_184bb"
CHECKS = {
    "confidence_pct = 101": "fixes_confidence_pct",
    "confidence_pct = -1": "fixes_confidence_pct",
    "status = 'solved'": "fixes_status",
    "user_decision = 'maybe'": "fixes_user_decision",
    "status = 'applied_pending', applied_at = now()": "fixes_pending_has_a_reason",
    "status = 'applied_pending', applied_at = now(), pending_reason = E' \\n'": "fixes_pending_has_a_reason",
    "status = 'applied_partial', applied_at = now()": "fixes_partial_has_notes",
    "status = 'applied_partial', applied_at = now(), partial_notes = ''": "fixes_partial_has_notes",
    "status = 'applied_pending', pending_reason = 'x'": "fixes_applied_has_applied_at",
    "status = 'applied_partial', partial_notes = 'x'": "fixes_applied_has_applied_at",
    "status = 'applied_success', verified_at = now()": "fixes_applied_has_applied_at",
    "status = 'applied_failed', verified_at = now()": "fixes_applied_has_applied_at",
    "status = 'applied_success', applied_at = now()": "fixes_verified_at_with_a_verdict_only",
    "status = 'applied_failed', applied_at = now()": "fixes_verified_at_with_a_verdict_only",
    "status = 'dismissed', verified_at = now()": "fixes_verified_at_with_a_verdict_only",
    "verified_at = now()": "fixes_verified_at_with_a_verdict_only",
    "follow_up_at = now()": "fixes_only_pending_has_follow_up",
    "status = 'dismissed', follow_up_at = now()": "fixes_only_pending_has_follow_up",
    "status = 'dismissed', ai_outcome_proposal = '{}'": "fixes_only_current_open_has_proposal",
    "superseded_at = now(), ai_outcome_proposal = '{}'": "fixes_only_current_open_has_proposal",
}
"""What an UPDATE of a fresh fix sets → the CHECK that refuses it, even with every trigger lifted."""

STATUSES = ["proposed", "applied_partial", "applied_pending", "applied_success", "applied_failed", "dismissed"]
ILLEGAL_MOVES = {
    ("applied_success", "applied_failed"),
    ("applied_success", "dismissed"),
    ("applied_failed", "applied_success"),
    ("applied_failed", "dismissed"),
    ("dismissed", "applied_success"),
    ("dismissed", "applied_failed"),
}
"""From one terminal status to another. Back to an open status lead *reopen* and *undo*."""

ONLY_ADDED = {"fix_events": "notes", "posted_texts": "markdown", "handoff_events": "notes"}
"""Table whose rows are never changed → a column of it."""
HISTORY = [
    attack
    for table, column in ONLY_ADDED.items()
    for attack in (
        f"UPDATE {table} SET {column} = 'Never said.'",
        f"UPDATE {table} SET state_version = 0 WHERE false",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"TRUNCATE {table} CASCADE",
        f"SELECT * FROM {table} FOR UPDATE",
        f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET {column} = 'Never said.'",
        f"MERGE INTO {table} e USING {table} f ON e.id = f.id WHEN MATCHED THEN DELETE",
    )
]
TRUNCATE = [
    f"TRUNCATE {table} CASCADE"
    for table in ("session_suggested_fixes", "ai_sessions", "session_messages", "accounts", "users")
]
DEFINITIONS = [
    "CREATE TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE fix_events DISABLE TRIGGER ALL",
    "ALTER TABLE fix_events ADD COLUMN mine int",
    "ALTER TABLE session_suggested_fixes DROP CONSTRAINT fixes_status",
    "ALTER TABLE fix_events OWNER TO CURRENT_USER",
    "DROP TABLE fix_events",
    "DROP TRIGGER pgtrigger_append_only_184bb ON fix_events",
    "DROP INDEX fixes_one_current_in_a_session",
    "CREATE TRIGGER mine BEFORE INSERT ON fix_events FOR EACH ROW EXECUTE FUNCTION pgtrigger_append_only_184bb()",
    "CREATE RULE mine AS ON INSERT TO fix_events DO INSTEAD NOTHING",
    "CREATE POLICY mine ON fix_events USING (false)",
    "CREATE INDEX mine ON fix_events (at)",
    "ALTER FUNCTION pgtrigger_append_only_184bb() RENAME TO mine",
    "SET session_replication_role = replica",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('fixes', '0099_mine', now())",
    "DELETE FROM django_migrations",
]


@pytest.fixture
def fix(transactional_db: None) -> SuggestedFix:
    return make_fix(SessionFactory())


@pytest.fixture
def role(as_application: psycopg.Connection) -> psycopg.Connection:
    return as_application


@contextmanager
def undone(role: psycopg.Connection) -> Iterator[None]:
    with role.transaction(force_rollback=True):
        yield


@contextmanager
def assert_refused(
    role: psycopg.Connection, error: type[psycopg.Error], constraint: str | None = None
) -> Iterator[None]:
    with pytest.raises(error) as refusal, undone(role):
        yield
    assert refusal.value.diag.constraint_name == constraint or constraint is None


def values(query: str, role: psycopg.Connection) -> Any:
    row = role.execute(query).fetchone()
    assert row
    return row


def copied(table: str, role: psycopg.Connection, **changes: object) -> None:
    """INSERT a copy of the table's first row with another id and these changes."""
    columns = {"id": uuid.uuid4(), **changes}
    record = sql.SQL("INSERT INTO {0} SELECT (jsonb_populate_record(t, {1}::jsonb)).* FROM {0} t LIMIT 1")
    role.execute(record.format(sql.Identifier(table), Jsonb({k: v and str(v) for k, v in columns.items()})))


def test_the_application_role_is_nobody_special(fix: SuggestedFix, role: psycopg.Connection) -> None:
    attributes = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    assert values(f"SELECT {attributes} FROM pg_roles WHERE rolname = current_user", role) == (False,) * 5
    owned = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
    assert values(owned, role) == (0,)
    owner = connection.settings_dict["USER"]
    with assert_refused(role, errors.InsufficientPrivilege):
        role.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner)))


def test_it_reads_and_adds_history_and_no_more(
    fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests
) -> None:
    assert values("SELECT count(*) FROM fix_events", role) == (1,)
    with undone(role):
        copied("fix_events", role, state_version=99)
        assert values("SELECT count(*) FROM fix_events", role) == (2,)
    for attack in HISTORY:
        for lifted in (False, True):
            with subtests.test(attack, triggers_lifted=lifted), assert_refused(role, errors.InsufficientPrivilege):
                if lifted:
                    role.execute(WITHOUT_TRIGGERS)
                role.execute(attack)


def test_it_neither_truncates_nor_defines(
    fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests
) -> None:
    for attack in (*TRUNCATE, *DEFINITIONS):
        with subtests.test(attack), assert_refused(role, errors.InsufficientPrivilege):
            role.execute(attack)


def test_it_grants_itself_nothing(fix: SuggestedFix, role: psycopg.Connection) -> None:
    """PostgreSQL answers such a GRANT with a warning only; what counts is that nothing was gained."""
    with assert_refused(role, errors.InsufficientPrivilege):
        role.execute("GRANT SELECT ON fix_events TO CURRENT_USER")
        role.execute("GRANT DELETE ON fix_events TO CURRENT_USER")
        role.execute("DELETE FROM fix_events")


def test_history_holds_what_it_is_about(fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests) -> None:
    for attack in (
        "DELETE FROM session_suggested_fixes",
        "DELETE FROM ai_sessions",
        "DELETE FROM accounts",
        "UPDATE session_suggested_fixes SET id = gen_random_uuid()",
        "UPDATE ai_sessions SET id = gen_random_uuid()",
    ):
        with subtests.test(attack), assert_refused(role, errors.ForeignKeyViolation):
            role.execute(attack)
            role.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_even_the_owner_changes_no_history_by_accident(fix: SuggestedFix) -> None:
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        FixEvent.objects.update(notes="Never said.")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        FixEvent.objects.all()._raw_delete(using="default")


def test_every_check_of_a_fix_holds(fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests) -> None:
    for change, constraint in CHECKS.items():
        with subtests.test(change), assert_refused(role, errors.CheckViolation, constraint):
            role.execute(WITHOUT_TRIGGERS)
            role.execute(f"UPDATE session_suggested_fixes SET {change}")


def test_no_check_is_left_out_here(fix: SuggestedFix) -> None:
    assert {check.name for check in SuggestedFix._meta.constraints} == {
        *CHECKS.values(),
        "fixes_one_current_in_a_session",
    }


def test_a_session_has_one_current_fix(fix: SuggestedFix, role: psycopg.Connection) -> None:
    with assert_refused(role, errors.UniqueViolation, "fixes_one_current_in_a_session"):
        copied("session_suggested_fixes", role)
    make_fix(fix.session)
    with assert_refused(role, errors.UniqueViolation, "fixes_one_current_in_a_session"):
        role.execute("UPDATE session_suggested_fixes SET superseded_at = NULL")


def test_a_status_moves_as_the_table_says(
    transactional_db: None, role: psycopg.Connection, subtests: pytest.Subtests
) -> None:
    fixes = {status: make_fix(SessionFactory(), Status(status)) for status in STATUSES}
    for old, new in product(STATUSES, STATUSES):
        move = sql.SQL(
            "UPDATE session_suggested_fixes SET status = {new}, applied_at = now(), partial_notes = 'x',"
            " pending_reason = 'x', verified_at = CASE WHEN {new} IN ('applied_success', 'applied_failed')"
            " THEN now() END WHERE id = {id}"
        ).format(new=new, id=fixes[old].pk)
        with subtests.test(f"{old} to {new}"):
            if (old, new) in ILLEGAL_MOVES:
                with assert_refused(role, errors.RaiseException):
                    role.execute(move)
            else:
                with undone(role):
                    assert role.execute(move).rowcount == 1


def test_a_fix_begins_as_a_suggestion(fix: SuggestedFix, role: psycopg.Connection) -> None:
    role.execute("UPDATE session_suggested_fixes SET superseded_at = now()")
    for status in STATUSES[1:]:
        with assert_refused(role, errors.RaiseException):
            copied("session_suggested_fixes", role, status=status, superseded_at=None)
    with undone(role):
        copied("session_suggested_fixes", role, superseded_at=None)


def test_a_row_never_leaves_its_sessions_account(
    fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests
) -> None:
    stranger = UserFactory()
    columns = {"session_id": fix.session_id, "account_id": stranger.account_id, "state_version": 99}
    role.execute(
        "INSERT INTO session_messages (id, session_id, account_id, sequence, author, content, created_at)"
        " VALUES (gen_random_uuid(), %s, %s, 1, 'engineer', 'Hi', now())",
        [fix.session_id, fix.account_id],
    )
    role.execute(
        "INSERT INTO session_facts (id, session_id, account_id, text, kind, created_at)"
        " VALUES (gen_random_uuid(), %s, %s, 'It hums.', 'engineer_note', now())",
        [fix.session_id, fix.account_id],
    )
    role.execute(
        "INSERT INTO handoffs (id, session_id, account_id, from_user_id, created_at)"
        " VALUES (gen_random_uuid(), %s, %s, %s, now())",
        [fix.session_id, fix.account_id, fix.session.owner_id],
    )
    for table in ("session_suggested_fixes", "session_messages", "session_facts", "handoffs"):
        with subtests.test(table), assert_refused(role, errors.ForeignKeyViolation, f"{table}_same_account"):
            role.execute(f"UPDATE {table} SET account_id = %s", [stranger.account_id])
            role.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with assert_refused(role, errors.ForeignKeyViolation, "fix_events_same_account"):
        copied("fix_events", role, **columns)
        role.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with assert_refused(role, errors.ForeignKeyViolation):
        role.execute("UPDATE ai_sessions SET account_id = %s", [stranger.account_id])
        role.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_runs_jobs_and_keeps_their_history(role: psycopg.Connection, subtests: pytest.Subtests) -> None:
    job = "('default', 'any', 0, NULL, NULL, '{}', NULL)"
    defer = f"SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[{job}]::procrastinate_job_to_defer_v1[]))"
    with undone(role):
        (number,) = values(defer, role)
        (worker,) = values("SELECT worker_id FROM procrastinate_register_worker_v1()", role)
        role.execute("SELECT procrastinate_update_heartbeat_v1(%s)", [worker])
        assert values(f"SELECT id FROM procrastinate_fetch_job_v2(NULL, {worker})", role) == (number,)
        role.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number])
        assert values(f"SELECT id FROM procrastinate_fetch_job_v2(NULL, {worker})", role) == (number,)
        assert values("SELECT count(*) FROM procrastinate_events", role) == (5,)
        role.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [number])
        assert values("SELECT count(*) FROM procrastinate_events", role) == (0,)
        role.execute("SELECT procrastinate_unregister_worker_v1(%s)", [worker])
    for attack in (
        "UPDATE procrastinate_events SET type = 'failed'",
        "DELETE FROM procrastinate_events",
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('any', 0)",
        "TRUNCATE procrastinate_jobs CASCADE",
        "ALTER TABLE procrastinate_jobs DISABLE TRIGGER ALL",
        "DROP FUNCTION procrastinate_register_worker_v1",
    ):
        with subtests.test(attack), assert_refused(role, errors.InsufficientPrivilege):
            role.execute(attack)


def test_a_fact_has_words_and_a_source_of_its_own_session(fix: SuggestedFix, role: psycopg.Connection) -> None:
    elsewhere = SessionFactory(owner=fix.session.owner)
    known = facts.add(fix.session_id, "It hums.", "question", user=None, sessions=AISession.objects.all())
    messages = [
        acts.post(session.pk, Author.ENGINEER, "Hi", user=elsewhere.owner) for session in (fix.session, elsewhere)
    ]
    with assert_refused(role, errors.CheckViolation, "session_facts_text"):
        role.execute("UPDATE session_facts SET text = E' \n' WHERE id = %s", [known.pk])
    role.execute("UPDATE session_facts SET source_message_id = %s", [messages[0].pk])
    with assert_refused(role, errors.RaiseException):
        role.execute("UPDATE session_facts SET source_message_id = %s", [messages[1].pk])
    with assert_refused(role, errors.RaiseException):
        copied("session_facts", role, source_message_id=messages[1].pk)


def test_the_other_tables_hold_their_rules(
    fix: SuggestedFix, role: psycopg.Connection, subtests: pytest.Subtests
) -> None:
    AISession.objects.update(status="active")
    attacks = {
        "UPDATE ai_sessions SET status = 'solved'": "ai_sessions_status",
        "UPDATE ai_sessions SET status = 'resolved'": "ai_sessions_kind_when_resolved",
        "UPDATE ai_sessions SET resolution_kind = 'verified'": "ai_sessions_kind_when_resolved",
        "UPDATE ai_sessions SET status = 'resolved', resolution_kind = 'x'": "ai_sessions_kind_when_resolved",
        "UPDATE users SET role = 'owner'": "users_role",
        "UPDATE users SET account_id = NULL": "users_only_superusers_without_account",
        "UPDATE users SET is_superuser = true": "users_only_superusers_without_account",
    }
    for attack, constraint in attacks.items():
        with subtests.test(attack), assert_refused(role, errors.CheckViolation, constraint):
            role.execute(attack)
    for column, value in {"action": "guess", "source": "rumour"}.items():
        with subtests.test(column), assert_refused(role, errors.CheckViolation, f"fix_events_{column}"):
            copied("fix_events", role, state_version=99, **{column: value})
    with assert_refused(role, errors.UniqueViolation, "fix_events_in_order"):
        copied("fix_events", role)
