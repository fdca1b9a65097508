"""Memory of an idle worker: its proportional set size (PSS), from /proc, of the product as it is served.

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
from bench.served import Served, served

LIMIT_MB = 150
VISITS = 200
PAGE = r"/sessions/[0-9a-f-]{36}/"


def main() -> int:
    with served() as server:
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


def _visit(server: Served) -> None:
    """What an engineer and a script would open, all of it from both workers."""
    visitor = server.visitor()
    paths = ["/sessions/", "/pending/", "/api/v1/schema", "/api/v1/pending-fixes", *visitor.links("/sessions/", PAGE)]
    for number in range(VISITS):
        if visitor.get(paths[number % len(paths)])[0] != HTTPStatus.OK:
            raise SystemExit(f"{paths[number % len(paths)]} doesn't answer")


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
