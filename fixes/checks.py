"""A system check: the database role must not be able to rewrite history (docs/database.md, *History*)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections

PRIVILEGES = """
    SELECT current_user,
        coalesce(pg_has_role(relowner, 'MEMBER'), false),
        coalesce(
            has_any_column_privilege('fix_events', 'UPDATE') OR has_table_privilege('fix_events', 'DELETE, TRUNCATE'),
            false
        )
    FROM pg_class WHERE oid = to_regclass('fix_events')
"""
WITHOUT_TABLE = "SELECT current_user, false, false"
"""The same before the table exists: PostgreSQL can't tell privileges on it."""


@dataclass(frozen=True)
class HistoryPrivileges:
    """What the connected role could do to history."""

    role: str
    owns: bool = False
    may_rewrite: bool = False


def history_is_kept(app_configs: Any, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check the application's role. The owner's own commands (DATABASE_ROLE=owner) pass: they create the tables."""
    if settings.DATABASE_ROLE == "owner":
        return []
    return [error for alias in databases or () for error in errors_of(privileges_of_role(alias))]


def privileges_of_role(alias: str) -> HistoryPrivileges:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('fix_events') IS NOT NULL")
        exists = cursor.fetchone() == (True,)
        cursor.execute(PRIVILEGES if exists else WITHOUT_TABLE)
        return HistoryPrivileges(*cursor.fetchone())


def errors_of(privileges: HistoryPrivileges) -> list[CheckMessage]:
    role = f'"{privileges.role}"'
    if privileges.owns:  # an owner may rewrite, too: one error says it all
        return [
            Error(
                f"The database role {role} owns the history, or is a member of the role that does.",
                hint="Let DATABASE_URL name another role than DATABASE_OWNER_URL, then run manage.py migrate.",
                id="fixes.E001",
            )
        ]
    if privileges.may_rewrite:
        hint = f"As the owner: REVOKE UPDATE, DELETE, TRUNCATE ON fix_events FROM {role}, PUBLIC"
        return [Error(f"The database role {role} may change or delete history.", hint=hint, id="fixes.E002")]
    return []
