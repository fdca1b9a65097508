"""Checks that the database is new enough and that its role can't bypass rules. (`fixes.checks` checks the history.)"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST = 15


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    return [error for alias in databases or () for error in flaws(connections[alias])]


def flaws(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, current_user, rolsuper OR rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        version, role, bypasses_rules = cursor.fetchone()
    errors: list[CheckMessage] = []
    if version < OLDEST:
        errors.append(Error(f"PostgreSQL {version} is too old: {OLDEST} or newer is needed.", id="resolutionflow.E001"))
    if bypasses_rules:
        errors.append(
            Error(
                f"The role {role} can change anything, including history.", USE_ANOTHER_ROLE, id="resolutionflow.E002"
            )
        )
    return errors


USE_ANOTHER_ROLE = "Log in as a role that is neither superuser nor BYPASSRLS (docs/running.md)."
