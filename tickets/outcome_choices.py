"""What can be said about an open fix when its session is closed (docs/texts.md, *Resolve and escalate*)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fixes.models import SuggestedFix
from fixes.transitions import NOTES_NEEDED, Status
from tickets.models.text import Kind

LABELS: Mapping[Kind, Mapping[Status, str]] = {
    Kind.NOTE: {
        Status.SUCCESS: "It worked",
        Status.PENDING: "Provisional: still awaiting",
        Status.FAILED: "Didn’t help",
        Status.PARTIAL: "Partly",
        Status.DISMISSED: "Never applied",
    },
    Kind.PACKAGE: {
        Status.PENDING: "Still waiting",
        Status.FAILED: "Didn’t work",
        Status.SUCCESS: "It worked",
        Status.PARTIAL: "Partly",
        Status.DISMISSED: "Never applied",
    },
}
"""Kind of text → the outcomes in the order in which they are offered, with their labels."""


@dataclass(frozen=True)
class Choice:
    """`needs_notes`: whether the outcome is refused without notes; not for what the fix stands at already."""

    outcome: Status
    label: str
    needs_notes: bool
    is_default: bool

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "outcome": self.outcome.value}


def choices_for(fix: SuggestedFix, kind: Kind) -> tuple[Choice, ...]:
    """Return what can be said about an open fix when the session gets this kind of text."""
    default = default_for(fix, kind)
    return tuple(
        Choice(outcome, label, outcome in NOTES_NEEDED and outcome != fix.status, outcome == default)
        for outcome, label in LABELS[kind].items()
    )


APPLIED: Mapping[Kind, Status] = {Kind.NOTE: Status.SUCCESS, Kind.PACKAGE: Status.FAILED}
"""Kind of text → what is taken to have come of a fix that was only marked as applied."""


def default_for(fix: SuggestedFix, kind: Kind) -> Status:
    """Return the outcome that is chosen at first.

    An outcome that is recorded already stays. A fix that was only marked as applied is taken to have worked when its
    session is resolved, and not to have worked when it is escalated. Nobody is said to have applied any other.
    """
    if fix.status in (Status.PENDING, Status.PARTIAL):
        return Status(fix.status)
    return APPLIED[kind] if fix.applied_at else Status.DISMISSED
