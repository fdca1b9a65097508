"""What the marker PROMOTE does: it adds a fact to what is known in the session (docs/domain.md §6, *Markers*)."""

from typing import Any

from django.db.models import F

from common.refusals import InvalidInput
from common.text import clean_text
from common.values import unknown_keys
from sessions import facts
from sessions.markers import Done, MarkerContext
from sessions.models import AISession, Fact
from sessions.refusals import FactChanged

KEYS = ("text", "kind")
KNOWN = "This was known already."
REMOVED = "A person has removed this fact from the session."


def promote(context: MarkerContext, payload: dict[str, Any]) -> Done:
    """Add a fact whose source is the message. One that is known already isn't added again.

    Raises what `sessions.facts.add` raises; FactChanged for a fact that a person has removed.
    """
    if unknown := unknown_keys(payload, KEYS):
        raise InvalidInput(**unknown)
    text, kind = payload.get("text"), payload.get("kind", "")
    if same := _same(context.session, text):
        if same.is_removed:
            raise FactChanged(REMOVED, fact=same, code="fact_removed")
        return Done(same.pk, KNOWN)
    sessions = AISession.objects.filter(account=context.session.account_id)
    fact = facts.add(context.session.pk, text, kind, user=None, source=context.message.pk, sessions=sessions)
    return Done(fact.pk)


def _same(session: AISession, text: Any) -> Fact | None:
    """Return a fact of the session with this text, whatever its case; one that is there before a removed one."""
    cleaned = clean_text(text, "text", max_length=facts.TEXT_MAX)
    if cleaned is None:
        return None
    return session.facts.filter(text__iexact=cleaned).order_by(F("deleted_at").asc(nulls_first=True)).first()
