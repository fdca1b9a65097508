"""Writes an outcome's columns and keeps their previous values in the event, from which they are restored.

The event's details hold these values from before the outcome: `proposal` (FlowPilot's, which the outcome cleared),
`follow_up_at` (the check-by time), `since` (`at` and `by` of the status), `user_decision` (if the outcome set it),
`notes` (those in the outcome's column). `applied` is true if the outcome stamped `applied_at`, `never_applied` if a
dismissal said that the fix was marked as applied by mistake.
"""

from datetime import datetime
from typing import Any

from fixes.lifecycle.by import By
from fixes.lifecycle.writer import write
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import APPLIED, NOTES_COLUMN, OPEN, VERIFIED, Action, Decision, Status


def write_outcome(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    new: Status,
    notes: str | None,
    follow_up: datetime | None,
    decision: Decision | None = None,
    never_applied: bool = False,
) -> SuggestedFix:
    """Write one of the five outcomes with its time stamps and its event."""
    changes = _changes(fix, by, now, new, notes, follow_up)
    details = _before(fix, new, changes)
    if decision:
        details["user_decision"] = fix.user_decision
        changes["user_decision"] = decision
    if never_applied:
        details["never_applied"] = True
    return write(fix, action, by, now, changes, notes=notes, details=details)


def write_check_by(fix: SuggestedFix, by: By, now: datetime, follow_up: datetime | None) -> SuggestedFix:
    """Write another check-by time of a fix that awaits verification, as an outcome that can be undone."""
    changes = {"follow_up_at": follow_up}
    details = _before(fix, Status.PENDING, changes)
    return write(fix, Action.RECORD, by, now, changes, notes=fix.pending_reason, details=details)


def _changes(
    fix: SuggestedFix, by: By, now: datetime, new: Status, notes: str | None, follow_up: datetime | None
) -> dict[str, Any]:
    changes: dict[str, Any] = {"follow_up_at": follow_up, "ai_outcome_proposal": None}
    if column := NOTES_COLUMN[new]:
        changes[column] = notes
    if new in APPLIED and not fix.applied_at:
        changes["applied_at"] = now
    if new in VERIFIED:
        changes["verified_at"] = now
    if new != fix.status:
        changes |= {"status": new, "status_changed_at": now, "status_changed_by": by.user}
    return changes


def _before(fix: SuggestedFix, new: Status, changes: dict[str, Any]) -> dict[str, Any]:
    before: dict[str, Any] = {}
    if fix.ai_outcome_proposal:
        before["proposal"] = fix.ai_outcome_proposal
    if fix.follow_up_at:
        before["follow_up_at"] = fix.follow_up_at.isoformat()
    if "status" in changes and fix.status_changed_at:
        by_id = fix.status_changed_by_id
        before["since"] = {"at": fix.status_changed_at.isoformat(), "by": str(by_id) if by_id else None}
    if (column := NOTES_COLUMN[new]) and getattr(fix, column):
        before["notes"] = getattr(fix, column)
    if "applied_at" in changes:
        before["applied"] = True
    return before


def reopened(event: FixEvent, by: By, now: datetime) -> dict[str, Any]:
    """Return the columns that reopen a fix: its status before this outcome, from now on."""
    return {
        **_status_before(event),
        "status_changed_at": now,
        "status_changed_by": by.user,
    }


def undone(fix: SuggestedFix, event: FixEvent) -> dict[str, Any]:
    """Return the columns that make the fix exactly what it was; a terminal outcome's undo keeps `applied_at`."""
    changes = _status_before(event)
    if event.from_status != event.to_status:
        changes["status_changed_at"], changes["status_changed_by_id"] = event.status_before or (None, None)
    if fix.is_current:
        changes["ai_outcome_proposal"] = event.details.get("proposal")
    if event.to_status in OPEN:
        changes[str(NOTES_COLUMN[Status(event.to_status)])] = event.details.get("notes")
        if event.details.get("applied"):
            changes["applied_at"] = None
    return changes


def _status_before(event: FixEvent) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "status": Status(str(event.from_status)),
        "verified_at": None,
        "follow_up_at": event.follow_up_before,
    }
    if "user_decision" in event.details:
        changes["user_decision"] = event.details["user_decision"]
    return changes
