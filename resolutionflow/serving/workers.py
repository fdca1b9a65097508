"""Granian: one supervisor, which is us, and the workers that serve."""

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

from resolutionflow.serving.instance import Instance

LOGGING = {"loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": True}}}
"""Into the log that the settings describe, instead of another of its own."""
WATCHED = ("accounts", "sessions", "fixes", "resolutionflow")


class Supervisor(MPServer):
    shielded = False

    def signal_handler_reload(self, *_: Any, **__: Any) -> None:
        """A closed terminal stops the server, unless nohup shields it. Granian itself would reload."""
        if not self.shielded:
            self.signal_handler_interrupt()


def serve(instance: Instance, address: str, reload: bool, on_startup: Callable[[], None]) -> None:
    """Serve until SIGINT, SIGTERM or SIGHUP."""
    if reload:
        multiprocessing.set_start_method("spawn")  # a forked worker would have the old code
    server = Supervisor(
        "resolutionflow.wsgi:application",
        address=address,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        backlog=2048,
        backpressure=1024,  # open connections for each worker, idle ones included
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
    os.register_at_fork(after_in_child=_be_stoppable)
    server.on_startup(on_startup)
    server.serve(target_loader=partial(load, instance.folder.parent), wrap_loader=False)


def _be_stoppable() -> None:
    """A new worker has the supervisor's handlers, which would swallow its SIGTERM, until it sets its own."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def load(var: Any) -> Callable[..., Any]:
    """In a new worker: the application."""
    os.setpgid(0, 0)  # out of reach of the terminal's Ctrl-C: the supervisor ends us, after our last request
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    Instance(var).add_worker()
    from resolutionflow.wsgi import application

    return application
