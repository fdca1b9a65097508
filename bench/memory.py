"""Measure the memory of a running server's idle processes: their proportional set size (PSS), from /proc.

python -m bench.memory
"""

import re
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path

import psutil

from bench.report import Measured, report, say
from bench.running_server import RunningServer, running_server
from bench.signed_in_client import SignedInClient

LIMIT_MB = 100
VISITS = 200
PAGE = r"/sessions/[0-9a-f-]{36}/"


def main() -> int:
    with running_server() as server:
        _wait_for_worker(server)
        idle = _processes(server.process)
        _visit(server)
        time.sleep(1)
        rows = [Measured(f"{name}, fresh", size, LIMIT_MB, "MB") for name, size in idle.items()]
        rows += [
            Measured(f"{name}, idle after {VISITS} requests", size, LIMIT_MB, "MB")
            for name, size in _processes(server.process).items()
        ]
        say(f"supervisor {server.process.pid}: {_pss(server.process.pid)} MB")
    return report("Memory (PSS)", rows)


def _wait_for_worker(server: RunningServer) -> None:
    """Wait until the worker has all its code in memory."""
    while '"worker": "running"' not in SignedInClient(server.port).get("/healthz")[1]:
        time.sleep(0.2)


def _visit(server: RunningServer) -> None:
    """Request what an engineer and a script would open, from both web processes."""
    client = server.signed_in_client()
    paths = ["/sessions/", "/pending/", "/api/v1/schema", "/api/v1/pending-fixes", *client.links("/sessions/", PAGE)]
    for number in range(VISITS):
        if client.get(paths[number % len(paths)])[0] != HTTPStatus.OK:
            raise SystemExit(f"{paths[number % len(paths)]} failed")


def _processes(server: "subprocess.Popen[bytes]") -> dict[str, float]:
    """Return the megabytes of the supervisor's children, by name: web processes, and the worker that runs jobs."""
    children = psutil.Process(server.pid).children(recursive=True)
    sizes = {child: _pss(child.pid) for child in children if "python" in child.name()}
    return {f"{_kind(child)} {child.pid}": size for child, size in sizes.items() if size}


def _kind(process: psutil.Process) -> str:
    return "worker" if "work" in process.cmdline() else "web process"


def _pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return round(int(found[1]) / 1000, 1) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
