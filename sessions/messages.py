"""Reads and writes message rows, for the acts on a session."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from sessions.models import AISession, Author, Message


def append_message(
    session: AISession, author: Author, text: str, *, user: User | None, now: datetime, **columns: Any
) -> Message:
    """Insert the message's row; the caller holds the session's lock and has raised its version."""
    last = session.messages.aggregate(last=Max("sequence"))["last"] or 0
    return Message.objects.create(
        session=session,
        account_id=session.account_id,
        sequence=last + 1,
        author=author,
        user=user,
        content=text,
        created_at=now,
        **columns,
    )


def sent_before(session: AISession, user: User | None, form_key: UUID | None) -> Message | None:
    """Return the message that the form with this key created, if it was sent before. The caller holds the lock."""
    return session.messages.filter(user=user, form_key=form_key).first() if form_key else None
