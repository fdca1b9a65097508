"""Jobs of the worker: answers that a model writes (docs/jobs.md).

A job says in which session to look; the answers themselves say what is to be done, and `answers.claim` who does it. So
a job too many does nothing, and one that got lost is deferred again.
"""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from common.background import in_own_thread
from flowpilot import answering, answers
from flowpilot.models import OPEN, Answer

NAME = "flowpilot.answer_next"
MOST_ATTEMPTS = 10
"""How often a job is run, postponed or not. One that ends its worker each time must not do it for ever."""
PAUSE = 5
"""Seconds until a job is tried again that failed for a reason of ours, such as a database that is away."""
FORGOTTEN = timedelta(minutes=1)
"""After this time an answer that is still open must have a job."""


class Postponed(Exception):
    """An answer is to be tried again after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds:.0f} seconds")
        self.seconds = seconds


class Retry(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Postponed):
            return RetryDecision(retry_in={"seconds": ceil(exception.seconds)})
        if isinstance(exception, asyncio.CancelledError):  # the worker stops: another one shall go on
            return RetryDecision(retry_in={"seconds": 0})
        return RetryDecision(retry_in={"seconds": PAUSE}) if job.attempts < MOST_ATTEMPTS else None


def answer_later(session_id: UUID) -> None:
    """Let a worker write the session's waiting answers, once this transaction is committed."""
    answer_next.defer(session_id=str(session_id))


@app.task(name=NAME, pass_context=True, retry=Retry())
async def answer_next(context: JobContext, session_id: str) -> None:
    """Write a session's waiting answers, in a thread: a worker that is told to stop doesn't wait for a model."""
    act = _give_up if context.job.attempts >= MOST_ATTEMPTS else answering.write_due_answers
    seconds = await in_own_thread(act, UUID(session_id), str(context.job.id))
    if seconds is not None:
        raise Postponed(seconds)


def _give_up(session_id: UUID, job: str) -> None:
    """End the answer that this job could never finish, and let another job write those that wait behind it."""
    answering.give_up(session_id, job)
    answer_later(session_id)


def find_forgotten_answers() -> int:
    """Defer jobs for open answers that have none, and return for how many sessions.

    A web process may be killed while the built-in copilot writes, and a queue may get lost: what is to be done stands
    in the answers. Those that are being written without a job are given back first.
    """
    since = Coalesce("not_before", "started_at", "created_at")
    old = Answer.objects.filter(state__in=OPEN).alias(since=since).filter(since__lt=timezone.now() - FORGOTTEN)
    with transaction.atomic():
        found = list(old.select_for_update(skip_locked=True, of=["self"]))
        with_jobs = set(_sessions_with_jobs()) if found else set()
        forgotten = [answer for answer in found if str(answer.session_id) not in with_jobs]
        for answer in forgotten:
            answers.give_back(answer)
        sessions = {answer.session_id for answer in forgotten}
        for session_id in sessions:
            answer_later(session_id)
    return len(sessions)


def _sessions_with_jobs() -> Iterable[str]:
    """Return the ids of the sessions that have a job. The queue holds only what is still to be done."""
    jobs = ProcrastinateJob.objects.filter(task_name=NAME, status__in=["todo", "doing"])
    return jobs.values_list("args__session_id", flat=True)
