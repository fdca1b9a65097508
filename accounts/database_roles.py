"""What the application's database role may do. Migrations run these functions as the owner role (docs/database.md)."""

from django.apps.registry import Apps
from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROW_PRIVILEGES = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""
"""Read and write rows, in the tables of today and of later migrations. TRUNCATE is granted nowhere."""


def grant_row_privileges(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the application read and write rows in every table."""
    editor.execute(ROW_PRIVILEGES.format(role=editor.quote_name(settings.APPLICATION_ROLE)))


def make_append_only(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Let the application insert and read rows of this table, but not change or delete them."""
    role = editor.quote_name(settings.APPLICATION_ROLE)
    editor.execute(f"REVOKE UPDATE, DELETE ON {editor.quote_name(table)} FROM {role}")


def restrict_jobs(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the application run jobs, but not rewrite their history, and not schedule periodic ones: there are none."""
    make_append_only(editor, "procrastinate_events")
    role = editor.quote_name(settings.APPLICATION_ROLE)
    editor.execute(f"REVOKE INSERT, DELETE ON procrastinate_periodic_defers FROM {role}")
