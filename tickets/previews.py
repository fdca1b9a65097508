"""Previews: a text as it would be posted now, from the cache that all processes share (docs/texts.md)."""

from accounts.models import User
from sessions.models import AISession
from tickets.bundle import ClosingInput, read_bundle
from tickets.models import Kind, Language, Preview
from tickets.models.preview import BUILT_IN
from tickets.writing.writer import write


def preview_of(
    session: AISession,
    kind: Kind,
    *,
    user: User,
    inputs: ClosingInput | None = None,
    language: Language | None = None,
    writer: str | None = None,
) -> tuple[Preview, bool]:
    """Return the preview, and whether it came from the cache. `language`: the account's without one."""
    inputs, language = inputs or ClosingInput(), language or Language(session.account.language)
    key = {
        "session": session,
        "kind": kind,
        "language": language,
        "writer": writer or BUILT_IN,
        "state_version": session.state_version,
        "digest": inputs.digest,
    }
    if found := Preview.objects.filter(**key).first():
        return found, True
    bundle = read_bundle(session, inputs=inputs, user=user)
    document = write(bundle, kind, language)
    columns = {
        "account_id": session.account_id,
        "inputs": inputs.as_json(),
        "document": document.as_json(),
        "asked_by": user,
    }
    return Preview.objects.get_or_create(**key, defaults=columns)[0], False
