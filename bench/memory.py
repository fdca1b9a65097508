"""Measure the memory of an idle worker of a running server: its proportional set size (PSS), from /proc.

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

LIMIT_MB = 150
VISITS = 200
PAGE = r"/sessions/[0-9a-f-]{36}/"


def main() -> int:
    with running_server() as server:
        idle = _workers(server.process)
        _visit(server)
        time.sleep(1)
        rows = [Measured(f"worker {pid}, fresh", size, LIMIT_MB, "MB") for pid, size in idle.items()]
        rows += [
            Measured(f"worker {pid}, idle after {VISITS} requests", size, LIMIT_MB, "MB")
            for pid, size in _workers(server.process).items()
        ]
        say(f"supervisor {server.process.pid}: {_pss(server.process.pid)} MB")
    return report("Memory (PSS)", rows)


def _visit(server: RunningServer) -> None:
    """Request what an engineer and a script would open, from both workers."""
    client = server.signed_in_client()
    paths = ["/sessions/", "/pending/", "/api/v1/schema", "/api/v1/pending-fixes", *client.links("/sessions/", PAGE)]
    for number in range(VISITS):
        if client.get(paths[number % len(paths)])[0] != HTTPStatus.OK:
            raise SystemExit(f"{paths[number % len(paths)]} failed")


def _workers(server: "subprocess.Popen[bytes]") -> dict[int, float]:
    """Return pid and megabytes of the supervisor's children that have the application in memory."""
    children = psutil.Process(server.pid).children(recursive=True)
    return {child.pid: size for child in children if (size := _pss(child.pid)) and "python" in child.name()}


def _pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return round(int(found[1]) / 1000, 1) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
