"""Run jobs in this process until it is told to stop."""

import asyncio
import logging
import signal

from procrastinate import App
from procrastinate.contrib.django import app as django_app

from resolutionflow.worker.connector import worker_connector
from resolutionflow.worker.limits import AT_ONCE, GRACE, HEARTBEAT, POLLING, SILENCE
from resolutionflow.worker.sweep import sweep_for_ever

log = logging.getLogger(__name__)


def run() -> bool:
    """Run jobs until SIGINT, SIGTERM or SIGHUP. Return False if the worker ended without being told to.

    It does when one of its side tasks fails, mostly because the database is away. Start a new process then.
    """
    return asyncio.run(_run())


async def _run() -> bool:
    connector = worker_connector()
    async with django_app.with_connector(connector).open_async() as app:
        told, working = _signal(), asyncio.create_task(_work(app))
        sweeping = asyncio.create_task(sweep_for_ever(app))
        await asyncio.wait([told, working, sweeping], return_when=asyncio.FIRST_COMPLETED)
        told_to = told.done()
        for task in (told, sweeping, working):
            task.cancel()
        outcomes = await asyncio.gather(sweeping, working, return_exceptions=True)
        for name, outcome in zip(("sweep", "queue"), outcomes, strict=True):
            if isinstance(outcome, Exception):
                log.error("the worker ends: its %s failed", name, exc_info=outcome)
        return told_to


async def _work(app: App) -> None:
    """Fetch and run jobs. Cancelling it stops it gracefully."""
    await app.run_worker_async(
        concurrency=AT_ONCE,
        fetch_job_polling_interval=POLLING,
        shutdown_graceful_timeout=GRACE,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=SILENCE,
        delete_jobs="always",  # what came of a job is in our own tables
        install_signal_handlers=False,
    )


def _signal() -> asyncio.Task[bool]:
    """Return a task that ends with the first signal to stop."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, told.set)
    return asyncio.create_task(told.wait())
