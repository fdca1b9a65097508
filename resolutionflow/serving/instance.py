"""One server for one checkout, and nothing left over of the one before."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from resolutionflow.serving import make
from resolutionflow.serving.processes import PATIENCE, Known


class AlreadyRunning(Exception):
    """Another server of this checkout is at work; the message says which."""


class Instance:
    def __init__(self, var: Path) -> None:
        self.folder = var / "serve"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._record = self.folder / "instance.json"
        self._descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        os.register_at_fork(after_in_child=self._let_go)

    def claim(self, url: str) -> None:
        """Become the one server. Raises AlreadyRunning."""
        if not self._lock() and not (self._end_abandoned() and self._lock()):
            other = self._read()
            raise AlreadyRunning(
                f"ResolutionFlow already runs at {other.get('url', 'an address it has yet to choose')} "
                f"(process {other.get('pid', 'unknown')}). Stop that one first, or use it."
            )
        self._end_orphans()
        started_by = make.parent()
        record = {"url": url, **Known.me().as_json(), "make": started_by.as_json() if started_by else None}
        self._record.write_text(json.dumps(record))

    def add_worker(self) -> None:
        """Called by each worker about itself, so that it can be found when its supervisor was killed."""
        me = Known.me()
        (self.folder / f"worker-{me.pid}.json").write_text(json.dumps(me.as_json()))

    def close(self) -> None:
        for path in (self._record, *self.folder.glob("worker-*.json")):
            path.unlink(missing_ok=True)

    def _lock(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(self) -> None:
        """A forked worker must not hold the lock of a supervisor that was killed."""
        os.close(self._descriptor)

    def _end_abandoned(self) -> bool:
        """End a server whose make was killed: nobody is left who could stop it with Ctrl-C."""
        other = self._read()
        if not other.get("make") or Known(**other["make"]).find():
            return False
        Known(other["pid"], other["started"]).end()
        return True

    def _end_orphans(self) -> None:
        """End workers that a killed supervisor left; they may still hold the port."""
        for path in self.folder.glob("worker-*.json"):
            Known(**_json(path)).end() if _json(path) else None
            path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        """What the holder of the lock wrote; it may be about to."""
        deadline = time.monotonic() + min(PATIENCE, 2)
        while not (found := _json(self._record)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
        return found
    except (OSError, ValueError):  # not there, or its writer was killed half-way
        return {}
