"""Acts at the same instant, on connections of their own."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections, transaction

from common.refusals import Refusal
from sessions.models import AISession

PATIENCE = 30.0
"""Seconds after which a test that waits for PostgreSQL gives up."""
WAITING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def at_once(session: AISession, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the Refusal that it raised.

    The session is locked until every act waits for it, so all of them begin before any is done.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            AISession.objects.select_for_update().get(pk=session.pk)
            running = [pool.submit(run, act) for act in acts]
            wait_for_waiting(len(acts))
        return [future.result(PATIENCE) for future in running]


def run(act: Callable[[], Any]) -> Any:
    """The act on this thread's own connection, which is closed afterwards."""
    try:
        return act()
    except Refusal as refusal:
        return refusal
    finally:
        connections.close_all()


def wait_for_waiting(count: int) -> None:
    """Ask PostgreSQL until so many connections wait for a lock."""
    give_up = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the same activity all along
            cursor.execute(WAITING)
            if cursor.fetchone() == (count,):
                return
    raise AssertionError(f"Never saw {count} connections wait for a lock.")
