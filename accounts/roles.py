"""What the application's database role may do; migrations run these as the owner (docs/database.md)."""

from django.apps.registry import Apps
from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVERYDAY = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""
"""Reading and writing rows, in tables of today and of later migrations; no TRUNCATE anywhere."""


def grant_everyday(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(EVERYDAY.format(role=editor.quote_name(settings.APPLICATION_ROLE)))


def keep_append_only(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Let the application add rows to a table and read them, no more."""
    role = editor.quote_name(settings.APPLICATION_ROLE)
    editor.execute(f"REVOKE UPDATE, DELETE ON {editor.quote_name(table)} FROM {role}")
