"""The conversation as a page shows it: messages, and the entries of other apps, in the order they happened."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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


COLUMNS = ("session_id", "sequence", "author", "content", "created_at", "user__display_name", "user__email")


def messages_of(session: AISession, after: Shown | None = None) -> list[Message]:
    messages = session.messages.select_related("user").only(*COLUMNS).order_by("sequence")
    return list(messages.filter(sequence__gt=after.message) if after else messages)


def lines_of(messages: Iterable[Message], panels: Mapping[str, Panel], after: Shown | None = None) -> list[Line]:
    """Return messages and entries, oldest first; of the same instant, the message first."""
    version = after.version if after else -1
    entries = [
        Line(entry, each.entry_template)
        for each in registered()
        for entry in panels[each.name].entries
        if entry.state_version > version
    ]
    return sorted([*map(Line, messages), *entries], key=lambda line: line.at)


def shown_now(session: AISession, messages: list[Message], before: Shown | None = None) -> Shown:
    """Return what a page shows once it has these messages, too."""
    last = messages[-1].sequence if messages else (before.message if before else 0)
    return Shown(session.state_version, last)
