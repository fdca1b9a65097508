"""Notices that the `make` that started us has ended or was told to.

A Ctrl-C reaches us as well as make. A signal sent to make alone doesn't: make dies and leaves us, or, for SIGINT,
waits for us for ever, having put off its own handlers.
"""

import os
import signal
import threading
from pathlib import Path

import psutil

from resolutionflow.serving.processes import Known

NAMES = {"make", "gmake"}
INTERVAL = 0.5


def parent() -> Known | None:
    process = psutil.Process(os.getpid()).parent()
    return Known.of(process) if process and process.name() in NAMES else None


def stop_with_it() -> None:
    """From now on, end this process in order when its make ends. Without a make: nothing."""
    if started_by := parent():
        threading.Thread(target=_watch, args=(started_by, _catches(started_by.pid)), daemon=True).start()


def _watch(started_by: Known, caught: int) -> None:
    waiting = threading.Event()
    while os.getppid() == started_by.pid and _catches(started_by.pid) == caught:
        waiting.wait(INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)


def _catches(pid: int) -> int:
    """The signals that a process handles, as bits. Only Linux tells; elsewhere 0."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt:"))
