"""Keep one worker running beside the server: `manage.py work` in a process of its own (docs/jobs.md)."""

import logging
import os
import subprocess
import sys
import threading
import time

import psutil
from django.conf import settings

from resolutionflow.serving.known_process import KnownProcess
from resolutionflow.serving.single_instance import SingleInstance
from resolutionflow.worker.limits import STOPPING

log = logging.getLogger(__name__)

COMMAND = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--checked"]
HEALTHY = 10
"""Seconds after which a worker that ends may be replaced at once."""
LONGEST_PAUSE = 30
"""Seconds between two starts of a worker that ends at once each time."""


class Worker:
    def __init__(self, instance: SingleInstance, command: list[str] = COMMAND) -> None:
        self._instance, self._command = instance, command
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._changing, self._told = threading.Lock(), threading.Event()
        # A web process forked while the worker is being started would inherit the pipe by which Popen waits for it
        release = self._changing.release
        os.register_at_fork(before=self._changing.acquire, after_in_parent=release, after_in_child=release)
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def restart(self) -> None:
        """Replace the worker by one that runs the code of now."""
        self._told.set()
        self._terminate()

    def stop(self) -> None:
        """Stop the worker; kill it when it doesn't end in time."""
        with self._changing:
            self._stopping = True
        self.restart()
        if self._thread.ident is None:  # the server failed before it was started
            return
        self._thread.join(STOPPING)
        if self._process and self._thread.is_alive():
            self._process.kill()
            self._thread.join()

    def _keep(self) -> None:
        quick_ends = 0
        while process := self._begin():
            began = time.monotonic()
            code = process.wait()
            self._instance.forget_worker(process.pid)
            if self._told.is_set():
                self._told.clear()
                continue
            quick_ends = 0 if time.monotonic() - began > HEALTHY else quick_ends + 1
            seconds = pause(quick_ends)
            log.warning("The worker ended (%s). Another starts in %s seconds.", code, seconds)
            self._told.wait(seconds)
            self._told.clear()

    def _begin(self) -> "subprocess.Popen[bytes] | None":
        with self._changing:
            if self._stopping:
                return None
            # out of the terminal's group: its Ctrl-C is for the server, which then stops the worker
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, start_new_session=True)
            self._instance.add_worker(KnownProcess.of(psutil.Process(self._process.pid)))
        return self._process

    def _terminate(self) -> None:
        with self._changing:
            if self._process and self._process.poll() is None:
                self._process.terminate()


def pause(quick_ends: int) -> float:
    """Return the seconds until the next start, after so many workers in a row that ended soon."""
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(quick_ends, 10))
