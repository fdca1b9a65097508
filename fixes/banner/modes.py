"""The mode of a fix's banner: a pure function of the fix, the clock and a count of messages (docs/banner.md).

A mode is one row of MODES and one template, `templates/fixes/banner/<mode>.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fixes.looks import DID_IT_WORK, STATUS_LOOKS
from fixes.models import SuggestedFix
from fixes.transitions import NUDGE_AFTER, UNDO_WINDOW, Status


@dataclass(frozen=True)
class Moment:
    """All that a mode may depend on. `messages`: how many engineers wrote since the banner last asked."""

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

    @property
    def body(self) -> str:
        """The template of what the banner shows between its head and its buttons."""
        return f"fixes/banner/{self.name}.html"


def _gone(moment: Moment) -> bool:
    fix = moment.fix
    if not fix.is_current and not fix.is_waiting:
        return not _waited_when_recorded(fix) or _recorded_long_ago(moment)
    return fix.status == Status.DISMISSED and _recorded_long_ago(moment)


def _waited_when_recorded(fix: SuggestedFix) -> bool:
    """Whether a replaced fix got its outcome after it was replaced: only one that waits does."""
    changed, replaced = fix.status_changed_at, fix.superseded_at
    return fix.is_terminal and changed is not None and replaced is not None and changed > replaced


def _recorded_long_ago(moment: Moment) -> bool:
    at = moment.fix.status_changed_at
    return at is not None and moment.now - at > UNDO_WINDOW


def _applied_without_outcome(moment: Moment) -> bool:
    return moment.fix.status == Status.PROPOSED and moment.fix.applied_at is not None


def _of_status(status: Status) -> Mode:
    """The mode of a status that is shown as every line shows it."""
    look = STATUS_LOOKS[status]
    name = status.value.removeprefix("applied_")
    return Mode(name, look.tone, look.icon, look.word, lambda moment: moment.fix.status == status)


NONE = Mode("none", "muted", "", "", _gone)

MODES = (
    NONE,
    Mode("ai_confirming", "accent", "pilot", "FlowPilot thinks", lambda moment: bool(moment.fix.ai_outcome_proposal)),
    _of_status(Status.PENDING),
    _of_status(Status.PARTIAL),
    Mode(
        "nudge",
        "warning",
        "nudge",
        "Still open: did it work?",
        lambda moment: _applied_without_outcome(moment) and moment.messages >= NUDGE_AFTER,
    ),
    Mode("verifying", *DID_IT_WORK, _applied_without_outcome),
    Mode("proposed", "accent", "proposed", "Suggested fix", lambda moment: moment.fix.status == Status.PROPOSED),
    _of_status(Status.SUCCESS),
    _of_status(Status.FAILED),
    _of_status(Status.DISMISSED),
)
"""First match wins."""

SHOWN = MODES[1:]
"""Those that are visible."""


def mode_of(fix: SuggestedFix | None, now: datetime, messages: int, *, among: tuple[Mode, ...] = MODES) -> Mode:
    """Return the banner's mode; NONE without a fix. `among`: SHOWN, to get a visible one for any fix."""
    if fix is None:
        return NONE
    moment = Moment(fix, now, messages)
    return next(mode for mode in among if mode.when(moment))
