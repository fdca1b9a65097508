"""Shares the embedded server between processes: the first starts it, the last stops it (docs/database.md)."""

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from resolutionflow.embedded import roles
from resolutionflow.embedded.cluster import Cluster, Unavailable
from resolutionflow.embedded.privileges import foreign_owner
from resolutionflow.embedded.users import Users, one_at_a_time


class Server:
    def __init__(self, data: Path) -> None:
        self._home = data.parent
        self._home.mkdir(parents=True, exist_ok=True)
        self.cluster = Cluster(data, {"timezone": "UTC", "log_timezone": "UTC"})
        self.users = Users(data.with_suffix(".users"))
        self._starting = data.with_suffix(".starting")
        self._kept = data.with_suffix(".kept")

    def ready(self) -> dict[str, Any]:
        """Start the server if needed, with its roles and database. Return its address."""
        self._refuse_to_mix_users()
        if self.users.join():
            atexit.register(self._leave_for_good)
        if not self._complete():
            with one_at_a_time(self._starting):
                if not self._complete():  # another process may have been quicker
                    self.cluster.start()
                    with self.cluster.connect() as connection:
                        roles.create(connection)
        return self.cluster.address

    def _refuse_to_mix_users(self) -> None:
        if owner := foreign_owner(self._home):
            raise Unavailable(
                f"{self._home} belongs to the user {owner}: run this as {owner}, or move {self._home} away."
            )

    def _leave_for_good(self) -> None:
        self.users.end()
        self.leave()

    def leave(self) -> bool:
        """Leave the server. The last user stops it, unless it is kept. Return whether it is stopped."""
        with self.users.leaving() as last:
            if last and not self.is_kept():
                self.cluster.stop()
            return self.cluster.postmaster() is None

    def keep(self) -> None:
        """Keep the running server when its last user leaves."""
        self._kept.write_text(self._run_id())

    def release(self) -> None:
        self._kept.unlink(missing_ok=True)

    def is_kept(self) -> bool:
        return self._kept.exists() and self._kept.read_text() == self._run_id()

    def _run_id(self) -> str:
        """Return an id of this run of the server, so that `keep` doesn't apply to a later run."""
        postmaster = self.cluster.postmaster()
        return f"{postmaster.pid} {postmaster.create_time():.0f}" if postmaster else ""

    def _complete(self) -> bool:
        return self.cluster.accepts_connections(roles.OWNER, roles.DATABASE)


@cache
def at(data: Path) -> Server:
    """Return this process's only Server object for a data directory."""
    return Server(data)
