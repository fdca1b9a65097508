"""Which banner a fix has: a pure function of the fix, the clock and a count of messages (docs/banner.md).

A mode is one row of MODES and one template, `templates/fixes/banner/<mode>.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fixes.models import SuggestedFix
from fixes.transitions import NUDGE_AFTER, UNDO_WINDOW, Status


@dataclass(frozen=True)
class Moment:
    """All that a mode may depend on. `messages`: the engineer's since the banner last asked."""

    fix: SuggestedFix
    now: datetime
    messages: int


@dataclass(frozen=True)
class Mode:
    name: str
    tone: str
    icon: str
    says: str
    when: Callable[[Moment], bool]


def _gone(moment: Moment) -> bool:
    fix = moment.fix
    replaced = not fix.is_current and not fix.is_waiting
    dismissed_at = fix.status_changed_at if fix.status == Status.DISMISSED else None
    return replaced or (dismissed_at is not None and moment.now - dismissed_at > UNDO_WINDOW)


def _applied_and_unanswered(moment: Moment) -> bool:
    return moment.fix.status == Status.PROPOSED and moment.fix.applied_at is not None


def _stands_at(status: Status) -> Callable[[Moment], bool]:
    return lambda moment: moment.fix.status == status


NONE = Mode("none", "muted", "", "", _gone)

MODES = (
    NONE,
    Mode("ai_confirming", "accent", "pilot", "FlowPilot thinks", lambda moment: bool(moment.fix.ai_outcome_proposal)),
    Mode("pending", "info", "pending", "Awaiting verification", _stands_at(Status.PENDING)),
    Mode("partial", "warning", "partial", "Partly worked", _stands_at(Status.PARTIAL)),
    Mode(
        "nudge",
        "warning",
        "nudge",
        "Still open: did it work?",
        lambda moment: _applied_and_unanswered(moment) and moment.messages >= NUDGE_AFTER,
    ),
    Mode("verifying", "accent", "verifying", "Did it work?", _applied_and_unanswered),
    Mode("proposed", "accent", "proposed", "Suggested fix", _stands_at(Status.PROPOSED)),
    Mode("success", "success", "success", "Worked", _stands_at(Status.SUCCESS)),
    Mode("failed", "danger", "failed", "Didn’t work", _stands_at(Status.FAILED)),
    Mode("dismissed", "muted", "dismissed", "Dismissed", _stands_at(Status.DISMISSED)),
)
"""First match wins."""

SHOWN = MODES[1:]
"""Those that one sees."""


def mode_of(fix: SuggestedFix | None, now: datetime, messages: int, *, among: tuple[Mode, ...] = MODES) -> Mode:
    """The banner's mode; NONE without a fix. `among`: SHOWN, to have one for a fix that is gone too."""
    if fix is None:
        return NONE
    moment = Moment(fix, now, messages)
    return next(mode for mode in among if mode.when(moment))
