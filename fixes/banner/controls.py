"""The banner's buttons as data. Only those are shown whose act `legality.may` allows."""

from dataclasses import dataclass
from enum import StrEnum

from fixes.lifecycle.legality import Act
from fixes.transitions import Status


class Slot(StrEnum):
    """Where a control is placed."""

    PRIMARY = "primary"
    PLAIN = "plain"
    APART = "apart"  # quiet, at the far end; in the overflow where the banner is narrow
    OVERFLOW = "overflow"


@dataclass(frozen=True)
class Control:
    """A button that acts at once (`posts` to an act, with `field` = `value`), or a link that opens `form`.

    `act` and `outcome`: what it leads to, for `may`.
    """

    label: str
    icon: str = ""
    act: Act = Act.RECORD
    outcome: Status | None = None
    posts: str = ""
    field: str = ""
    value: str = ""
    form: str = ""
    key: str = ""
    slot: Slot = Slot.PLAIN


def _records(label: str, outcome: Status, icon: str, slot: Slot = Slot.PLAIN, key: str = "") -> Control:
    return Control(label, icon, Act.RECORD, outcome, "record", "outcome", outcome, slot=slot, key=key)


def _opens(label: str, outcome: Status, icon: str = "", slot: Slot = Slot.PLAIN, key: str = "") -> Control:
    return Control(label, icon, Act.RECORD, outcome, form=outcome, slot=slot, key=key)


WORKED = _records("It worked", Status.SUCCESS, "check", Slot.PRIMARY, "w")
WORKED_ALREADY = _records("It worked", Status.SUCCESS, "check", Slot.OVERFLOW, "w")
FAILED = _opens("Didn’t work…", Status.FAILED, key="d")
FAILED_ALREADY = _opens("Didn’t work…", Status.FAILED, "failed", Slot.OVERFLOW, "d")
PARTLY = _opens("Partly worked…", Status.PARTIAL, key="p")
PARTLY_ALREADY = _opens("Partly worked…", Status.PARTIAL, "partial", Slot.OVERFLOW, "p")
UPDATE_NOTES = _opens("Update notes…", Status.PARTIAL, "edit", Slot.APART, "p")
WAITING = _opens("Waiting to verify…", Status.PENDING, "pending", Slot.OVERFLOW, "v")
STILL_CHECKING = _opens("Still checking…", Status.PENDING, "pending", Slot.APART, "v")
UPDATE_REASON = _opens("Update reason or time…", Status.PENDING, "edit", Slot.APART, "v")
DISMISS = _records("Dismiss", Status.DISMISSED, "")
DISMISS_THIS = _records("Dismiss this fix", Status.DISMISSED, "dismissed", Slot.OVERFLOW)
APPLY = Control("Mark as applied", act=Act.APPLY, posts="apply", slot=Slot.PRIMARY)
CONFIRM = Control("Confirm", "check", Act.CONFIRM, posts="confirm", slot=Slot.PRIMARY)
CONFIRM_WAIT = Control("Confirm…", "check", Act.CONFIRM, form="confirm", slot=Slot.PRIMARY)
EDIT_NOTE = Control("Edit note…", act=Act.CONFIRM, form="confirm")
EDIT = Control("Edit…", act=Act.CONFIRM, form="confirm")
REJECT = Control("That’s wrong", act=Act.REJECT, posts="reject")
UNDO = Control("Undo", "undo", Act.UNDO, posts="undo", key="u")
UNDO_APART = Control("Undo", "undo", Act.UNDO, posts="undo", key="u", slot=Slot.APART)
REOPEN = Control("Reopen…", act=Act.REOPEN, form="reopen", key="u")
ADD_NOTES = Control("Add notes…", "edit", Act.ADD_NOTES, form="add-notes", slot=Slot.APART)

CONTROLS: dict[str, tuple[Control, ...]] = {
    "none": (),
    "ai_confirming": (
        *(CONFIRM, CONFIRM_WAIT, EDIT_NOTE, EDIT, REJECT),
        *(WORKED_ALREADY, FAILED_ALREADY, PARTLY_ALREADY, WAITING, DISMISS_THIS),
    ),
    "pending": (WORKED, FAILED, PARTLY, UNDO_APART, UPDATE_REASON, DISMISS_THIS),
    "partial": (WORKED, FAILED, UNDO_APART, UPDATE_NOTES, WAITING, DISMISS_THIS),
    "nudge": (WORKED, FAILED, PARTLY, STILL_CHECKING),
    "verifying": (WORKED, FAILED, PARTLY, WAITING, DISMISS_THIS),
    "proposed": (APPLY, DISMISS, WORKED_ALREADY, FAILED_ALREADY, PARTLY_ALREADY, WAITING),
    "success": (UNDO, REOPEN, ADD_NOTES),
    "failed": (UNDO, REOPEN),
    "dismissed": (UNDO, REOPEN, ADD_NOTES),
}
"""Mode → its controls, in visual order."""

OVERFLOW_LABEL = {"proposed": "Already applied? Record the outcome"}
