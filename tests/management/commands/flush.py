"""Empty the database after a test that commits."""

from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, transaction

KEPT = {ContentType, Permission}
"""Django creates these from the models, and would create the same again."""


class Command(flush.Command):
    """Delete the rows of all tables.

    Django's command truncates: that creates a new file for each table and index, for a handful of rows, and makes
    every connection look up all tables again. Like TRUNCATE, this waits for transactions that still write.
    """

    def handle(self, **options: Any) -> None:
        with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(f"LOCK {', '.join(_tables())}")
            cursor.execute(_deletion())


@cache
def _tables() -> list[str]:
    emptied = (model for model in apps.get_models(include_auto_created=True) if model not in KEPT)
    return [
        connection.ops.quote_name(model._meta.db_table)
        for model in emptied
        if model._meta.managed or model._meta.app_label == "procrastinate"
    ]


@cache
def _deletion() -> str:
    """Return one statement for all tables: foreign keys are checked at its end."""
    each = (f"_{number} AS (DELETE FROM {table})" for number, table in enumerate(_tables()))
    return f"WITH {', '.join(each)} SELECT"
