"""Posted texts and handoffs as rows, for tests about how they are shown."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from sessions.models import AISession
from tickets.models import Handoff, HandoffEvent, Kind, Language, PostedText

NOTE = "## Problem\n\nOutlook asks for a password.\n\n## Resolution\n\nThe profile was made anew.\n"


def posted(session: AISession, kind: Kind = Kind.NOTE, *, at: datetime | None = None, **columns: Any) -> PostedText:
    """Post a text by the session's owner, and say so in the session, as closing it does."""
    at = at or timezone.now()
    column = "resolution_note" if kind == Kind.NOTE else "escalation_package"
    if kind != Kind.ADDENDUM:
        AISession.objects.filter(pk=session.pk).update(**{column: NOTE, f"{column}_posted_at": at})
    defaults = {"markdown": NOTE, "language": Language.ENGLISH, "writer": "built-in", "posted_by": session.owner}
    return PostedText.objects.create(
        session=session,
        account_id=session.account_id,
        kind=kind,
        posted_at=at,
        state_version=session.state_version,
        **{**defaults, **columns},
    )


def handed_over(session: AISession, *, target: User | None = None, **columns: Any) -> Handoff:
    """Escalate with a posted package."""
    text = posted(session, Kind.PACKAGE)
    handoff = Handoff.objects.create(
        session=session, account_id=session.account_id, from_user=session.owner, target=target, text=text, **columns
    )
    acted(handoff, "escalate", session.owner)
    return handoff


def acted(handoff: Handoff, action: str, actor: User, notes: str = "") -> HandoffEvent:
    return HandoffEvent.objects.create(
        handoff=handoff,
        session=handoff.session,
        account_id=handoff.account_id,
        action=action,
        actor=actor,
        notes=notes,
        at=timezone.now(),
        state_version=handoff.session.state_version,
    )
