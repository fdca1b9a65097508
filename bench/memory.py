"""Memory of an idle worker: its proportional set size (PSS), from /proc, of the product as it is served.

    python -m tests.with_database python -m bench.memory

Serves a copy of the checkout from a temporary folder, so that var/ and a server that runs from here stay untouched.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import psutil

from bench.report import Measured, report, say
from bench.visitor import Visitor

LIMIT_MB = 150
PATIENCE = 120
ROOT = Path(__file__).resolve().parent.parent
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__", "bench", "node_modules", "htmlcov", "test-results")
VISITS = 200
PAGE = r"/sessions/[0-9a-f-]{36}/"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder) / "copy") as (server, port):
        idle = _workers(server)
        _visit(port)
        time.sleep(1)
        rows = [Measured(f"worker {pid}, fresh", size, LIMIT_MB, "MB") for pid, size in idle.items()]
        rows += [
            Measured(f"worker {pid}, idle after {VISITS} requests", size, LIMIT_MB, "MB")
            for pid, size in _workers(server).items()
        ]
        say(f"supervisor {server.pid}: {_pss(server.pid)} MB")
    return report("Memory (PSS)", rows)


def _visit(port: int) -> None:
    """What an engineer and a script would open, all of it from both workers."""
    visitor = Visitor(port)
    visitor.sign_in("engineer@northwind.example", "demo-password")
    paths = ["/sessions/", "/api/v1/schema", "/api/v1/pending-fixes", *visitor.links("/sessions/", PAGE)]
    for number in range(VISITS):
        if visitor.get(paths[number % len(paths)])[0] != HTTPStatus.OK:
            raise SystemExit(f"{paths[number % len(paths)]} doesn't answer")


@contextmanager
def _served(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_ROLE"}
    environment |= {"DJANGO_SETTINGS_MODULE": "resolutionflow.settings", "PORT": str(port), "LOG_LEVEL": "ERROR"}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--demo"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(server, port)
        yield server, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while Visitor(port).get("/healthz")[0] != HTTPStatus.OK:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("The server didn't start; why stands above.")
        time.sleep(0.2)


def _workers(server: "subprocess.Popen[bytes]") -> dict[int, float]:
    """The supervisor's children that serve: those with the application in memory."""
    children = psutil.Process(server.pid).children(recursive=True)
    return {child.pid: size for child in children if (size := _pss(child.pid)) and "python" in child.name()}


def _pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return round(int(found[1]) / 1000, 1) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
