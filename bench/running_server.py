"""Run the server with the demo data.

It runs in a copy of the checkout, so that var/ and a server started from here stay untouched.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from bench.signed_in_client import SignedInClient

PATIENCE = 120
ROOT = Path(__file__).resolve().parent.parent
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__", "bench", "node_modules", "htmlcov", "test-results")

ENGINEER = "engineer@northwind.example"
SENIOR = "senior@northwind.example"
ADMIN = "admin@northwind.example"
PASSWORD = "demo-password"  # noqa: S105 (the demo's)


@dataclass(frozen=True)
class RunningServer:
    process: "subprocess.Popen[bytes]"
    port: int
    folder: Path
    """Where its copy of the checkout is."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def signed_in_client(self, email: str = ENGINEER) -> SignedInClient:
        """Return an HTTP client that has signed in as this person."""
        client = SignedInClient(self.port)
        client.sign_in(email, PASSWORD)
        return client


@contextmanager
def running_server(**settings: str) -> Iterator[RunningServer]:
    """`settings`: environment variables beyond those of somebody who has set nothing."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "copy"
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
        port = _free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        environment |= {"DJANGO_SETTINGS_MODULE": "resolutionflow.settings", "PORT": str(port), "LOG_LEVEL": "ERROR"}
        environment |= settings
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--demo"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            _wait(server, port)
            yield RunningServer(server, port, folder)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while SignedInClient(port).get("/healthz")[0] != HTTPStatus.OK:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("The server didn't start; the reason is above.")
        time.sleep(0.2)
