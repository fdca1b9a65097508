"""Run blocking code for a coroutine, in a thread that nobody waits for."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.db import connections

Result = TypeVar("Result")

LESS, LOWEST = 10, 19
"""As `nice` counts: the higher, the less of a busy processor."""


async def in_own_thread(function: Callable[..., Result], *arguments: Any) -> Result:
    """Return what a blocking function returns, which runs in a thread with database connections of its own.

    The thread is a daemon: unlike `asyncio.to_thread`, it doesn't keep a process from ending, and whoever awaits it
    may be cancelled at any moment. Then nobody learns its result, so what it writes must be safe without.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Result] = loop.create_future()

    def deliver(set_outcome: Callable[[Any], None], outcome: Any) -> None:
        if not result.done():  # cancelled meanwhile
            set_outcome(outcome)

    def run() -> None:
        set_outcome: Callable[[Any], None] = result.set_result
        outcome: Any
        try:
            outcome = function(*arguments)
        except Exception as error:
            set_outcome, outcome = result.set_exception, error
        finally:
            connections.close_all()
        with suppress(RuntimeError):  # the loop is closed: the process is ending
            loop.call_soon_threadsafe(deliver, set_outcome, outcome)

    threading.Thread(target=run, name=function.__name__, daemon=True).start()
    return await result


def let_others_go_first() -> None:
    """Lower the priority of this thread, on Linux. Elsewhere a priority belongs to a whole process."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        priority = os.getpriority(os.PRIO_PROCESS, thread) + LESS
        os.setpriority(os.PRIO_PROCESS, thread, min(priority, LOWEST))
