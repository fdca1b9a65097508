"""Acts on the status of a session: pause, resume, abandon, undo, reopen (docs/domain.md §3, §7)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from common.refusals import IllegalTransition
from common.text import required_text
from common.versions import Seen
from sessions import extensions
from sessions.messages import append_message, sent_before
from sessions.models import AISession, Author, SessionStatus
from sessions.one_act import Sessions, one_act
from sessions.refusals import refuse_stale_session

ALLOWED: dict[SessionStatus, tuple[SessionStatus, ...]] = {
    SessionStatus.ACTIVE: (SessionStatus.PAUSED, SessionStatus.ABANDONED),
    SessionStatus.PAUSED: (SessionStatus.ACTIVE, SessionStatus.ABANDONED),
    SessionStatus.RESOLVED: (),
    SessionStatus.ESCALATED: (),
    SessionStatus.ABANDONED: (),
}
"""Status → what people may set it to. Resolve and escalate are separate acts; only *reopen* leads back."""

REOPENABLE = (SessionStatus.RESOLVED, SessionStatus.ESCALATED, SessionStatus.ABANDONED)
UNDOABLE = (SessionStatus.PAUSED, SessionStatus.ABANDONED)
UNDO_WINDOW = timedelta(minutes=10)
UNDO_COLUMNS = ("status_before", "status_changed_at", "status_changed_by_id")

DID = {
    SessionStatus.ACTIVE: "resumed this session.",
    SessionStatus.PAUSED: "paused this session.",
    SessionStatus.ABANDONED: "abandoned this session.",
}
"""New status → the system message about it, after the person's name."""


def set_status(session: AISession, new: SessionStatus, user: User, edits: dict[str, str]) -> AISession:
    """Pause, resume or abandon a session, and write `edits` to other columns. The caller holds the lock."""
    if new not in ALLOWED[SessionStatus(session.status)]:
        raise IllegalTransition(f"A session that is {session.status} can’t be set to {new}.")
    now = timezone.now()
    can_undo = {"status_before": session.status, "status_changed_at": now, "status_changed_by_id": user.pk}
    session.advance(now, **edits, status=new, **can_undo)
    append_message(session, Author.SYSTEM, f"{user} {DID[new]}", user=user, now=now)
    return session


def may_undo(session: AISession, user: User, now: datetime) -> bool:
    """Return whether this person paused or abandoned the session within the last ten minutes."""
    changed = session.status_changed_at
    is_theirs = session.status in UNDOABLE and session.status_changed_by_id == user.pk
    return is_theirs and user.can_work and changed is not None and now - changed < UNDO_WINDOW


def undo(session_id: UUID, *, user: User, sessions: Sessions) -> AISession:
    """Give the session the status that it had before this person paused or abandoned it."""
    with one_act(session_id, sessions=sessions) as session:
        now = timezone.now()
        if session.status not in UNDOABLE:
            raise IllegalTransition(f"This session is {session.status}: there is nothing to undo.")
        if not may_undo(session, user, now):
            raise IllegalTransition("Only the person who did it can undo it, for ten minutes.")
        undone = f"{user} undid that: the session is {session.status_before} again."
        session.advance(now, status=session.status_before, **dict.fromkeys(UNDO_COLUMNS))
        append_message(session, Author.SYSTEM, undone, user=user, now=now)
        return session


def reopen(
    session_id: UUID,
    reason: str | None,
    *,
    user: User,
    sessions: Sessions,
    version: Seen | None = None,
    form_key: UUID | None = None,
) -> AISession:
    """Make a closed session active again. The reason goes into its conversation. Raises InvalidInput on `reason`."""
    text = required_text(reason, "reason", "Say why you are reopening this session.")
    with one_act(session_id, sessions=sessions) as session:
        if sent_before(session, user, form_key):
            return session
        refuse_stale_session(session, version)
        if session.status not in REOPENABLE:
            raise IllegalTransition(f"This session is {session.status}: there is nothing to reopen.")
        now = timezone.now()
        session.advance(now, status=SessionStatus.ACTIVE, resolution_kind=None, **dict.fromkeys(UNDO_COLUMNS))
        append_message(session, Author.SYSTEM, f"Reopened by {user}: {text}", user=user, now=now, form_key=form_key)
        extensions.reopened(session, user, now)
        return session
