"""Jobs of the worker: texts that a model writes (docs/jobs.md). A job names a preview, whose row says what is to do."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from common.background import in_own_thread
from flowpilot.jobs import FORGOTTEN, MOST_ATTEMPTS, Postponed, Retry
from tickets import model_texts
from tickets.models import Preview
from tickets.models.preview import OPEN
from tickets.writing.model import attempts

NAME = "tickets.write_text"


def write_later(preview_id: UUID) -> None:
    """Let a worker write a model's text, once this transaction is committed."""
    write_text.defer(preview_id=str(preview_id))


@app.task(name=NAME, pass_context=True, retry=Retry())
async def write_text(context: JobContext, preview_id: str) -> None:
    """Write a preview's text, in a thread: a worker that is told to stop doesn't wait for a model."""
    act = attempts.give_up if context.job.attempts >= MOST_ATTEMPTS else attempts.write
    seconds = await in_own_thread(act, UUID(preview_id), str(context.job.id))
    if seconds is not None:
        raise Postponed(seconds)


def find_forgotten_texts() -> int:
    """Defer jobs for unwritten texts that have none, such as after the queue got lost. Return how many."""
    since = Coalesce("not_before", "started_at", "created_at")
    old = Preview.objects.filter(state__in=OPEN).alias(since=since).filter(since__lt=timezone.now() - FORGOTTEN)
    with transaction.atomic():
        found = list(old.select_for_update(skip_locked=True, of=["self"]))
        with_jobs = set(_previews_with_jobs()) if found else set()
        forgotten = [preview for preview in found if str(preview.pk) not in with_jobs]
        for preview in forgotten:
            model_texts.give_back(preview)
            write_later(preview.pk)
    return len(forgotten)


def _previews_with_jobs() -> Iterable[str]:
    jobs = ProcrastinateJob.objects.filter(task_name=NAME, status__in=["todo", "doing"])
    return jobs.values_list("args__preview_id", flat=True)
