"""What the pages of `sessions` show of texts and handoffs (`sessions.extensions`)."""

from functools import cached_property
from uuid import UUID

from accounts.models import User
from accounts.requests import MemberRequest
from sessions.extensions import Extension, Summary
from sessions.models import AISession
from tickets.entries import Entries, HandoffEntry, HandoffLine, TextEntry, read_entries
from tickets.handoffs import end_with_session


class Panel:
    """The posted texts and the handoffs of one session: one statement, and none where there are neither."""

    tab_state = ""

    def __init__(self, session: AISession, user: User) -> None:
        self.session, self.user = session, user

    @cached_property
    def _all(self) -> Entries:
        return read_entries(self.session)

    @cached_property
    def entries(self) -> list[TextEntry | HandoffEntry]:
        """What the conversation shows among its messages."""
        return self._all.in_order

    @property
    def texts(self) -> list[TextEntry]:
        return self._all.texts

    @property
    def handoff(self) -> HandoffLine | None:
        """The latest handoff, whatever its state."""
        return self._all.handoffs[-1] if self._all.handoffs else None

    @property
    def was_provisional(self) -> bool:
        """Whether the latest resolution note was posted while a fix awaited verification."""
        notes = [each for each in self.texts if each.is_note]
        return bool(notes) and notes[-1].is_provisional


def _panel(request: MemberRequest, session: AISession) -> Panel:
    return Panel(session, request.user)


def _summaries(sessions: list[AISession]) -> dict[UUID, Summary]:
    return {}


_SLOTS = ("head-buttons", "head-status", "lane")

EXTENSION = Extension(
    name="tickets",
    panel=_panel,
    summaries=_summaries,
    templates={name: f"tickets/slots/{name.replace('-', '_')}.html" for name in _SLOTS},
    entry_template="tickets/_entry.html",
    reopened=end_with_session,
)
