"""Look for what got stuck: jobs of dead workers, which procrastinate only lists; answers and texts without jobs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.management import call_command
from procrastinate import App

from common.background import in_own_thread, let_others_go_first
from fixes import reminders
from flowpilot.jobs import find_forgotten_answers
from resolutionflow.worker.limits import CLEARING, REMINDING, SEARCHING, SILENCE, SWEEPING
from tickets.jobs import find_forgotten_texts

log = logging.getLogger(__name__)

PUT_BACK = """
    WITH stalled AS MATERIALIZED (
        SELECT job.id FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
        WHERE job.status = 'doing'
            AND (worker.id IS NULL OR worker.last_heartbeat < now() - %(silence)s * interval '1 second')
        FOR UPDATE OF job SKIP LOCKED
    )
    SELECT stalled.id, procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL) FROM stalled
"""
"""One statement: between a list and a retry for each, another worker might have put the job back and begun it."""


async def sweep_for_ever(app: App) -> None:
    """Do each of these at its times. All end with the first that fails."""
    await asyncio.gather(
        _every(SWEEPING, put_back_stalled, app),
        _every(SEARCHING, in_own_thread, find_forgotten_answers),
        _every(SEARCHING, in_own_thread, find_forgotten_texts),
        _every(REMINDING, remind),
        _every(CLEARING, in_own_thread, call_command, "clear_expired"),
    )


async def _every(seconds: float, act: Callable[..., Awaitable[Any]], *arguments: Any) -> None:
    while True:
        await act(*arguments)
        await asyncio.sleep(seconds)


async def put_back_stalled(app: App) -> None:
    for row in await app.job_manager.connector.execute_query_all_async(PUT_BACK, silence=SILENCE):
        log.warning("job %s was put back into the queue: its worker is gone", row["id"])


async def remind() -> None:
    """Remind of the checks that are due. Ten thousand at once keep no click waiting for the processor."""
    senders = await in_own_thread(_behind_others, reminders.make_due)
    await asyncio.gather(*(in_own_thread(_behind_others, reminders.send_emails) for _ in range(senders)))


def _behind_others(act: Callable[[], int]) -> int:
    let_others_go_first()
    return act()
