"""A form that is sent again makes no second row.

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.db import migrations, models

HAS_KEY = models.Q(("form_key__isnull", False))


def unique_concurrently(
    model: str, table: str, name: str, columns: list[str], fields: list[str]
) -> migrations.operations.base.Operation:
    """Add a unique constraint whose index PostgreSQL builds while others write."""
    create = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({', '.join(columns)}) WHERE form_key IS NOT NULL"
    return migrations.SeparateDatabaseAndState(
        [migrations.RunSQL(create, f"DROP INDEX CONCURRENTLY {name}")],
        [migrations.AddConstraint(model, models.UniqueConstraint(fields=fields, condition=HAS_KEY, name=name))],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ai_sessions", "0005_forms_and_undo")]

    operations = [
        unique_concurrently(
            "aisession",
            "ai_sessions",
            "ai_sessions_one_of_a_form",
            ["account_id", "form_key"],
            ["account", "form_key"],
        ),
        unique_concurrently(
            "message",
            "session_messages",
            "session_messages_one_of_a_form",
            ["session_id", "user_id", "form_key"],
            ["session", "user", "form_key"],
        ),
    ]
