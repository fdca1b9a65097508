"""What the pages of `sessions` show of texts and handoffs (`sessions.extensions`)."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from accounts.models import User
from accounts.requests import MemberRequest
from fixes.models import FixEvent
from sessions.extensions import Extension, Summary
from sessions.models import AISession
from tickets.addenda import CHANGES_OUTCOME, Offer, offer_for
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

    @property
    def latest_version(self) -> int | None:
        """The session's state version when the latest text was posted; None without any."""
        return self.texts[-1].state_version if self.texts else None

    def has_outcome_since(self, events: Iterable[FixEvent]) -> bool:
        """Whether an outcome was recorded, or taken back, after the latest text."""
        latest = self.latest_version
        return latest is not None and any(
            event.state_version > latest and event.action in CHANGES_OUTCOME for event in events
        )

    @cached_property
    def offer(self) -> Offer | None:
        """The addendum that can be posted. It takes a bundle, so ask first whether there is an outcome since."""
        return offer_for(self.session, user=self.user)


def _panel(request: MemberRequest, session: AISession) -> Panel:
    return Panel(session, request.user)


def _summaries(sessions: list[AISession]) -> dict[UUID, Summary]:
    return {}


_SLOTS = ("after-outcome", "head-buttons", "head-status", "lane")

EXTENSION = Extension(
    name="tickets",
    panel=_panel,
    summaries=_summaries,
    templates={
        **{name: f"tickets/slots/{name.replace('-', '_')}.html" for name in _SLOTS},
        "after-act": "tickets/slots/after_act.html",
    },
    entry_template="tickets/_entry.html",
    reopened=end_with_session,
)
