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


def session_changes(session: AISession, old: Status, new: Status) -> dict[str, object]:
    """The columns of the session that follow from its current fix going from `old` to `new`."""
    table = AFTER_REOPEN if old == Status.SUCCESS else AFTER_OUTCOME
    kind = session.resolution_kind
    follows = table.get((ResolutionKind(kind), new)) if kind else None
    return dict(zip(("status", "resolution_kind"), follows, strict=True)) if follows else {}


def kind_when_resolved(current: Status | None) -> ResolutionKind:
    """The kind of resolution with the current fix at this status; None: there is no fix."""
    kinds = {Status.SUCCESS: ResolutionKind.VERIFIED, Status.PENDING: ResolutionKind.PROVISIONAL}
    return kinds.get(current, ResolutionKind.WITHOUT_FIX) if current else ResolutionKind.WITHOUT_FIX
