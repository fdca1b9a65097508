"""Previews: a text as it would be posted now, from the cache that all processes share (docs/texts.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from common.refusals import InvalidInput
from sessions.models import AISession
from tickets import requested_texts
from tickets.bundle import Bundle, ClosingInput, read_bundle
from tickets.models import Kind, Language, Preview, PreviewState
from tickets.models.preview import BUILT_IN
from tickets.preview_digest import digest_of, value_of
from tickets.writing.slots import Slots
from tickets.writing.writer import write

KEPT = timedelta(days=1)
"""A preview that nobody can be looking at any more is deleted after this time."""


@dataclass(frozen=True)
class _Asked:
    """What a person asks for."""

    session: AISession
    kind: Kind
    language: Language
    inputs: ClosingInput
    user: User
    read: Callable[[], Bundle] | None = None


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
    bundle: Callable[[], Bundle] | None = None,
) -> tuple[Preview, bool]:
    """Return the preview, and whether it came from the cache.

    `language`: the account's without one. `writer`: the built-in one without one. What a model phrases is written by
    a job: until the preview's `state` is done, its document is the built-in one. `bundle`: reads what these inputs
    say, for a caller that needs it too; called only where the document isn't in the cache. Raises InvalidInput for an
    unknown writer.
    """
    language = language or Language(session.account.language)
    asked = _Asked(session, kind, language, inputs or ClosingInput(), user, bundle)
    writer = _known(writer)
    if writer == BUILT_IN:
        return _document(asked, BUILT_IN)
    text = requested_texts.request(session, kind, language, writer, asked.inputs, user)
    if slots := _phrased(text):
        return _document(asked, writer, slots)
    preview, from_cache = _document(asked, BUILT_IN)
    preview.writer, preview.state, preview.error = text.writer, text.state, text.error  # nobody saves these
    return preview, from_cache


def retry(
    session: AISession, kind: Kind, *, user: User, inputs: ClosingInput, language: Language, writer: str
) -> Preview:
    """Let the model try again to write a text that failed, and return the preview. Asking twice is once."""
    requested_texts.retry(requested_texts.request(session, kind, language, _known(writer), inputs, user).pk)
    return preview_of(session, kind, user=user, inputs=inputs, language=language, writer=writer)[0]


def slots_for(session: AISession, kind: Kind, language: Language, writer: str, inputs: ClosingInput) -> Slots | None:
    """Return what the model phrased for the session as it is; None if it hasn't."""
    text = Preview.objects.filter(**requested_texts.key_of(session, kind, language, writer, inputs)).first()
    return _phrased(text) if text else None


def delete_old(now: datetime) -> int:
    """Delete the previews that are old enough, and return how many."""
    return Preview.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _phrased(text: Preview) -> Slots | None:
    return Slots.from_json(text.slots) if text.slots and text.state == PreviewState.DONE else None


def _known(writer: str | None) -> str:
    if writer is None:
        return BUILT_IN
    if writer not in writers():
        raise InvalidInput(writer=f"There is no such writer. Choose one of: {', '.join(writers())}.")
    return writer


def _document(asked: _Asked, writer: str, slots: Slots | None = None) -> tuple[Preview, bool]:
    """Return the document as it is in the cache, or write it."""
    key: dict[str, Any] = {
        "session": asked.session,
        "kind": asked.kind,
        "language": asked.language,
        "writer": writer,
        "state_version": asked.session.state_version,
        "digest": digest_of(asked.session, asked.inputs, asked.user),
    }
    if found := Preview.objects.filter(**key).first():
        return found, True
    key["digest"] = value_of(key["digest"])  # before the bundle is read: names that change meanwhile have another one
    bundle = asked.read() if asked.read else read_bundle(asked.session, inputs=asked.inputs, user=asked.user)
    columns = {
        "account_id": asked.session.account_id,
        "inputs": asked.inputs.as_json(),
        "document": write(bundle, asked.kind, asked.language, slots).as_json(),
        "slots": slots.as_json() if slots else None,
        "asked_by": asked.user,
    }
    preview = Preview.objects.get_or_create(**key, defaults=columns)[0]
    _delete_overtaken(asked.session)
    return preview, False


def _delete_overtaken(session: AISession) -> None:
    """Delete what was written of the session as it was. Whoever writes one of them hears of it, and ends."""
    overtaken = Preview.objects.filter(session=session, state_version__lt=session.state_version)
    with transaction.atomic():
        Preview.objects.filter(pk__in=overtaken.select_for_update(skip_locked=True).values("pk")).delete()
