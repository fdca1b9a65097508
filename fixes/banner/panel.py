"""What the session page shows of a session's fixes: banner, attempts, and the history among the messages."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.models import User
from common.compiled_query import compiled
from fixes.banner.banner import Banner
from fixes.banner.history import HistoryLine, history_lines
from fixes.banner.places import Place, SessionPage
from fixes.lifecycle.legality import Act, may
from fixes.models import FixEvent, SuggestedFix
from fixes.models.queries import SHOWN_OF_A_PERSON, columns_besides
from fixes.transitions import Status
from sessions.models import AISession

REPLACED_FIRST = F("superseded_at").asc(nulls_last=True)
"""Of fixes suggested in the same instant, as an import may bring them."""


@dataclass(frozen=True)
class Attempt:
    """A fix in the list of everything that was tried. `can_undo`: a replaced fix has no banner to undo it in."""

    number: int
    fix: SuggestedFix
    is_docked: bool
    can_undo: bool

    @property
    def has_banner(self) -> bool:
        """Whether the session page can show its banner."""
        return self.fix.is_current or self.fix.is_waiting

    @property
    def happened(self) -> str:
        """What happened to the fix at `at`; "" where it has had its state since then."""
        fix = self.fix
        if fix.status == Status.PROPOSED:
            return "applied" if fix.applied_at else "suggested"
        return "" if fix.is_open else "recorded"

    @property
    def at(self) -> datetime:
        """When the fix came to its state."""
        fix = self.fix
        at = fix.applied_at if fix.status == Status.PROPOSED else fix.status_changed_at
        return at or fix.created_at


@dataclass
class Panel:
    """The banner in the dock, the attempts in the lane, and the fixes' events."""

    session: AISession
    user: User
    banner: Banner
    fixes: list[SuggestedFix]
    events: list[FixEvent]

    @property
    def attempts(self) -> list[Attempt]:
        """Every fix in the order suggested."""
        docked = self.banner.fix
        return [Attempt(number, fix, fix is docked, self._can_undo(fix)) for number, fix in enumerate(self.fixes, 1)]

    def _can_undo(self, fix: SuggestedFix) -> bool:
        without_banner = not fix.is_current and fix.is_terminal and self.user.can_work
        return without_banner and may(Act.UNDO, fix, self.user, self.banner.now) is None

    @property
    def tab_state(self) -> str:
        """What the browser's tab says before the session's title."""
        return self.banner.state

    @cached_property
    def entries(self) -> list[HistoryLine]:
        """The events that the conversation shows among its messages."""
        return history_lines(self.events)

    @property
    def waiting_elsewhere(self) -> int:
        """How many fixes wait that the banner doesn't show."""
        return sum(fix.is_waiting and fix is not self.banner.fix for fix in self.fixes)


def panel_for(
    session: AISession, user: User, *, docked: UUID | None = None, form_name: str = "", place: Place | None = None
) -> Panel:
    """Read the panel of a session in two queries; the banner of a suggested fix needs a third for its evidence.

    `docked`: the fix in the banner if it isn't the current one; `place` says which others it shows.
    """
    place = place or SessionPage()
    fixes, events = _fixes_of(session.pk), _events_of(session.pk)
    _join(session, fixes, events)
    asked = [fix for fix in fixes if fix.pk == docked and place.shows(fix)]
    current = [fix for fix in fixes if fix.is_current]
    shown = next(iter(asked + current), None)
    return Panel(session, user, Banner(shown, user, place, form_name), fixes, events)


@compiled(UUID)
def _fixes_of(session_id: UUID) -> QuerySet[SuggestedFix]:
    fixes = SuggestedFix.objects.filter(session_id=session_id)
    return fixes.with_banner().order_by("created_at", REPLACED_FIRST, "id")


@compiled(UUID)
def _events_of(session_id: UUID) -> QuerySet[FixEvent]:
    unread = columns_besides(User, "actor", SHOWN_OF_A_PERSON)
    events = FixEvent.objects.filter(session_id=session_id).select_related("actor").defer(*unread)
    return events.order_by("state_version", "position")


def _join(session: AISession, fixes: list[SuggestedFix], events: list[FixEvent]) -> None:
    """Give each fix its session and history, and each event its fix, without another query."""
    by_id = {fix.pk: fix for fix in fixes}
    for fix in fixes:
        fix.session, fix.history = session, []
    for event in events:
        event.fix = by_id[event.fix_id]
        event.fix.history.append(event)
