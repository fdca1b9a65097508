"""What the session page shows of a session's fixes: banner, attempts, and the history among the messages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.models import User
from fixes.banner.banner import Banner
from fixes.lifecycle.legality import Act, may
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Action
from sessions.models import AISession

TOLD = {Action.SUGGEST, Action.APPLY, Action.DECIDE, Action.RECORD, Action.CONFIRM, Action.REOPEN, Action.MIGRATE}
"""Events that stand among the messages."""

REPLACED_FIRST = F("superseded_at").asc(nulls_last=True)
"""Of fixes suggested in the same instant, as an import may bring them."""


@dataclass
class Panel:
    """The banner in the dock, the attempts in the lane, and the fixes' events."""

    session: AISession
    user: User
    banner: Banner
    fixes: list[SuggestedFix]
    events: list[FixEvent]

    @property
    def attempts(self) -> list[dict[str, Any]]:
        """Every fix in the order suggested, with its number; `can_undo` for a replaced one's fresh verdict."""
        return [
            {
                "number": number,
                "fix": fix,
                "is_docked": self.banner.fix is not None and fix.pk == self.banner.fix.pk,
                "can_undo": self._can_undo_replaced(fix),
            }
            for number, fix in enumerate(self.fixes, 1)
        ]

    def _can_undo_replaced(self, fix: SuggestedFix) -> bool:
        replaced = not fix.is_current and self.user.can_work
        return replaced and may(Act.UNDO, fix, self.user, self.banner.now) is None

    @property
    def tab_state(self) -> str:
        """What the browser's tab says before the session's title."""
        return self.banner.state

    @property
    def entries(self) -> list[FixEvent]:
        """The events that the conversation shows among its messages."""
        return [event for event in self.events if event.action in TOLD]

    @property
    def waiting_elsewhere(self) -> int:
        """How many fixes wait that the banner doesn't show."""
        shown = self.banner.fix
        return sum(fix.is_waiting and (shown is None or fix.pk != shown.pk) for fix in self.fixes)


def panel_for(
    session: AISession, user: User, *, docked: UUID | None = None, open_form: str = "", place: str = "session"
) -> Panel:
    """The panel of a session: three queries, one of them only for a fix that has evidence.

    `docked`: the fix in the banner when it isn't the current one (a replaced fix that still waits; on the board any).
    """
    fixes = list(session.suggested_fixes.with_banner().order_by("created_at", REPLACED_FIRST, "id"))
    events = list(session.fix_events.select_related("actor").order_by("state_version", "position"))
    by_id = {fix.pk: fix for fix in fixes}
    for fix in fixes:
        fix.history = []
    for event in events:
        event.fix = by_id[event.fix_id]
        event.fix.history.append(event)
    asked = [fix for fix in fixes if fix.pk == docked and (fix.is_waiting or place == "board")]
    current = [fix for fix in fixes if fix.is_current]
    shown = next(iter(asked + current), None)
    banner = Banner(shown, user, place=place, open_form=open_form)
    return Panel(session, user, banner, fixes, events)
