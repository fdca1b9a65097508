"""The conversation as a page shows it: messages, and the entries of other apps, in the order they happened."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from operator import itemgetter
from uuid import UUID

from django.db.models import QuerySet

from sessions.extensions import Entry, Panel, registered
from sessions.models import AISession, Message

_SHOWN = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class Shown:
    """How much of a session a page shows: up to which state version, and up to which message."""

    version: int = 0
    message: int = 0

    def __str__(self) -> str:
        return f"{self.version}-{self.message}"

    @classmethod
    def read(cls, text: str | None) -> "Shown | None":
        """Return what `str` wrote; None for anything else."""
        match = _SHOWN.fullmatch(text or "")
        return cls(int(match[1]), int(match[2])) if match else None


@dataclass(frozen=True)
class Line:
    """One line of the conversation. `template` renders the entry of another app; None: it is a message."""

    entry: Message | Entry
    template: str | None = None

    @property
    def at(self) -> datetime:
        return self.entry.created_at if isinstance(self.entry, Message) else self.entry.at


COLUMNS = (
    *("session_id", "sequence", "author", "content", "created_at", "origin", "effects"),
    *("user__display_name", "user__email"),
)


def messages_with_authors(session_id: UUID) -> QuerySet[Message]:
    """Return a session's messages with what a page shows of them, oldest first."""
    return Message.objects.filter(session_id=session_id).select_related("user").only(*COLUMNS).order_by("sequence")


def messages_after(session: AISession, shown: Shown) -> list[Message]:
    return list(messages_with_authors(session.pk).filter(sequence__gt=shown.message))


def entries_of(panels: Mapping[str, Panel], after: Shown | None = None) -> list[Line]:
    """Return the entries of all apps, oldest first."""
    version = after.version if after else -1
    entries = [
        Line(entry, each.entry_template)
        for each in registered()
        for entry in panels[each.name].entries
        if entry.state_version > version
    ]
    return sorted(entries, key=lambda line: line.at)


def merged(messages: Iterable[Message], entries: Iterable[Line]) -> list[Line]:
    """Return messages and entries by time; of the same instant, the message first.

    Each kind keeps its own order, also where an import brought a message that is older than the one before it.
    """
    timed = [*_timed(map(Line, messages)), *_timed(entries)]
    return [line for _, line in sorted(timed, key=itemgetter(0))]


def _timed(lines: Iterable[Line]) -> Iterable[tuple[datetime, Line]]:
    lines = list(lines)
    return zip(accumulate((line.at for line in lines), max), lines, strict=True)


def shown_with(session: AISession, messages: list[Message], before: Shown) -> Shown:
    """Return what a page shows once it has these messages, too."""
    return Shown(session.state_version, messages[-1].sequence if messages else before.message)
