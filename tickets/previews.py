"""Previews: a text as it would be posted now, from the cache that all processes share (docs/texts.md)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from common.refusals import IllegalTransition, InvalidInput, Stale
from sessions.models import AISession
from sessions.one_act import Sessions
from tickets import jobs
from tickets.bundle import ClosingInput, read_bundle
from tickets.models import Kind, Language, Preview, PreviewState
from tickets.models.preview import BUILT_IN
from tickets.writing.document import Document
from tickets.writing.slots import Slots
from tickets.writing.writer import write

KEPT = timedelta(days=1)
"""A preview that nobody can be looking at any more is deleted after this time."""


def writers() -> list[str]:
    """Return who can write a text, the one that pages choose first: the model, if one is set, and the built-in one."""
    return [settings.FLOWPILOT_MODEL, BUILT_IN] if settings.FLOWPILOT_URL else [BUILT_IN]


def preview_of(
    session: AISession,
    kind: Kind,
    *,
    user: User,
    inputs: ClosingInput | None = None,
    language: Language | None = None,
    writer: str | None = None,
) -> tuple[Preview, bool]:
    """Return the preview, and whether it came from the cache.

    `language`: the account's without one. `writer`: the built-in one without one; a model's text is written by a job,
    and until its `state` is done, the document is the built-in one. Raises InvalidInput for an unknown writer.
    """
    inputs, language, writer = inputs or ClosingInput(), language or Language(session.account.language), _known(writer)
    key = {
        "session": session,
        "kind": kind,
        "language": language,
        "writer": writer,
        "state_version": session.state_version,
        "digest": inputs.digest,
    }
    if preview := Preview.objects.filter(**key).first():
        if _names_another(preview, user):
            preview.document = _document(session, preview, user).as_json()  # it isn't kept: the cache has one a form
            return preview, False
        return preview, True
    document = write(read_bundle(session, inputs=inputs, user=user), kind, language)
    columns = {"inputs": inputs.as_json(), "document": document.as_json(), "asked_by": user}
    preview = _kept(key, {"account_id": session.account_id, **columns})
    _delete_overtaken(session)
    return preview, False


def _known(writer: str | None) -> str:
    if writer is None:
        return BUILT_IN
    if writer not in writers():
        raise InvalidInput(writer=f"There is no such writer. Choose one of: {', '.join(writers())}.")
    return writer


def _names_another(preview: Preview, user: User) -> bool:
    """Return whether the document may say of somebody else what this person says in the form."""
    return bool(preview.inputs) and preview.asked_by_id != user.pk


def _document(session: AISession, preview: Preview, user: User) -> Document:
    inputs = ClosingInput.from_json(preview.inputs)
    bundle = read_bundle(session, inputs=inputs, user=user)
    slots = Slots.from_json(preview.slots) if preview.slots else None
    return write(bundle, Kind(preview.kind), Language(preview.language), slots)


def _kept(key: dict[str, Any], columns: dict[str, Any]) -> Preview:
    """Keep a preview and, for a model's text, defer its job. Of two who ask at once, one does both."""
    is_built_in = key["writer"] == BUILT_IN
    state = PreviewState.DONE if is_built_in else PreviewState.WAITING
    with transaction.atomic():
        preview, is_new = Preview.objects.get_or_create(**key, defaults={**columns, "state": state})
        if is_new and not is_built_in:
            jobs.write_later(preview.pk)
    return preview


def preview_state(pk: UUID) -> PreviewState | None:
    """Return how far a preview is; None once the session has changed, and it describes what was.

    Then ask for a new one with `preview_of`. The caller knows that the preview is of a session that the person may see.
    """
    preview = Preview.objects.select_related("session").filter(pk=pk).first()
    if preview is None or preview.is_overtaken:
        return None
    return PreviewState(preview.state)


def retry(pk: UUID, *, sessions: Sessions) -> Preview:
    """Let the model try a failed text again. Asking twice is once.

    Raises Preview.DoesNotExist for one that isn't in any of `sessions`, Stale once the session has changed, and
    IllegalTransition for a text that is complete.
    """
    with transaction.atomic():
        of_these = Preview.objects.select_related("session").filter(session__in=sessions.values("pk"))
        preview = of_these.select_for_update(of=["self"]).get(pk=pk)
        if preview.is_overtaken:
            raise Stale("The session changed after this text was asked for. Ask for a new one.")
        if preview.is_open:
            return preview
        if preview.state == PreviewState.DONE:
            raise IllegalTransition("This text is complete.")
        preview.state, preview.attempt, preview.error, preview.not_before = PreviewState.WAITING, 0, "", None
        preview.save(update_fields=["state", "attempt", "error", "not_before"])
        jobs.write_later(preview.pk)
    return preview


def slots_for(session: AISession, kind: Kind, language: Language, writer: str, inputs: ClosingInput) -> Slots | None:
    """Return what the model phrased for the session as it is, with these inputs; None if it hasn't."""
    done = Preview.objects.filter(
        session=session,
        kind=kind,
        language=language,
        writer=writer,
        state_version=session.state_version,
        digest=inputs.digest,
        state=PreviewState.DONE,
    )
    slots = done.values_list("slots", flat=True).first()
    return Slots.from_json(slots) if slots else None


def delete_old(now: datetime) -> int:
    """Delete the previews that are old enough, and return how many."""
    return Preview.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _delete_overtaken(session: AISession) -> None:
    """Delete what was written of the session as it was. Whoever writes one of them hears of it, and ends."""
    overtaken = Preview.objects.filter(session=session, state_version__lt=session.state_version)
    with transaction.atomic():
        Preview.objects.filter(pk__in=overtaken.select_for_update(skip_locked=True).values("pk")).delete()
