"""Run acts at the same instant, each on a connection of its own."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections, transaction

from common.refusals import Refusal
from sessions.models import AISession

PATIENCE = 30.0
"""Seconds after which a test stops waiting for PostgreSQL."""
WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def at_once(session: AISession, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return what each act returned, or the Refusal that it raised.

    The session stays locked until every act waits for it, so all of them begin before any ends.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            AISession.objects.select_for_update().get(pk=session.pk)
            running = [pool.submit(run_in_thread, act) for act in acts]
            await_lock_waiters(len(acts))
        return [future.result(PATIENCE) for future in running]


def run_in_thread(act: Callable[[], Any]) -> Any:
    """Run the act on this thread's own connection, and close that afterwards."""
    try:
        return act()
    except Refusal as refusal:
        return refusal
    finally:
        connections.close_all()


def await_lock_waiters(count: int) -> None:
    """Return once this many connections wait for a lock."""
    give_up = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity all along
            cursor.execute(WAITING)
            if cursor.fetchone() == (count,):
                return
    raise AssertionError(f"Never saw {count} connections wait for a lock.")
