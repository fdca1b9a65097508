"""Prepare database, static files and demo data before the first request."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import Account
from flowpilot.playbook_files import shipped

LACKS_MIGRATIONS = "The database lacks migrations. Run manage.py migrate with DATABASE_OWNER_URL set"
DEMO_ENGINEER = "engineer@northwind.example"


def prepare_database() -> None:
    _require_connection()
    if not _missing_migrations():
        return
    if not _can_migrate():
        raise CommandError(f"{LACKS_MIGRATIONS}, or set it for this server too.")
    migrate = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--verbosity=0"]
    if subprocess.run(migrate).returncode != 0:  # in a process with the owner role, which the server never has
        raise CommandError("Migrating failed; the reason is above. The server was not started.")


def require_migrations() -> None:
    """Raise CommandError if the database is away or lacks migrations. The server applies them; a worker doesn't."""
    _require_connection()
    if _missing_migrations():
        raise CommandError(f"{LACKS_MIGRATIONS}.")


def _require_connection() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database isn't responding: {reason}") from error


def _can_migrate() -> bool:
    return "DATABASE_URL" not in os.environ or bool(os.environ.get("DATABASE_OWNER_URL"))


def _missing_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_static_files() -> None:
    """Collect static files when a source file has changed, or when the last collection didn't finish."""
    if settings.DEBUG:
        return
    state, collected = _static_sources(), Path(settings.STATIC_ROOT).with_suffix(".collected")
    if collected.exists() and collected.read_text() == state and Path(settings.STATIC_ROOT).exists():
        return
    collected.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
    collected.write_text(state)


UNUSED = ["redoc", "rest_framework"]
"""Folders of packages that no page uses: two thirds of what would be compressed."""


def _static_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            source = Path(storage.path(name)).stat()
            digest.update(f"{name} {source.st_size} {source.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare_playbooks() -> None:
    """Import the shipped playbooks when a file is new or changed. The server also starts where that isn't possible."""
    if not shipped.has_changed():
        return
    try:
        call_command("import_playbooks", stdout=io.StringIO())
    except CommandError as error:
        sys.stderr.write(f"The shipped playbooks could not be imported: {error}\n")


def prepare_demo() -> None:
    if not settings.PRODUCTION and not Account.objects.exists():
        call_command("load_demo", stdout=io.StringIO())  # the sign-ins are printed once the server is ready


def has_demo() -> bool:
    return not settings.PRODUCTION and get_user_model()._default_manager.filter(email=DEMO_ENGINEER).exists()


def run_checks() -> None:
    """Run Django's checks: warnings go to standard error, an error raises, success prints nothing."""
    call_command("check", databases=["default"], deploy=settings.PRODUCTION, stdout=io.StringIO())
