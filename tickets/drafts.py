"""Drafts: texts that somebody edits before they are posted, one for each session and kind, kept on the server."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.refusals import InvalidInput, Refusal
from common.text import verbatim
from sessions.models import AISession
from tickets.models import Draft, Kind, Language
from tickets.posting import TEXT_MAX


class DraftChanged(Refusal):
    """Somebody else saved another text meanwhile. Nothing was saved."""

    code = "stale"

    def __init__(self, draft: Draft | None) -> None:
        self.draft = draft
        super().__init__("Someone saved another text meanwhile. Yours isn’t saved on the server yet.")


@dataclass(frozen=True)
class Begun:
    """What a draft began from: the text as it was written, and the session's state version then."""

    markdown: str
    state_version: int


def draft_of(session: AISession, kind: Kind) -> Draft | None:
    return Draft.objects.filter(session=session, kind=kind).select_related("edited_by").first()


def save(
    session: AISession, kind: Kind, text: str, *, user: User, language: Language, begun: Begun, version: int
) -> Draft:
    """Save the text. `version`: the draft's that was edited, 0 for a new one; `begun`: what a new one began from.

    Raises DraftChanged when the draft has another version by now and another text, InvalidInput on `text`.
    """
    kept = _clean(text)
    with transaction.atomic():
        of_session = Draft.objects.select_for_update(of=["self"]).filter(session=session, kind=kind)
        draft = of_session.select_related("edited_by").first()
        if draft is None and not version:
            return _begin(session, kind, kept, user, language, begun)
        if draft and draft.markdown == kept:
            return draft
        if draft is None or draft.version != version:
            raise DraftChanged(draft)
        draft.markdown, draft.version = kept, version + 1
        draft.edited_by, draft.edited_at = user, timezone.now()
        draft.save(update_fields=["markdown", "version", "edited_by", "edited_at"])
        return draft


def _begin(session: AISession, kind: Kind, text: str, user: User, language: Language, begun: Begun) -> Draft:
    columns = {
        "account_id": session.account_id,
        "language": language,
        "markdown": text,
        "begun_from": begun.markdown,
        "state_version": begun.state_version,
        "edited_by": user,
    }
    draft, is_new = Draft.objects.get_or_create(session=session, kind=kind, defaults=columns)
    if not is_new and draft.markdown != text:
        raise DraftChanged(draft)
    return draft


def _clean(text: str) -> str:
    """Return the text as it is kept: a draft may be half a text, but no more than can be stored."""
    kept = verbatim(text.replace("\r\n", "\n"), "text", max_length=TEXT_MAX)
    if kept is None:
        raise InvalidInput(text="This text is empty. It wasn’t saved.")
    return kept


def accept_changes(draft: Draft, begun: Begun) -> Draft:
    """Take note that whoever edits the draft has seen what changed since it began, and return it."""
    draft.begun_from, draft.state_version = begun.markdown, begun.state_version
    Draft.objects.filter(pk=draft.pk).update(begun_from=begun.markdown, state_version=begun.state_version)
    return draft


def discard(session: AISession, kind: Kind) -> None:
    Draft.objects.filter(session=session, kind=kind).delete()


def end_with_posting(session: AISession, kind: Kind, posted: str, user: User) -> None:
    """Delete the draft that was posted. A colleague's other draft stays: a script may have posted a text of its own."""
    drafts = Draft.objects.filter(session=session, kind=kind)
    drafts.filter(Q(markdown=posted) | Q(edited_by=user)).delete()
