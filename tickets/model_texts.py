"""The acts of a worker on what a model phrases: claim, finish, fail, postpone, give back (docs/texts.md).

It is a row of the previews whose `slots` a job writes; `tickets.requested_texts` makes it. As with answers
(`flowpilot.answers`), only the holder of the latest claim can write. A claim that another worker has taken over raises
Taken, and so does a row that was deleted; nothing is written then.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q
from django.utils import timezone

from tickets.models import Preview, PreviewState
from tickets.writing.slots import Slots


class Taken(Exception):
    """Another worker writes this text now, or nobody wants it any longer."""


class Overtaken(Exception):
    """The session has changed: the text would describe what was."""


def claim(preview_id: UUID, job: str) -> Preview | None:
    """Begin a text that waits, and return its preview; None if there is nothing to do.

    A job that runs again takes over the text that it left half-written.
    """
    now, own = timezone.now(), uuid4()
    waits = Q(state=PreviewState.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
    half_written = Q(state=PreviewState.WRITING, job=job)
    Preview.objects.filter(waits | half_written, pk=preview_id).update(
        state=PreviewState.WRITING,
        claim=own,
        job=job,
        attempt=F("attempt") + 1,
        started_at=now,
        not_before=None,
        error="",
    )
    claimed = Preview.objects.select_related("session__account", "asked_by")
    return claimed.filter(pk=preview_id, claim=own).first()


def check_wanted(preview: Preview) -> None:
    """Raise Taken when somebody else writes this, Overtaken when the session has changed."""
    version = _held(preview).values_list("session__state_version", flat=True).first()
    if version is None:
        raise Taken
    if version != preview.state_version:
        raise Overtaken


def finish(preview: Preview, slots: Slots) -> None:
    """Keep what the model phrased. Raises Taken, Overtaken."""
    check_wanted(preview)
    _end(preview, PreviewState.DONE, slots=slots.as_json())


def fail(preview: Preview, sentence: str) -> None:
    """End a text that can't be written; the built-in document stands. `sentence`: why. Raises Taken."""
    _end(preview, PreviewState.FAILED, error=sentence)


def postpone(preview: Preview, sentence: str, seconds: float) -> None:
    """Give the text back, to be tried again later. Raises Taken."""
    later = timezone.now() + timedelta(seconds=seconds)
    _update(preview, state=PreviewState.WAITING, claim=None, error=sentence, not_before=later)


def give_back(preview: Preview) -> None:
    """Let another worker write it. Does nothing if it was taken already."""
    _held(preview).update(state=PreviewState.WAITING, claim=None, job="")


def _end(preview: Preview, state: PreviewState, **columns: Any) -> None:
    _update(preview, state=state, finished_at=timezone.now(), **columns)


def _update(preview: Preview, **columns: Any) -> None:
    if not _held(preview).update(**columns):
        raise Taken


def _held(preview: Preview) -> Any:
    return Preview.objects.filter(pk=preview.pk, state=PreviewState.WRITING, claim=preview.claim)
