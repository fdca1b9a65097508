"""Run granian: this process is the supervisor, its children are the workers that serve requests."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from resolutionflow.serving.known_process import KnownProcess
from resolutionflow.serving.single_instance import SingleInstance
from resolutionflow.serving.worker import Worker

LOGGING = {"loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": True}}}
"""Sends granian's messages to the log that the settings describe."""
WATCHED = ("common", "accounts", "sessions", "fixes", "flowpilot", "tickets", "resolutionflow")


class Supervisor(MPServer):
    shielded = False

    def signal_handler_reload(self, *_: Any, **__: Any) -> None:
        """A closed terminal stops the server, unless nohup shields it. Granian itself would reload."""
        if not self.shielded:
            self.signal_handler_interrupt()


def serve(
    instance: SingleInstance, address: str, reload: bool, worker: Worker | None, on_startup: Callable[[], None]
) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP, with a worker beside the server if one is given."""
    if reload:
        multiprocessing.set_start_method("spawn")  # a forked worker would keep the old code
    server = Supervisor(
        "resolutionflow.wsgi:application",
        address=address,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        backlog=2048,
        backpressure=1024,  # open connections per worker, idle ones included
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
        reload=reload,
        reload_paths=[settings.BASE_DIR / name for name in WATCHED],
        reload_ignore_worker_failure=True,
    )
    server.shielded = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    os.register_at_fork(after_in_child=_reset_sigterm)
    server.on_startup(on_startup)
    if worker:
        server.on_startup(worker.start)
        server.on_reload(worker.restart)
    try:
        server.serve(target_loader=partial(load_application, instance.folder.parent), wrap_loader=False)
    finally:
        if worker:
            worker.stop()


def _reset_sigterm() -> None:
    """A new worker inherits the supervisor's handler, which would swallow a SIGTERM until the worker sets its own."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def load_application(var: Any) -> Callable[..., Any]:
    """Return the WSGI application, in a new worker process."""
    os.setpgid(
        0, 0
    )  # the terminal's Ctrl-C doesn't reach this group: the supervisor ends the worker after its last request
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    SingleInstance(var).add_worker(KnownProcess.current())
    from resolutionflow.wsgi import application

    return application
