"""The banner's buttons and forms as data. What the lifecycle's table lacks is not drawn."""

from dataclasses import dataclass
from enum import StrEnum

from fixes.transitions import Status


class Slot(StrEnum):
    """Where a control stands."""

    PRIMARY = "primary"
    PLAIN = "plain"
    APART = "apart"  # quiet, at the far end; in the overflow where the banner is narrow
    OVERFLOW = "overflow"


@dataclass(frozen=True)
class Control:
    """A button that acts at once (`act` with `field` = `value`), or a link that opens `form`."""

    label: str
    icon: str = ""
    act: str = ""
    field: str = ""
    value: str = ""
    form: str = ""
    key: str = ""
    slot: Slot = Slot.PLAIN

    @property
    def outcome(self) -> str:
        """The outcome that this leads to, "" for another act."""
        return self.value if self.field == "outcome" else self.form if self.form in Status.values else ""


def _records(label: str, outcome: Status, icon: str, slot: Slot = Slot.PLAIN, key: str = "") -> Control:
    return Control(label, icon, act="record", field="outcome", value=outcome, slot=slot, key=key)


def _asks(label: str, form: str, icon: str = "", slot: Slot = Slot.PLAIN, key: str = "") -> Control:
    return Control(label, icon, form=form, slot=slot, key=key)


WORKED = _records("It worked", Status.SUCCESS, "check", Slot.PRIMARY, "w")
WORKED_ALREADY = _records("It worked", Status.SUCCESS, "check", Slot.OVERFLOW, "w")
FAILED = _asks("Didn’t work", Status.FAILED, key="d")
FAILED_ALREADY = _asks("Didn’t work", Status.FAILED, "failed", Slot.OVERFLOW, "d")
PARTLY = _asks("Partly…", Status.PARTIAL, key="p")
PARTLY_ALREADY = _asks("Partly…", Status.PARTIAL, "partial", Slot.OVERFLOW, "p")
UPDATE_NOTES = _asks("Update notes…", Status.PARTIAL, "edit", Slot.APART, "p")
WAITING = _asks("Waiting to verify…", Status.PENDING, "pending", Slot.OVERFLOW, "v")
STILL_CHECKING = _asks("Still checking…", Status.PENDING, "pending", Slot.APART, "v")
UPDATE_REASON = _asks("Update reason…", Status.PENDING, "edit", Slot.APART, "v")
DISMISS = _records("Dismiss", Status.DISMISSED, "")
DISMISS_THIS = _records("Dismiss this fix", Status.DISMISSED, "dismissed", Slot.OVERFLOW)
APPLY = Control("Apply", act="apply", slot=Slot.PRIMARY)
CONFIRM = Control("Confirm", "check", act="confirm", slot=Slot.PRIMARY)
EDIT_WORDS = _asks("Edit words…", "confirm")
NOT_RIGHT = Control("Not right", act="reject")
UNDO = Control("Undo", "undo", act="undo", key="u")
REOPEN = _asks("Reopen…", "reopen", key="u")

CONTROLS: dict[str, tuple[Control, ...]] = {
    "none": (),
    "ai_confirming": (
        *(CONFIRM, EDIT_WORDS, NOT_RIGHT),
        *(WORKED_ALREADY, FAILED_ALREADY, PARTLY_ALREADY, WAITING, DISMISS_THIS),
    ),
    "pending": (WORKED, FAILED, PARTLY, UPDATE_REASON, DISMISS_THIS),
    "partial": (WORKED, FAILED, UPDATE_NOTES, WAITING, DISMISS_THIS),
    "nudge": (WORKED, FAILED, PARTLY, STILL_CHECKING),
    "verifying": (WORKED, FAILED, PARTLY, WAITING, DISMISS_THIS),
    "proposed": (APPLY, DISMISS, WORKED_ALREADY, FAILED_ALREADY, PARTLY_ALREADY, WAITING),
    "success": (UNDO, REOPEN),
    "failed": (UNDO, REOPEN),
    "dismissed": (UNDO, REOPEN),
}
"""Mode → its controls, in visual order."""

OVERFLOW_LABEL = {"proposed": "Already applied: what came of it?"}


@dataclass(frozen=True)
class Question:
    """A form that opens in the banner: where it goes, what it asks, and what its button says."""

    act: str
    label: str
    hint: str
    button: str
    icon: str
    field: str = "notes"
    needs_words: bool = True
    has_check_by: bool = False


QUESTIONS: dict[str, Question] = {
    Status.SUCCESS: Question(
        "record", "How did you see that it works?", "Optional.", "Record as worked", "check", needs_words=False
    ),
    Status.FAILED: Question(
        "record",
        "What happened instead?",
        "Optional. The next attempt starts from it.",
        "Record as didn’t work",
        "failed",
        needs_words=False,
    ),
    Status.PARTIAL: Question(
        "record",
        "What worked, and what didn’t?",
        "It goes into the ticket as you write it.",
        "Record as partly",
        "partial",
    ),
    Status.PENDING: Question(
        "record",
        "What are you waiting on?",
        "Whoever looks next reads this first.",
        "Record as waiting",
        "pending",
        has_check_by=True,
    ),
    Status.DISMISSED: Question(
        "record", "Why is it dismissed?", "Optional.", "Dismiss", "dismissed", needs_words=False
    ),
    "confirm": Question(
        "confirm",
        "What should the record say?",
        "FlowPilot’s words, yours to change.",
        "Confirm",
        "check",
        needs_words=False,
    ),
    "reopen": Question(
        "reopen", "Why is this reopened?", "It stands in the fix’s history.", "Reopen", "undo", field="reason"
    ),
}
"""Form, as `?form=` names it → what it asks."""
