"""Allow one server for each checkout, and end what a killed server left running."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from resolutionflow.serving import parent_make
from resolutionflow.serving.known_process import PATIENCE, KnownProcess


class AlreadyRunning(Exception):
    """Another server of this checkout is running; the message says where."""


class SingleInstance:
    def __init__(self, var: Path) -> None:
        self.folder = var / "serve"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._record = self.folder / "instance.json"
        self._descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        os.register_at_fork(after_in_child=self._close_lock)

    def claim(self, url: str) -> None:
        """Become this checkout's server. Raises AlreadyRunning."""
        if not self._lock() and not (self._end_abandoned() and self._lock()):
            other = self._read()
            raise AlreadyRunning(
                f"ResolutionFlow already runs at {other.get('url', 'an address it has yet to choose')} "
                f"(process {other.get('pid', 'unknown')}). Stop that one first, or use it."
            )
        self._end_orphans()
        started_by = parent_make.parent()
        record = {"url": url, **KnownProcess.current().as_json(), "make": started_by.as_json() if started_by else None}
        self._record.write_text(json.dumps(record))

    def add_worker(self, worker: KnownProcess) -> None:
        """Record a worker, so that the next server finds it when this supervisor is killed."""
        self._worker_record(worker.pid).write_text(json.dumps(worker.as_json()))

    def forget_worker(self, pid: int) -> None:
        self._worker_record(pid).unlink(missing_ok=True)

    def _worker_record(self, pid: int) -> Path:
        return self.folder / f"worker-{pid}.json"

    def close(self) -> None:
        for path in (self._record, *self.folder.glob("worker-*.json")):
            path.unlink(missing_ok=True)

    def _lock(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _close_lock(self) -> None:
        """A forked worker must not hold the lock of a supervisor that was killed."""
        os.close(self._descriptor)

    def _end_abandoned(self) -> bool:
        """End a server whose make was killed: nobody could stop it with Ctrl-C."""
        other = self._read()
        if not other.get("make") or KnownProcess(**other["make"]).find():
            return False
        KnownProcess(other["pid"], other["started"]).end()
        return True

    def _end_orphans(self) -> None:
        """End workers that a killed supervisor left running; they may still use the port."""
        for path in self.folder.glob("worker-*.json"):
            KnownProcess(**_json(path)).end() if _json(path) else None
            path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        """Return the record of the process that holds the lock; it may be about to write it."""
        deadline = time.monotonic() + min(PATIENCE, 2)
        while not (found := _json(self._record)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
        return found
    except (OSError, ValueError):  # missing, or its writer was killed half-way
        return {}
