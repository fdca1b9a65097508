"""Messages prepared for the conversation's template, which would look up every part of each of them again and again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from sessions.conversation import Line
from sessions.extensions import Entry, slots_at
from sessions.known import draft_key
from sessions.models import AISession, Author, Message


@dataclass(frozen=True)
class EntryLine:
    """An entry of another app, and the template that renders it."""

    entry: Entry
    template: str | None


@dataclass(frozen=True)
class MessageLine:
    """`by`: who wrote it. `initial`: of a person; others have an icon.

    `draft_key`: of the form that takes a fact from it; "" where this person can't. `slots`: those at it that show
    something.
    """

    message: Message
    number: SafeString
    by: str
    initial: str
    draft_key: SafeString
    slots: frozenset[str]
    template: None = None  # which a template would look for at length

    @property
    def has_foot(self) -> bool:
        return "message-foot" in self.slots

    @property
    def is_followed(self) -> bool:
        return "after-message" in self.slots


def prepared(
    lines: Iterable[Line], session: AISession, user: User, panels: Mapping[str, Any]
) -> Iterator[EntryLine | MessageLine]:
    """Yield each line as the template reads it. `panels`: by name, those that have been read."""
    may_add = user.can_work and not session.is_closed
    for line in lines:
        entry = line.entry
        if not isinstance(entry, Message):
            yield EntryLine(entry, line.template)
            continue
        is_person = entry.author == Author.ENGINEER
        takes_facts = may_add and entry.author != Author.SYSTEM
        yield MessageLine(
            message=entry,
            number=SafeString(entry.sequence),
            by=str(entry.user or "Engineer") if is_person else entry.get_author_display(),
            initial=_initial(entry.user) if is_person else "",
            draft_key=SafeString(draft_key(user, session.pk, None, entry.sequence) if takes_facts else ""),
            slots=slots_at(entry, panels),
        )


def _initial(user: User | None) -> str:
    return (user.display_name if user else "")[:1].upper() or "?"
