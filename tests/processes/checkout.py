"""A copy of this checkout in which the product is really started, stopped and killed."""

import contextlib
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg

from resolutionflow.embedded.cluster import Cluster

ORIGINAL = Path(__file__).resolve().parents[2]
NEEDED = (
    "common",
    "accounts",
    "sessions",
    "fixes",
    "flowpilot",
    "tickets",
    "resolutionflow",
    "templates",
    "static",
    "docs",
    "manage.py",
    "Makefile",
)
OURS = (
    *("DATABASE_", "TEST_DATABASE_", "DJANGO_", "SECRET_", "PRODUCTION", "DEBUG", "FLOWPILOT_", "EMAIL_", "SITE_"),
    *("PYTEST_", "PYTHON", "MAKE", "MFLAGS"),  # PYTHONDONTWRITEBYTECODE would have each process compile everything
)
PATIENCE = 120
"""Seconds until something that should happen counts as never happening."""


class Checkout:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.port = _free_port()

    @classmethod
    def copy(cls, folder: Path) -> "Checkout":
        folder.mkdir(parents=True, exist_ok=True)
        for name in NEEDED:
            source, target = ORIGINAL / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "tests"))
            else:
                shutil.copy(source, target)
        (folder / ".venv").symlink_to(sys.prefix)
        return cls(folder)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.folder / "var" / "postgres")

    def environment(self, **more: str) -> dict[str, str]:
        """Of a user who has set nothing, but for `more`."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {**kept, "PORT": str(self.port), **more}

    def manage(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    @contextlib.contextmanager
    def started(self, *command: str, **more: str) -> Iterator["Started"]:
        """The server, listening. Whatever a test leaves of it is killed."""
        self.port = _free_port()
        started = Started(self, command or (sys.executable, "manage.py", "serve"), more)
        try:
            started.wait_until_listening()
            yield started
        finally:
            self.kill_everything()
            started.end()

    def kill_everything(self) -> None:
        while left := self.processes():  # more than once: a supervisor may just have replaced a worker
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(left, PATIENCE)

    def processes(self) -> list[psutil.Process]:
        """Everything that works in this checkout; what is dead and waits to be buried doesn't count."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            where = process.cwd()
            return where.startswith(str(self.folder)) and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def status(self, path: str = "/healthz") -> int | None:
        """The HTTP status of a page; None: nobody answers."""
        return self.get(path)[0]

    def get(self, path: str) -> tuple[int | None, bytes]:
        """The HTTP status and the body of a page; None: nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return None, b""
        finally:
            connection.close()

    def sql(self, statement: str, user: str = "resolutionflow_owner") -> list[Any]:
        with self.cluster.connect(user, "resolutionflow") as connection, psycopg.ClientCursor(connection) as cursor:
            cursor.execute(statement)
            return [row[0] for row in cursor.fetchall()] if cursor.description else []


class Started:
    def __init__(self, checkout: Checkout, command: tuple[str, ...], more: dict[str, str]) -> None:
        self.checkout = checkout
        self.said = ""
        self.process = subprocess.Popen(
            command,
            cwd=checkout.folder,
            env=checkout.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_heed_signals,
        )

    def wait_until_listening(self) -> None:
        self.wait_for("ResolutionFlow runs at")

    def wait_for(self, words: str) -> None:
        """Read what the process prints until a line has these words."""
        impatient = threading.Timer(PATIENCE, self.process.kill)
        impatient.start()
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if words in line:
                break
        else:
            raise AssertionError(f"The process ended before it said “{words}”:\n{self.said}")
        impatient.cancel()

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        self.process.wait(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()

    def workers(self) -> set[psutil.Process]:
        return set(psutil.Process(self.process.pid).children())


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
    return True


def _free_port() -> int:
    """Below those that the system gives to outgoing connections, or one might take it before we do."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


def _heed_signals() -> None:
    """As from a terminal: tests that run in the background would hand on that they ignore Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
