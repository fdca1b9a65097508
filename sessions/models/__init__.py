"""The tables of a troubleshooting session: its ticket, messages and facts, and notices about it (docs/domain.md §3)."""

from sessions.models.fact import Fact, FactKind
from sessions.models.message import Author, Message
from sessions.models.notice import Notice
from sessions.models.session import (
    CLOSED,
    OPEN,
    SEARCHED,
    UNFINISHED,
    ActInProgress,
    AISession,
    ResolutionKind,
    SessionQuerySet,
    SessionStatus,
)

__all__ = [
    "CLOSED",
    "OPEN",
    "SEARCHED",
    "UNFINISHED",
    "AISession",
    "ActInProgress",
    "Author",
    "Fact",
    "FactKind",
    "Message",
    "Notice",
    "ResolutionKind",
    "SessionQuerySet",
    "SessionStatus",
]
