"""The part of a conversation that one page shows: fifty lines, and where the earlier and later ones begin.

A page of a session with two thousand messages costs as much as one with fifty. Its end is shown unless the address
names another part (`?before=`, `?after=`, `?message=`, `?entry=`, which is the state version of another app's entry).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet
from django.http import QueryDict

from common.compiled_query import compiled
from sessions.conversation import Line, Shown, entries_of, merged, messages_with_authors
from sessions.extensions import Panel
from sessions.models import AISession, Message

SIZE = 50
"""Lines of the conversation on one page."""
CONTEXT = 5
"""Messages above the one that an address names."""

_POSITION = re.compile(r"(\d{1,9})-(\d{1,9})")
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Position:
    """A place between two lines: after this message (by its number) and after so many entries of other apps."""

    message: int = 0
    entries: int = 0

    def __str__(self) -> str:
        return f"{self.message}-{self.entries}"

    @classmethod
    def read(cls, text: str | None) -> "Position | None":
        """Return what `str` wrote; None for anything else."""
        match = _POSITION.fullmatch(text or "")
        return cls(int(match[1]), int(match[2])) if match else None


@dataclass(frozen=True)
class More:
    """Lines that the page doesn't show. `count` of them lie beyond `position`."""

    position: Position
    count: int

    @property
    def amount(self) -> str:
        """How many of them the next page shows, and of how many if not all."""
        return f"{SIZE} of {self.count:,}" if self.count > SIZE else f"{self.count}"


@dataclass(frozen=True)
class Window:
    """`shown`: up to where the page knows the session, wherever its window is."""

    lines: list[Line]
    earlier: More | None
    later: More | None
    shown: Shown


def window_of(session: AISession, panels: Mapping[str, Panel], query: QueryDict) -> Window:
    """Return the part of the conversation that an address's query names. Without a name that is known: its end."""
    thread = _Thread(session, panels)
    if before := Position.read(query.get("before")):
        return thread.before(before)
    if after := Position.read(query.get("after")):
        return thread.after(after)
    number, version = query.get("message", ""), query.get("entry", "")
    if _NUMBER.fullmatch(version):
        return thread.around_entry(int(version))
    return thread.around(int(number)) if _NUMBER.fullmatch(number) else thread.end()


class _Thread:
    """The whole conversation of a session, read as far as a window needs it."""

    def __init__(self, session: AISession, panels: Mapping[str, Panel]) -> None:
        self.session = session
        self.messages = messages_with_authors(session.pk)
        self.entries = entries_of(panels)

    def end(self) -> Window:
        latest = _latest_of(self.session.pk)
        return self._before(Position(latest[0].sequence if latest else 0, len(self.entries)), latest)

    def before(self, position: Position) -> Window:
        position, last = self._clamped(position)
        latest = list(self.messages.filter(sequence__lte=position.message).reverse()[:SIZE])
        return self._before(position, latest, last)

    def after(self, position: Position) -> Window:
        position, last = self._clamped(position)
        return self._after(position, self._first_after(position), last)

    def around(self, number: int) -> Window:
        """Return the lines from shortly above this message on, or the end if that shows it."""
        end = self.end()
        if end.earlier is None or number > end.earlier.position.message:
            return end
        start = Position(max(0, number - 1 - CONTEXT))
        first = self._first_after(start)
        entries = sum(entry.at < first[0].created_at for entry in self.entries) if start.message else 0
        return self._after(Position(start.message, entries), first, end.shown.message)

    def around_entry(self, version: int) -> Window:
        """Return the lines from shortly above the entry of this state version on, or the end if that shows it."""
        end = self.end()
        versions = [each.entry.state_version for each in self.entries if not isinstance(each.entry, Message)]
        place = versions.index(version) if version in versions else None
        if place is None or end.earlier is None or place >= end.earlier.position.entries:
            return end
        before = self.messages.filter(created_at__lte=self.entries[place].at)
        last = before.aggregate(last=Max("sequence"))["last"] or 0
        start = max(0, last - CONTEXT)
        first = self._first_after(Position(start))
        entries = sum(each.at < first[0].created_at for each in self.entries[:place]) if start else 0
        return self._after(Position(start, entries), first, end.shown.message)

    def _clamped(self, position: Position) -> tuple[Position, int]:
        """Return the position, or the end if it lies beyond it; and the last message's number."""
        last = self.messages.aggregate(last=Max("sequence"))["last"] or 0
        return Position(min(position.message, last), min(position.entries, len(self.entries))), last

    def _first_after(self, position: Position) -> list[Message]:
        return list(self.messages.filter(sequence__gt=position.message)[:SIZE])

    def _before(self, position: Position, latest: list[Message], last: int | None = None) -> Window:
        lines = merged(reversed(latest), self.entries[: position.entries])[-SIZE:]
        numbers, entries = _numbers(lines), _entries(lines)
        start = Position(numbers[0] - 1 if numbers else position.message, position.entries - entries)
        return self._window(lines, start, position, position.message if last is None else last)

    def _after(self, position: Position, first: list[Message], last: int) -> Window:
        lines = merged(first, self.entries[position.entries :])[:SIZE]
        numbers, entries = _numbers(lines), _entries(lines)
        end = Position(numbers[-1] if numbers else position.message, position.entries + entries)
        return self._window(lines, position, end, last)

    def _window(self, lines: list[Line], start: Position, end: Position, last: int) -> Window:
        earlier = start.message + start.entries
        later = last - end.message + len(self.entries) - end.entries
        return Window(
            lines,
            More(start, earlier) if earlier > 0 else None,
            More(end, later) if later > 0 else None,
            Shown(self.session.state_version, last),
        )


@compiled(UUID)
def _latest_of(session_id: UUID) -> QuerySet[Message]:
    return messages_with_authors(session_id).reverse()[:SIZE]


def _numbers(lines: list[Line]) -> list[int]:
    return [line.entry.sequence for line in lines if isinstance(line.entry, Message)]


def _entries(lines: list[Line]) -> int:
    return len(lines) - len(_numbers(lines))
