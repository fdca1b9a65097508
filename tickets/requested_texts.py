"""What is requested of a model: one text for everybody who looks at a session, whatever else their form says.

It is a row of the previews without a document, whose `slots` a job writes (docs/texts.md). One is requested at each
state of a session and, of what the form says, for each outcome of the current fix: the rest of the form isn't the
model's to phrase. So typing in the form sends no request.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from sessions.models import AISession
from tickets import jobs
from tickets.bundle import ClosingInput
from tickets.models import Kind, Language, Preview, PreviewState


def key_of(session: AISession, kind: Kind, language: Language, writer: str, inputs: ClosingInput) -> dict[str, Any]:
    """Return the columns that name what this model phrases for these inputs."""
    return {
        "session": session,
        "kind": kind,
        "language": language,
        "writer": writer,
        "state_version": session.state_version,
        "digest": _of_model(inputs).digest_for("model"),
    }


def _of_model(inputs: ClosingInput) -> ClosingInput:
    """Return what of these inputs a model gets."""
    return ClosingInput(fix_outcome=inputs.fix_outcome)


def request(
    session: AISession, kind: Kind, language: Language, writer: str, inputs: ClosingInput, user: User
) -> Preview:
    """Return what the model phrases, or will. Of two who ask at once, one makes the row and its job."""
    key = key_of(session, kind, language, writer, inputs)
    if found := Preview.objects.filter(**key).first():
        return found
    columns = {
        "account_id": session.account_id,
        "inputs": _of_model(inputs).as_json(),
        "state": PreviewState.WAITING,
        "asked_by": user,
    }
    with transaction.atomic():
        text, is_new = Preview.objects.get_or_create(**key, defaults=columns)
        if is_new:
            jobs.write_later(text.pk)
    return text


def retry(preview_id: UUID) -> None:
    """Let the model try a failed text again; otherwise do nothing."""
    with transaction.atomic():
        failed = Preview.objects.filter(pk=preview_id, state=PreviewState.FAILED)
        if failed.update(state=PreviewState.WAITING, attempt=0, error="", not_before=None, finished_at=None):
            jobs.write_later(preview_id)
