"""Acts on a session itself: open one, write in it, pause it, abandon it, reopen it (docs/domain.md §3, §7).

Each locks the session, checks, writes, and raises its state version by one, in one transaction. Inside
`sessions.one_act.one_act` several of them are one act.
`sessions` are the rows that the caller may change; one that isn't among them raises AISession.DoesNotExist.
`version` is the state version that the caller saw; another one by now raises Stale.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from common.refusals import IllegalTransition
from common.text import MESSAGE_MAX, required_text
from common.versions import Seen, refuse_stale
from sessions.models import AISession, Author, Message, SessionStatus
from sessions.one_act import Sessions, one_act
from sessions.refusals import SessionClosed

ALLOWED: dict[SessionStatus, tuple[SessionStatus, ...]] = {
    SessionStatus.ACTIVE: (SessionStatus.PAUSED, SessionStatus.ABANDONED),
    SessionStatus.PAUSED: (SessionStatus.ACTIVE, SessionStatus.ABANDONED),
    SessionStatus.RESOLVED: (),
    SessionStatus.ESCALATED: (),
    SessionStatus.ABANDONED: (),
}
"""Status → what people may set it to. Resolve and escalate are acts of their own; back leads only *reopen*."""

REOPENABLE = (SessionStatus.RESOLVED, SessionStatus.ESCALATED, SessionStatus.ABANDONED)


def begin(account_id: UUID, owner: User, words: dict[str, str]) -> AISession:
    """Open a session. `words`: columns of the new row, as `sessions.validation.checked` returns them."""
    return AISession.objects.create(account_id=account_id, owner=owner, **words)


def post(
    session_id: UUID,
    author: Author,
    content: str | None,
    *,
    user: User | None,
    at: datetime | None = None,
    sessions: Sessions,
    version: Seen | None = None,
) -> Message:
    """Append a message. Raises InvalidInput on `content`, SessionClosed."""
    text = required_text(content, "content", "Write something first.", max_length=MESSAGE_MAX)
    with one_act(session_id, sessions=sessions) as session:
        _refuse_stale(session, version)
        if session.is_closed:
            raise SessionClosed(f"This session is {session.status}. Reopen it to write in it.")
        now = at or timezone.now()
        session.advance(now)
        return append_message(session, author, text, user=user, now=now)


def append_message(session: AISession, author: Author, text: str, *, user: User | None, now: datetime) -> Message:
    """The message's row; the caller holds the session's lock and has raised its version."""
    last = session.messages.aggregate(last=Max("sequence"))["last"] or 0
    return Message.objects.create(
        session=session,
        account_id=session.account_id,
        sequence=last + 1,
        author=author,
        user=user,
        content=text,
        created_at=now,
    )


def edit(session_id: UUID, changes: dict[str, str], *, sessions: Sessions, version: Seen | None = None) -> AISession:
    """Change title, problem, client, ticket or status; what already stands writes nothing.

    Raises IllegalTransition for a status that can't be set.
    """
    with one_act(session_id, sessions=sessions) as session:
        news = {field: value for field, value in changes.items() if getattr(session, field) != value}
        if not news:
            return session
        _refuse_stale(session, version)
        if "status" in news:
            _refuse_status(session, SessionStatus(news["status"]))
        session.advance(timezone.now(), **news)
        return session


def _refuse_stale(session: AISession, version: Seen | None) -> None:
    refuse_stale(version, session.state_version, "Something happened in this session since. Nothing was recorded.")


def _refuse_status(session: AISession, new: SessionStatus) -> None:
    if new not in ALLOWED[SessionStatus(session.status)]:
        raise IllegalTransition(f"A session that is {session.status} can’t be set to {new}.")


def reopen(
    session_id: UUID,
    reason: str | None,
    *,
    user: User,
    sessions: Sessions,
    version: Seen | None = None,
) -> AISession:
    """Make a closed session active again. The reason stands in its conversation. Raises InvalidInput on `reason`."""
    words = required_text(reason, "reason", "Say why this session is reopened.")
    with one_act(session_id, sessions=sessions) as session:
        _refuse_stale(session, version)
        if session.status not in REOPENABLE:
            raise IllegalTransition(f"This session is {session.status}: there is nothing to reopen.")
        now = timezone.now()
        session.advance(now, status=SessionStatus.ACTIVE, resolution_kind=None)
        append_message(session, Author.SYSTEM, f"Reopened by {user}: {words}", user=user, now=now)
        return session
