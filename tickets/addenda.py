"""Addenda: what a posted text doesn't say yet, dated and added to it (docs/texts.md).

A posted text is never rewritten. When an outcome is recorded after it, what that means is offered as an addendum to
the latest note or package. Once it is posted, nothing is offered until the next outcome.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from common.refusals import IllegalTransition
from common.versions import Seen
from fixes.lifecycle import By
from fixes.models import FixEvent
from fixes.transitions import Action
from sessions.models import AISession
from sessions.one_act import Sessions, one_act
from sessions.refusals import refuse_stale_session
from tickets import drafts, posting
from tickets.actors import person_of
from tickets.bundle import Bundle, read_bundle
from tickets.models import Kind, Language, PostedText
from tickets.posting import Edited
from tickets.writing.built_in.addendum import addendum
from tickets.writing.document import Document

CHANGES_OUTCOME = (Action.RECORD, Action.CONFIRM, Action.REOPEN)


@dataclass(frozen=True)
class Offer:
    """An addendum that can be posted. `adds_to`: the note or package. `bundle`: what it was written from."""

    adds_to: PostedText
    document: Document
    bundle: Bundle


def offered(session: AISession) -> Document | None:
    """Return what the session's latest text doesn't say yet, in that text's language; None when it says everything."""
    offer = offer_for(session)
    return offer.document if offer else None


def offer_for(
    session: AISession, *, language: Language | None = None, user: User | None = None, now: datetime | None = None
) -> Offer | None:
    """Return the addendum that can be posted: one query without any text, two without an outcome after it."""
    latest = session.texts.select_related("adds_to").order_by("-state_version").first()
    if latest is None or not _outcome_since(session, latest.state_version):
        return None
    adds_to = latest.adds_to or latest
    bundle = read_bundle(session, user=user, now=now or timezone.now())
    document = addendum(bundle, latest.state_version, language or Language(adds_to.language))
    return Offer(adds_to, document, bundle) if document else None


def post(
    session_id: UUID,
    by: By,
    *,
    text: str | None = None,
    language: Language | None = None,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
    my_words: bool = False,
    adds_to: UUID | None = None,
) -> PostedText:
    """Post the addendum that is offered, or `text` in its place. It is one act on the session.

    `language`: the posted text's without one. `adds_to`: the text that the caller means. Raises InvalidInput on `text`,
    Stale, KeepsUnverifiedWords, and IllegalTransition when nothing can be added, or not to that text.
    """
    edited = Edited.of(text, my_words)
    with one_act(session_id, sessions=sessions) as session:
        if posted := posting.posted_before(session, by, form_key):
            return posted
        refuse_stale_session(session, version)
        by = replace(by, at=by.now())  # the time that the text says is the time at which it is posted
        offer = _checked(offer_for(session, language=language, user=by.user, now=by.at), adds_to)
        session.advance(by.now())
        if edited:
            drafts.end_with_posting(session, Kind.ADDENDUM, edited.markdown, person_of(by))
        return posting.post(session, offer.document, offer.bundle, edited, by, form_key=form_key, adds_to=offer.adds_to)


def _checked(offer: Offer | None, adds_to: UUID | None) -> Offer:
    """Return what can be posted. Raises IllegalTransition when nothing can, or not to that text."""
    if offer is None:
        raise IllegalTransition("No outcome was recorded after the latest text: there is nothing to add to it.")
    if adds_to is not None and offer.adds_to.pk != adds_to:
        raise IllegalTransition("A later text has taken this one’s place. Add to that one. Nothing was posted.")
    return offer


def _outcome_since(session: AISession, state_version: int) -> bool:
    later = FixEvent.objects.filter(session=session, state_version__gt=state_version)
    return later.filter(action__in=CHANGES_OUTCOME).exists()
