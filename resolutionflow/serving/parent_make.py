"""Stop the server when the `make` that started it ends or gets a signal.

A Ctrl-C reaches both the server and make. A signal sent to make alone doesn't: make dies and leaves the server
running or, on SIGINT, removes its own handlers and waits for the server for ever.
"""

import os
import signal
import threading
from pathlib import Path

import psutil

from resolutionflow.serving.known_process import KnownProcess

NAMES = {"make", "gmake"}
INTERVAL = 0.5


def parent() -> KnownProcess | None:
    process = psutil.Process(os.getpid()).parent()
    return KnownProcess.of(process) if process and process.name() in NAMES else None


def stop_with_it() -> None:
    """Start to watch: this process gets SIGTERM when its make ends. Does nothing when no make started it."""
    if started_by := parent():
        threading.Thread(target=_watch, args=(started_by, _caught_signals(started_by.pid)), daemon=True).start()


def _watch(started_by: KnownProcess, caught: int) -> None:
    waiting = threading.Event()
    while os.getppid() == started_by.pid and _caught_signals(started_by.pid) == caught:
        waiting.wait(INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)


def _caught_signals(pid: int) -> int:
    """Return the signals that a process handles, as bits; 0 on systems other than Linux."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt:"))
