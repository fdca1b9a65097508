"""What a verdict, or taking one back, does to a session that is already closed (docs/lifecycle.md, *Sessions*)."""

from fixes.transitions import Status
from sessions.models import AISession, ResolutionKind, SessionStatus

ACTIVE_AGAIN = (SessionStatus.ACTIVE, None)
VERIFIED = (SessionStatus.RESOLVED, ResolutionKind.VERIFIED)
PROVISIONAL = (SessionStatus.RESOLVED, ResolutionKind.PROVISIONAL)

AFTER_OUTCOME = {
    (ResolutionKind.PROVISIONAL, Status.SUCCESS): VERIFIED,
    (ResolutionKind.PROVISIONAL, Status.FAILED): ACTIVE_AGAIN,
    (ResolutionKind.PROVISIONAL, Status.PARTIAL): ACTIVE_AGAIN,
    (ResolutionKind.PROVISIONAL, Status.DISMISSED): ACTIVE_AGAIN,
}
"""(kind of resolution, outcome recorded on the current fix) → (session's status, its kind)."""

AFTER_REOPEN = {
    (ResolutionKind.VERIFIED, Status.PENDING): PROVISIONAL,
    (ResolutionKind.VERIFIED, Status.PARTIAL): ACTIVE_AGAIN,
    (ResolutionKind.VERIFIED, Status.PROPOSED): ACTIVE_AGAIN,
}
"""(kind of resolution, status that the reopened success went back to) → the same."""

KIND_WHEN_RESOLVED = {Status.SUCCESS: ResolutionKind.VERIFIED, Status.PENDING: ResolutionKind.PROVISIONAL}
"""Status of the current fix → kind of resolution; every other one, and none: without a fix."""


def session_changes(session: AISession, old: Status, new: Status) -> dict[str, object]:
    """The columns of the session that follow from its current fix going from `old` to `new`."""
    table = AFTER_REOPEN if old == Status.SUCCESS else AFTER_OUTCOME
    kind = session.resolution_kind
    follows = table.get((ResolutionKind(kind), new)) if kind else None
    return dict(zip(("status", "resolution_kind"), follows, strict=True)) if follows else {}


def conclude(session: AISession, current: Status | None, status: SessionStatus) -> None:
    """Leave a session that was replayed from elsewhere at its status; `current`: its current fix's, if there is one."""
    if status == SessionStatus.ACTIVE:
        return
    kind = KIND_WHEN_RESOLVED.get(current, ResolutionKind.WITHOUT_FIX) if current else ResolutionKind.WITHOUT_FIX
    session.bump(session.updated_at, status=status, resolution_kind=kind if status == SessionStatus.RESOLVED else None)
