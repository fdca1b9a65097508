"""What the bar at the foot of the board offers for many fixes at once, as data."""

from dataclasses import dataclass

from fixes.lifecycle.bulk import NOTES_NEEDED
from fixes.transitions import Status

CHECK_BY = "check_by"
"""Offered beside the outcomes: moves the check-by time and leaves the rest as it is."""

UNDO = "undo"


@dataclass(frozen=True)
class BulkControl:
    """One button of the bar, and the form that it opens. `value`: an outcome, or CHECK_BY."""

    value: str
    label: str
    icon: str
    question: str
    hint: str
    button: str

    @property
    def needs_notes(self) -> bool:
        return self.value in NOTES_NEEDED


CONTROLS = (
    BulkControl(
        Status.SUCCESS,
        "It worked…",
        "check",
        "How was it verified?",
        "Saved in each fix’s history.",
        "Record as worked",
    ),
    BulkControl(
        Status.FAILED,
        "Didn’t work…",
        "failed",
        "What happened instead?",
        "Optional. Saved in each fix’s history.",
        "Record as didn’t work",
    ),
    BulkControl(
        Status.PARTIAL,
        "Partly worked…",
        "partial",
        "What worked, and what didn’t?",
        "Goes into each ticket exactly as written.",
        "Record as partly worked",
    ),
    BulkControl(CHECK_BY, "Check by…", "pending", "", "", "Move check-by time"),
    BulkControl(
        Status.DISMISSED,
        "Dismiss…",
        "dismissed",
        "Why dismiss them?",
        "Optional. Saved in each fix’s history.",
        "Dismiss",
    ),
)
VALUES = frozenset(control.value for control in CONTROLS)


@dataclass(frozen=True)
class Wording:
    """How the page says what a bulk act did; the first and last with a number of fixes."""

    done: str
    nothing: str
    refused: str


NOT_RECORDED = ("Nothing was recorded.", "{} couldn’t be recorded:")
WORDINGS = {
    Status.SUCCESS: Wording("{} recorded as worked.", *NOT_RECORDED),
    Status.FAILED: Wording("{} recorded as didn’t work.", *NOT_RECORDED),
    Status.PARTIAL: Wording("{} recorded as partly worked.", *NOT_RECORDED),
    Status.DISMISSED: Wording("{} dismissed.", *NOT_RECORDED),
    CHECK_BY: Wording("Check-by time moved for {}.", "No check-by time was moved.", "{} couldn’t be moved:"),
    UNDO: Wording("Undone for {}.", "Nothing was undone.", "{} couldn’t be undone:"),
}
"""What was done (a control's value, or UNDO) → how it is said."""
