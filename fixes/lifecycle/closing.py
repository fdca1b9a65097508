"""How an outcome, or its undo, changes a session that is already closed (docs/lifecycle.md, *Sessions*)."""

from fixes.transitions import Status
from sessions.models import AISession, ResolutionKind, SessionStatus
from sessions.one_act import one_act

ACTIVE_AGAIN = (SessionStatus.ACTIVE, None)
VERIFIED = (SessionStatus.RESOLVED, ResolutionKind.VERIFIED)
PROVISIONAL = (SessionStatus.RESOLVED, ResolutionKind.PROVISIONAL)

AFTER_OUTCOME = {
    (ResolutionKind.PROVISIONAL, Status.SUCCESS): VERIFIED,
    (ResolutionKind.PROVISIONAL, Status.FAILED): ACTIVE_AGAIN,
    (ResolutionKind.PROVISIONAL, Status.PARTIAL): ACTIVE_AGAIN,
    (ResolutionKind.PROVISIONAL, Status.DISMISSED): ACTIVE_AGAIN,
    (ResolutionKind.PROVISIONAL, Status.PROPOSED): ACTIVE_AGAIN,
}
"""(kind of resolution, new status of the current fix) → (status of the session, new kind)."""

AFTER_REOPEN = {
    (ResolutionKind.VERIFIED, Status.PENDING): PROVISIONAL,
    (ResolutionKind.VERIFIED, Status.PARTIAL): ACTIVE_AGAIN,
    (ResolutionKind.VERIFIED, Status.PROPOSED): ACTIVE_AGAIN,
}
"""(kind of resolution, status to which a success returned) → (status of the session, new kind)."""

AFTER_UNDO_OF_RESOLVE = {ResolutionKind.WITHOUT_FIX: ACTIVE_AGAIN}
"""Kind of resolution → (status of the session, new kind), when the outcome that was recorded by resolving is undone.

The session would have an open fix that nobody was asked about. The tables above come first.
"""

KIND_WHEN_RESOLVED = {Status.SUCCESS: ResolutionKind.VERIFIED, Status.PENDING: ResolutionKind.PROVISIONAL}
"""Status of the current fix → kind of resolution. For any other status, or no fix, it is *without a fix*."""


def session_changes(
    session: AISession, old: Status, new: Status, *, undoes_resolve: bool = False
) -> dict[str, str | None]:
    """Return the columns of the session that change when its current fix goes from `old` to `new`.

    `undoes_resolve`: the outcome was recorded by resolving the session, and is undone.
    """
    if not session.resolution_kind:
        return {}
    kind = ResolutionKind(session.resolution_kind)
    table = AFTER_REOPEN if old == Status.SUCCESS else AFTER_OUTCOME
    follows = table.get((kind, new)) or (AFTER_UNDO_OF_RESOLVE.get(kind) if undoes_resolve else None)
    return dict(zip(("status", "resolution_kind"), follows, strict=True)) if follows else {}


def conclude(session: AISession, status: SessionStatus) -> None:
    """Give an imported session its final status, with the kind of resolution that its fixes justify."""
    if status == SessionStatus.ACTIVE:
        return
    with one_act(session.pk, sessions=AISession.objects.filter(account=session.account_id)) as locked:
        kind = kind_when_resolved(locked) if status == SessionStatus.RESOLVED else None
        locked.advance(locked.updated_at, status=status, resolution_kind=kind)


def kind_when_resolved(session: AISession) -> ResolutionKind:
    """Return the kind of resolution that the session's current fix justifies: one query."""
    current = session.suggested_fixes.current().values_list("status", flat=True).first()
    return (
        KIND_WHEN_RESOLVED.get(Status(current), ResolutionKind.WITHOUT_FIX) if current else ResolutionKind.WITHOUT_FIX
    )
