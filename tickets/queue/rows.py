"""What a row of the queue shows of one handoff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from common.addresses import address
from common.times import due, duration
from fixes.transitions import Status
from sessions.models import AISession, SessionStatus
from tickets.handoffs.claiming import may_claim
from tickets.models import Handoff, HandoffState, works_here

YOU = "you"


@dataclass(frozen=True)
class Row:
    """`fix_status`, `fix_due`: of the session's current fix. `refusal`: why a click on *Claim* just failed here."""

    handoff: Handoff
    user: User
    now: datetime
    fix_status: str | None
    fix_due: datetime | None
    refusal: str = ""

    @property
    def id(self) -> UUID:
        return self.handoff.pk

    @property
    def session(self) -> AISession:
        return self.handoff.session

    @property
    def is_waiting(self) -> bool:
        return self.handoff.is_waiting

    @property
    def waiting(self) -> str:
        """How long it waits, or waited until it was claimed."""
        handoff = self.handoff
        return duration((handoff.claimed_at or self.now) - handoff.created_at)

    @property
    def since(self) -> datetime:
        return self.handoff.since

    @property
    def took(self) -> str:
        """What `waiting` of a row that waits no longer means: "after 22 min", or how long it was held."""
        handoff = self.handoff
        if handoff.state == HandoffState.RETURNED and handoff.claimed_at and handoff.ended_at:
            return f"held {duration(handoff.ended_at - handoff.claimed_at)}"
        return f"after {self.waiting}"

    @property
    def says(self) -> str:
        """The question, or why it was returned."""
        return self.handoff.return_reason if self.handoff.state == HandoffState.RETURNED else self.handoff.question

    @property
    def giver(self) -> str:
        return self._named(self.handoff.from_user)

    @property
    def claimer(self) -> str:
        return self._named(self.handoff.claimed_by) if self.handoff.claimed_by else ""

    @property
    def is_for_you(self) -> bool:
        return self.is_waiting and self.handoff.target_id == self.user.pk

    @property
    def is_yours(self) -> bool:
        return self.handoff.from_user_id == self.user.pk

    @property
    def meant_for(self) -> str:
        """Whom it was escalated to, where that isn't the reader."""
        handoff = self.handoff
        if not self.is_waiting or self.is_for_you:
            return ""
        if handoff.target is None:
            return "for anyone"
        return f"for {handoff.target}" if works_here(handoff.target) else f"for {handoff.target}, who has left"

    @property
    def fix_late(self) -> str:
        """ "fix overdue 50 min"."""
        is_late = self._awaits and self.fix_due is not None and self.fix_due < self.now
        return f"fix {due(self.fix_due, self.now)}" if is_late and self.fix_due else ""

    @property
    def fix_awaits(self) -> bool:
        return self._awaits and not self.fix_late

    @property
    def _awaits(self) -> bool:
        is_open = self.session.status in {SessionStatus.ACTIVE, SessionStatus.PAUSED, SessionStatus.ESCALATED}
        return is_open and self.fix_status == Status.PENDING

    @property
    def session_is(self) -> str:
        """What became of the session of a row that waits no longer, where it isn't simply worked on."""
        goes_on = self.is_waiting or self.session.status == SessionStatus.ACTIVE
        return "" if goes_on else f"session {self.session.get_status_display().lower()}"

    @property
    def may_claim(self) -> bool:
        return may_claim(self.handoff, self.user)

    @property
    def may_take_back(self) -> bool:
        return self.is_waiting and self.is_yours and self.user.can_work

    @property
    def who_may(self) -> str:
        """Who can claim it, where the reader can't."""
        if not self.is_waiting or self.may_claim or self.is_yours:
            return ""
        if self.handoff.is_for_anyone:
            return "Engineers only"
        return f"{self.handoff.target} or an admin only"

    @property
    def address(self) -> str:
        """The session's page; at its package while it waits."""
        page, text = address("session", self.session.pk), self.handoff.text_id
        return f"{page}?entry={self.package_version}#text-{text}" if self.is_waiting and text else page

    @property
    def claims(self) -> str:
        return address("handoff-claim", self.id)

    @property
    def takes_back(self) -> str:
        return address("handoff-take-back", self.id)

    @property
    def package_version(self) -> int:
        """The state version with which the package was posted."""
        return int(self.handoff.posted_version)  # type: ignore[attr-defined]  # annotated by the listing

    def _named(self, person: User) -> str:
        return YOU if person.pk == self.user.pk else str(person)


def row_of(handoff: Any, user: User, now: datetime, refusal: str = "") -> Row:
    """Return the row of a handoff that `listing` has read."""
    return Row(handoff, user, now, handoff.fix_status, handoff.fix_due, refusal)
