"""How the database is emptied after a test that commits."""

from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, transaction

KEPT = {ContentType, Permission}
"""Django makes these of the models, and would make the same again."""


class Command(flush.Command):
    """Deletes rows, where Django's truncates: that makes a new file of each table and index, for a handful of rows,
    and has every connection look up all tables again. Whoever still writes is waited for, as TRUNCATE does."""

    def handle(self, **options: Any) -> None:
        with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(f"LOCK {', '.join(_tables())}")
            cursor.execute(_deletion())


@cache
def _tables() -> list[str]:
    emptied = (model for model in apps.get_models(include_auto_created=True) if model not in KEPT)
    return [connection.ops.quote_name(model._meta.db_table) for model in emptied if model._meta.managed]


@cache
def _deletion() -> str:
    """All in one statement; what refers to what is asked at its end."""
    each = (f"_{number} AS (DELETE FROM {table})" for number, table in enumerate(_tables()))
    return f"WITH {', '.join(each)} SELECT"
