"""What the apps above `sessions` show on its pages.

`sessions` imports none of them: each registers an Extension when Django has loaded it (`AppConfig.ready`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from accounts.models import User
from accounts.requests import MemberRequest
from sessions.models import AISession, Message


class Entry(Protocol):
    """An event that an app shows among the messages of a conversation."""

    @property
    def state_version(self) -> int: ...

    @property
    def at(self) -> datetime: ...

    @property
    def has_message(self) -> bool:
        """Whether the same act may have posted a message, too."""


class Panel(Protocol):
    """What an app shows of one session, read from the database once for each response."""

    @property
    def tab_state(self) -> str:
        """What the browser's tab says before the title; "" for nothing."""

    @property
    def entries(self) -> Sequence[Entry]:
        """All its entries of the conversation, oldest first."""


@dataclass(frozen=True)
class Summary:
    """What an app says of a session in one line of the list. `due`: a time to look at it again."""

    tone: str
    icon: str
    word: str
    due: datetime | None = None


def _nothing(panel: Any, message: Message) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Extension:
    """`name`: what templates call its panel. `templates`: slot → template, see `{% slot %}`.

    `at_message`: which of the slots at a message show something; the panel is None in a response that doesn't read it.
    `reopened`: what the app does within the act that reopens a session, after its version was raised; `posted`: within
    the act in which a person posts a message.
    """

    name: str
    panel: Callable[[MemberRequest, AISession], Panel]
    summaries: Callable[[list[AISession]], dict[UUID, Summary]]
    templates: Mapping[str, str]
    entry_template: str
    at_message: Callable[[Any, Message], frozenset[str]] = _nothing
    reopened: Callable[[AISession, User, datetime], None] | None = None
    posted: Callable[[AISession, Message], None] | None = None


_registered: list[Extension] = []


def register(extension: Extension) -> None:
    _registered.append(extension)


def registered() -> Iterable[Extension]:
    return tuple(_registered)


def folds_dock(panels: Mapping[str, Panel]) -> bool:
    """Whether a panel says that the dock's banner begins folded: the page says above what the banner says."""
    return any(getattr(panel, "folds_dock", False) for panel in panels.values())


def reopened(session: AISession, user: User, now: datetime) -> None:
    """Tell the apps, within the act, that this person reopens the session."""
    for each in _registered:
        if each.reopened:
            each.reopened(session, user, now)


def posted(session: AISession, message: Message) -> None:
    """Tell the apps, within the act, that a person posts this message."""
    for each in _registered:
        if each.posted:
            each.posted(session, message)


def read_panels(request: MemberRequest, session: AISession, known: Mapping[str, Any]) -> dict[str, Panel]:
    """Return every extension's panel by its name; those in `known` have been read already."""
    return {each.name: known.get(each.name) or each.panel(request, session) for each in _registered}


def slots_at(message: Message, panels: Mapping[str, Any]) -> frozenset[str]:
    """Return the slots at this message in which an extension shows something."""
    return frozenset().union(*(each.at_message(panels.get(each.name), message) for each in _registered))


def read_summaries(sessions: list[AISession]) -> dict[UUID, list[Summary]]:
    """Return the summaries of each session by its id."""
    found = [each.summaries(sessions) for each in _registered]
    return {session.pk: [by_id[session.pk] for by_id in found if session.pk in by_id] for session in sessions}
