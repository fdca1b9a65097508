"""Refuses to serve as a database role that could rewrite history (docs/database.md, *History*)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections

FACTS = """
    SELECT current_user,
        coalesce(pg_has_role(relowner, 'MEMBER'), false),
        coalesce(
            has_any_column_privilege('fix_events', 'UPDATE') OR has_table_privilege('fix_events', 'DELETE, TRUNCATE'),
            false
        )
    FROM pg_class WHERE oid = to_regclass('fix_events')
"""
ABSENT = "SELECT current_user, false, false"
"""The same while the table isn't there yet: privileges on it can't be asked about."""


@dataclass(frozen=True)
class Power:
    """What the connected role could do to history."""

    role: str
    owns: bool = False
    may_rewrite: bool = False


def history_is_kept(app_configs: Any, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """The database check; the owner's own commands (DATABASE_ROLE=owner) pass, for they make the tables."""
    if settings.DATABASE_ROLE == "owner":
        return []
    return [error for alias in databases or () for error in errors_of(power_over(alias))]


def power_over(alias: str) -> Power:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regclass('fix_events') IS NOT NULL")
        exists = cursor.fetchone() == (True,)
        cursor.execute(FACTS if exists else ABSENT)
        return Power(*cursor.fetchone())


def errors_of(power: Power) -> list[CheckMessage]:
    role = f'"{power.role}"'
    if power.owns:  # which explains the other
        return [
            Error(
                f"The database role {role} owns the history, or is a member of the role that does.",
                hint="Let DATABASE_URL name another role than DATABASE_OWNER_URL, then run manage.py migrate.",
                id="fixes.E001",
            )
        ]
    if power.may_rewrite:
        mend = f"As the owner: REVOKE UPDATE, DELETE, TRUNCATE ON fix_events FROM {role}, PUBLIC"
        return [Error(f"The database role {role} may change or delete history.", hint=mend, id="fixes.E002")]
    return []
