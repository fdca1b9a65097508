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


def default_for(fix: SuggestedFix, kind: Kind) -> Status:
    """Return the outcome that is chosen at first: never one that says more than was recorded, but for *It worked*.

    An applied fix that is being resolved is taken to have worked; everything else stays what it is.
    """
    if fix.status == Status.PENDING:
        return Status.PENDING
    if kind == Kind.PACKAGE:
        return Status.FAILED
    if fix.status == Status.PARTIAL:
        return Status.PARTIAL
    return Status.SUCCESS if fix.applied_at else Status.DISMISSED
