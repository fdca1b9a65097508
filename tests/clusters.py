"""Start a PostgreSQL server for one test run, in a temporary folder and without waiting for the disk."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from resolutionflow.embedded import roles
from resolutionflow.embedded.cluster import Cluster
from resolutionflow.embedded.users import Users, is_unused

PREFIX = "resolutionflow-tests-"
FAST = {
    **dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"), "off"),
    "max_connections": "200",
}


def create() -> tuple[dict[str, str], Callable[[], None]]:
    """Start a new cluster. Return the environment variables that point to it, and the function that removes it."""
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    Users(folder / "users").join()
    cluster = _cluster(folder)
    cluster.start()
    with cluster.connect() as superuser:
        roles.create(superuser)
        superuser.execute(f"ALTER ROLE {roles.OWNER} CREATEDB")  # for Django's test databases
    where = f"{quote(str(cluster.sockets), safe='')}:{cluster.address['port']}/{roles.DATABASE}"
    environment = {
        "DATABASE_URL": f"postgresql://{roles.APPLICATION}@{where}",
        "DATABASE_OWNER_URL": f"postgresql://{roles.OWNER}@{where}",
    }
    return environment, lambda: _remove(folder)


def _cluster(folder: Path) -> Cluster:
    return Cluster(folder / "postgres", FAST, durable=False)


def _remove_leftovers() -> None:
    """Remove clusters of killed runs: no process holds their lock."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/users"):
        if lock.stat().st_uid == os.geteuid() and is_unused(lock):
            _remove(lock.parent)


def _remove(folder: Path) -> None:
    _cluster(folder).stop()
    shutil.rmtree(folder)
