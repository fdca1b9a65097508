"""Recognize a process even when its pid may have been reused, and end it."""

import os
from dataclasses import asdict, dataclass
from typing import Any

import psutil

CLOCK_STEPS = 5
"""Seconds by which a process's start may appear to move when the clock is set."""
PATIENCE = 10
"""Seconds that a process has to end after SIGTERM."""


@dataclass(frozen=True)
class KnownProcess:
    pid: int
    started: float

    @classmethod
    def current(cls) -> "KnownProcess":
        return cls.of(psutil.Process(os.getpid()))

    @classmethod
    def of(cls, process: psutil.Process) -> "KnownProcess":
        return cls(process.pid, process.create_time())

    def find(self) -> psutil.Process | None:
        """Return the process if it still runs."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) < CLOCK_STEPS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def end(self) -> None:
        """Terminate the process; kill it when it doesn't end in time."""
        if not (process := self.find()):
            return
        try:
            process.terminate()
            process.wait(PATIENCE)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE)
        except psutil.NoSuchProcess:
            return

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
