"""A fix as a model gets it: what came of it, and what that means for the next suggestion."""

from typing import Any

from common import times
from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.prompt.given import Given

STATUSES = {
    Status.PROPOSED: "suggested, not applied",
    Status.SUCCESS: "worked",
    Status.FAILED: "didn't work, NOT TO BE REPEATED",
    Status.PARTIAL: "partly worked",
    Status.PENDING: "applied, can't be checked yet",
    Status.DISMISSED: "dismissed by the engineer, not wanted",
}


def fields_of(fix: SuggestedFix, given: Given, most: int, *, is_copied: bool = False) -> dict[str, Any]:
    """Return what the prompt says of a fix; `most`: characters of its description, and of each note.

    `is_copied`: its description comes from another session, and is left out.
    """
    notes = [f"{label}: {given.line(text, most)}" for label, text in notes_of(fix) if text]
    lines = ["" if is_copied else given.text(fix.description, most), *notes]
    return {
        "status": _status(fix),
        "id": fix.pk if fix.is_current and fix.is_open else None,
        "title": given.line(fix.title),
        "lines": [line for line in lines if line],
    }


def _status(fix: SuggestedFix) -> str:
    if fix.status == Status.PROPOSED and fix.applied_at:
        said = "applied, and nobody has said yet whether it worked"
    else:
        said = STATUSES[Status(fix.status)]
    return f"current, {said}" if fix.is_current and fix.is_open else said


def notes_of(fix: SuggestedFix) -> list[tuple[str, str | None]]:
    """Return the notes that belong to the fix's status, each with its label."""
    proposal = fix.ai_outcome_proposal or {}
    return [
        ("What helped and what didn't", fix.partial_notes if fix.status == Status.PARTIAL else None),
        ("Waiting on", fix.pending_reason if fix.status == Status.PENDING else None),
        ("Check by", times.exact(fix.follow_up_at) if fix.follow_up_at else None),
        ("Why it didn't work", fix.failure_reason if fix.status == Status.FAILED else None),
        ("You have proposed an outcome that the engineer hasn't confirmed", proposal.get("reason")),
    ]
