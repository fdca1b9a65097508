"""Tone, icon and word of a fix, wherever a page shows its state in one line."""

from typing import NamedTuple

from fixes.models import SuggestedFix
from fixes.transitions import Status


class Look(NamedTuple):
    tone: str
    icon: str
    word: str


STATUS_LOOKS = {
    Status.PROPOSED: Look("muted", "proposed", Status.PROPOSED.label),
    Status.SUCCESS: Look("success", "success", Status.SUCCESS.label),
    Status.FAILED: Look("danger", "failed", Status.FAILED.label),
    Status.PARTIAL: Look("warning", "partial", Status.PARTIAL.label),
    Status.PENDING: Look("info", "pending", Status.PENDING.label),
    Status.DISMISSED: Look("muted", "dismissed", Status.DISMISSED.label),
}
DID_IT_WORK = Look("accent", "verifying", "Did it work?")


def look_of(fix: SuggestedFix) -> Look:
    """Return how one line shows the fix: FlowPilot's guess, if one waits to be confirmed; else its state."""
    if fix.ai_outcome_proposal:
        return Look("accent", "pilot", guess_of(fix))
    if fix.status == Status.PROPOSED and fix.applied_at and fix.is_current:
        return DID_IT_WORK
    return STATUS_LOOKS[Status(fix.status)]


def guess_of(fix: SuggestedFix) -> str:
    """Return which outcome FlowPilot proposes, in words: "FlowPilot thinks: partly worked"."""
    outcome = Status((fix.ai_outcome_proposal or {})["outcome"])
    return f"FlowPilot thinks: {outcome.label.lower()}"
