"""What the pages of `sessions` show of texts and handoffs (`sessions.extensions`)."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from uuid import UUID

from accounts.models import User
from accounts.requests import MemberRequest
from fixes.models import FixEvent
from sessions.extensions import Extension, Summary
from sessions.models import AISession
from tickets.addenda import CHANGES_OUTCOME, Offer, offer_for
from tickets.answered import tell_asker
from tickets.entries import Entries, HandoffEntry, HandoffLine, TextEntry, read_entries
from tickets.handoffs import end_with_session
from tickets.models import HandoffState
from tickets.pickup import Pickup, PickupForm, Waiting, is_picked_up


class Panel:
    """The posted texts and the handoffs of one session: one statement, and none where there are neither."""

    def __init__(self, session: AISession, user: User, *, form: PickupForm | None = None) -> None:
        self.session, self.user, self.form = session, user, form

    @property
    def tab_state(self) -> str:
        return f"From {self.pickup.giver}" if self.pickup else ""

    @property
    def folds_dock(self) -> bool:
        """Whether the banner begins folded: the package says it already, until something happens after the claim."""
        return self.pickup is not None and self.session.state_version == self.pickup.left_off

    @cached_property
    def _all(self) -> Entries:
        return read_entries(self.session)

    @cached_property
    def entries(self) -> list[TextEntry | HandoffEntry]:
        """What the conversation shows among its messages; a package that the page shows above it is folded there."""
        above = self.pickup.text if self.pickup else None
        return [replace(above, is_latest=False) if each is above else each for each in self._all.in_order]

    @property
    def texts(self) -> list[TextEntry]:
        return self._all.texts

    @property
    def handoff(self) -> HandoffLine | None:
        """The latest handoff, whatever its state."""
        return self._all.handoffs[-1] if self._all.handoffs else None

    @property
    def waiting(self) -> Waiting | None:
        """The notice while nobody has claimed the session."""
        return Waiting(self.handoff, self.user) if self.handoff and self.handoff.state == HandoffState.WAITING else None

    @cached_property
    def pickup(self) -> Pickup | None:
        """The package, for its claimer."""
        handoff = self.handoff
        if handoff is None or not is_picked_up(handoff, self.session, self.user):
            return None
        text = next((each for each in self.texts if each.id == handoff.text_id), None)
        left_off = next((each.state_version for each in self._all.events if each.is_left_off), 0)
        return Pickup(handoff, self.session, self.user, text, self.form, left_off)

    @property
    def taken_over(self) -> HandoffLine | None:
        """The handoff by which the session came to its owner, while they work on it."""
        handoff = self.handoff
        if handoff is None or handoff.state != HandoffState.CLAIMED or not self.session.is_open:
            return None
        return handoff if handoff.claimer_id == self.session.owner_id else None

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


_SLOTS = ("after-outcome", "before-thread", "head-buttons", "head-status", "lane", "updates")

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
    posted=tell_asker,
)
