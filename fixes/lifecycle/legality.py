"""How a fix stands before an act: whether the act is done already, and what refuses it (docs/lifecycle.md).

Asked by `fixes.lifecycle` under the lock. The refusals write nothing.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from common.refusals import IllegalTransition
from common.versions import Seen, is_seen, refuse_stale
from fixes.lifecycle.refusals import Superseded
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import ALLOWED, NOTES_COLUMN, UNDO_WINDOW, Action, Status


def is_undo(fix: SuggestedFix, user: User | None, now: datetime) -> bool:
    """Whether this person may take the verdict back without giving a reason."""
    mine = fix.status_changed_by_id is not None and user is not None and fix.status_changed_by_id == user.pk
    return mine and fix.status_changed_at is not None and now - fix.status_changed_at <= UNDO_WINDOW


def stands(fix: SuggestedFix, outcome: Status, words: str | None, follow_up: datetime | None) -> bool:
    if fix.status != outcome or fix.follow_up_at != follow_up or fix.ai_outcome_proposal:
        return False
    column = NOTES_COLUMN[outcome]
    return bool(words == (getattr(fix, column) if column else verdict_event(fix).notes))


def just_done(fix: SuggestedFix, version: Seen | None, action: Action) -> FixEvent | None:
    """The event of this very act, if nothing else happened since the form was drawn: its button was hit twice."""
    if version is None or not is_seen(version, fix.version - 1):
        return None
    last = fix.events.latest("state_version")
    return last if last.action == action else None


def refuse_changed(fix: SuggestedFix, version: Seen | None) -> None:
    refuse_stale(
        version, fix.version, "Somebody changed this fix after your page was drawn. Yours is not recorded yet."
    )


def refuse_move(fix: SuggestedFix, outcome: Status) -> None:
    if not fix.is_current and not fix.is_waiting:
        raise Superseded("A newer fix replaced this one, so nothing more is recorded on it.")
    if outcome not in ALLOWED[Status(fix.status)]:
        raise IllegalTransition(
            f"This fix already stands at “{fix.get_status_display()}”. Reopen it before recording “{outcome.label}”."
        )


def refuse_unless_current_and_open(fix: SuggestedFix, done: str) -> None:
    if not fix.is_current:
        raise Superseded(f"A newer fix replaced this one, so it can’t be {done}.")
    if not fix.is_open:
        raise IllegalTransition(f"This fix already stands at “{fix.get_status_display()}”, so it can’t be {done}.")


def standing_proposal(fix: SuggestedFix) -> dict[str, Any]:
    if not fix.is_current:
        raise Superseded("A newer fix replaced this one, and FlowPilot’s proposal with it.")
    if not fix.ai_outcome_proposal:
        raise IllegalTransition("FlowPilot proposes nothing for this fix.")
    return dict(fix.ai_outcome_proposal)


def verdict_event(fix: SuggestedFix) -> FixEvent:
    """The event that brought a terminal fix where it stands."""
    return fix.events.filter(to_status=fix.status, action__in=(Action.RECORD, Action.CONFIRM)).latest("state_version")


def waited_on(fix: SuggestedFix, verdict: FixEvent) -> bool:
    """Whether the verdict was given to a fix that went on waiting after a newer one replaced it."""
    replaced = fix.events.filter(action=Action.SUPERSEDE, state_version__lt=verdict.state_version)
    return verdict.from_status == Status.PENDING and replaced.exists()
