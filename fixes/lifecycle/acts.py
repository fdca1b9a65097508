"""The acts on a fix. Every edge calls these functions, and nothing else writes a fix.

Each act locks the session and the fix, checks `legality.may`, writes the fix, raises the session's state version and
appends the event, in one transaction. Inside `sessions.one_act.one_act` several acts become one. An act that would
change nothing writes nothing.

Every act takes the fix's id and, as `fixes`, the rows that the caller may change; a fix that isn't among them raises
SuggestedFix.DoesNotExist. `version` is the version that the caller saw.
Acts raise InvalidInput (for values that are wrong in any state) and the refusals Stale, Superseded and
IllegalTransition. They write nothing then.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from common.refusals import IllegalTransition, InvalidInput
from common.text import clean_text, required_text
from common.versions import Seen, refuse_stale
from fixes.lifecycle import outcomes
from fixes.lifecycle.by import By
from fixes.lifecycle.legality import Act, may
from fixes.lifecycle.outcomes import write_check_by, write_outcome
from fixes.lifecycle.repeats import is_recorded, repeated
from fixes.lifecycle.suggestions import as_json, corrections
from fixes.lifecycle.validation import KEEP, FollowUp, decision_of, follow_up_for, notes_for, outcome_of, proposal_of
from fixes.lifecycle.writer import Fixes, locked, write
from fixes.models import SuggestedFix
from fixes.transitions import RUNS_SCRIPT, Action, Decision, Status


def apply(fix_id: UUID, by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Stamp `applied_at`, once. The banner then asks whether it worked."""
    with locked(fixes, fix_id) as fix:
        if fix.is_open and fix.is_current and fix.applied_at:
            return fix
        now = _check(Act.APPLY, fix, by, version)
        return write(fix, Action.APPLY, by, now, {"applied_at": now})


def decide(fix_id: UUID, decision: str, by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Record the decision. Running the script counts as applying the fix; `dismissed` records that outcome."""
    path = decision_of(decision)
    if path == Decision.DISMISSED:
        return record(fix_id, Status.DISMISSED, by, version=version, fixes=fixes, decision=path)
    with locked(fixes, fix_id) as fix:
        if path in RUNS_SCRIPT and not fix.script:
            raise InvalidInput(decision="This fix has no script to run. Mark it as applied instead.")
        if fix.is_open and fix.is_current and fix.user_decision == path:
            return fix
        now = _check(Act.DECIDE, fix, by, version)
        changes: dict[str, Any] = {"user_decision": path}
        if path in RUNS_SCRIPT and not fix.applied_at:
            changes["applied_at"] = now
        return write(fix, Action.DECIDE, by, now, changes, details={"decision": path.value})


def record(
    fix_id: UUID,
    outcome: str,
    by: By,
    *,
    fixes: Fixes,
    notes: str | None = None,
    follow_up_at: FollowUp = KEEP,
    version: Seen | None = None,
    decision: Decision | None = None,
    never_applied: bool = False,
) -> SuggestedFix:
    """Record one of the five outcomes, with notes where the table needs them.

    `follow_up_at`: when to check, an aware time; only for *awaiting verification*. Recording the same again changes
    nothing. `never_applied`: a dismissal says that the fix was marked as applied by mistake; the event keeps it.
    """
    new = outcome_of(outcome)
    cleaned = notes_for(new, notes)
    with locked(fixes, fix_id) as fix:
        follow_up = follow_up_for(fix, new, follow_up_at, by.now())
        if is_recorded(fix, new, cleaned, follow_up):
            return fix
        now = _check(Act.RECORD, fix, by, version, new)
        return write_outcome(fix, Action.RECORD, by, now, new, cleaned, follow_up, decision, never_applied)


def snooze(
    fix_id: UUID, follow_up_at: datetime | None, by: By, *, fixes: Fixes, version: Seen | None = None
) -> SuggestedFix:
    """Move the check-by time of a fix that awaits verification. Status, reason and FlowPilot's proposal stay."""
    if follow_up_at is None:
        raise InvalidInput(follow_up_at="Say when to check.")
    with locked(fixes, fix_id) as fix:
        follow_up = follow_up_for(fix, Status.PENDING, follow_up_at, by.now())
        if fix.is_waiting and fix.follow_up_at == follow_up:
            return fix
        now = _check(Act.SNOOZE, fix, by, version)
        return write_check_by(fix, by, now, follow_up)


def add_notes(fix_id: UUID, notes: str | None, by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Add notes to a terminal outcome that was recorded without any, such as how the person saw that it worked."""
    cleaned = required_text(notes, "notes", "Write something first. The outcome is recorded already.")
    with locked(fixes, fix_id) as fix:
        if fix.is_terminal and fix.outcome_notes == cleaned:
            return fix
        now = _check(Act.ADD_NOTES, fix, by, version)
        return write(fix, Action.RECORD, by, now, {}, notes=cleaned)


def propose(
    fix_id: UUID,
    outcome: str,
    reason: str | None,
    by: By,
    *,
    fixes: Fixes,
    message_id: UUID | None = None,
    version: Seen | None = None,
) -> SuggestedFix:
    """Record which outcome the copilot proposes. The status doesn't change until a person confirms."""
    guess = {
        "outcome": proposal_of(outcome).value,
        "reason": clean_text(reason, "reason"),
        "message_id": str(message_id) if message_id else None,
    }
    with locked(fixes, fix_id) as fix:
        if fix.ai_outcome_proposal and guess.items() <= fix.ai_outcome_proposal.items():
            return fix
        now = _check(Act.PROPOSE, fix, by, version)
        if message_id and fix.events.filter(action=Action.REJECT, details__message_id=str(message_id)).exists():
            raise IllegalTransition("This message’s proposal was rejected before.")
        proposal = {**guess, "proposed_at": now.isoformat()}
        return write(fix, Action.PROPOSE, by, now, {"ai_outcome_proposal": proposal}, details=proposal)


def confirm(
    fix_id: UUID,
    by: By,
    *,
    fixes: Fixes,
    notes: str | None = None,
    follow_up_at: FollowUp = KEEP,
    version: Seen | None = None,
) -> SuggestedFix:
    """Record what the copilot proposed, with its reason as notes unless others are given.

    `follow_up_at`: when to check, if the copilot proposed *awaiting verification*.
    """
    with locked(fixes, fix_id) as fix:
        done = repeated(fix, version, Action.CONFIRM)
        if done and done.notes == _notes_of(done.details["proposal"], notes):
            return fix
        now = _check(Act.CONFIRM, fix, by, version)
        proposal = fix.ai_outcome_proposal or {}
        new = Status(proposal["outcome"])
        cleaned = notes_for(new, _notes_of(proposal, notes))
        follow_up = follow_up_for(fix, new, follow_up_at, now)
        return write_outcome(fix, Action.CONFIRM, by, now, new, cleaned, follow_up)


def _notes_of(proposal: dict[str, Any], notes: str | None) -> str | None:
    return clean_text(proposal["reason"] if notes is None else notes, "notes")


def reject(
    fix_id: UUID, by: By, *, fixes: Fixes, notes: str | None = None, version: Seen | None = None
) -> SuggestedFix:
    """Clear the copilot's proposal. The message that raised it can't raise it again; the event keeps the notes."""
    cleaned = clean_text(notes, "notes")
    with locked(fixes, fix_id) as fix:
        if repeated(fix, version, Action.REJECT):
            return fix
        now = _check(Act.REJECT, fix, by, version)
        changes = {"ai_outcome_proposal": None, "proposal_rejected_at": now}
        return write(fix, Action.REJECT, by, now, changes, notes=cleaned, details=fix.ai_outcome_proposal)


def undo(fix_id: UUID, by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Undo the outcome that this person recorded within UNDO_WINDOW. The fix is then exactly what it was before."""
    with locked(fixes, fix_id) as fix:
        done = repeated(fix, version, Action.REOPEN)
        if done and done.is_undo:
            return fix
        return _undo(fix, by, version)


def _undo(fix: SuggestedFix, by: By, version: Seen | None, reason: str | None = None) -> SuggestedFix:
    now = _check(Act.UNDO, fix, by, version)
    event = fix.outcome_event
    assert event  # `may` has seen it
    changes = outcomes.undone(fix, event)
    return write(fix, Action.REOPEN, by, now, changes, notes=reason, details={"undo": True}, undone=event)


def reopen(
    fix_id: UUID, by: By, *, fixes: Fixes, reason: str | None = None, version: Seen | None = None
) -> SuggestedFix:
    """Return a terminal fix to its status and check-by time before the outcome. Its waiting time starts again.

    A reason is required, except from the person who recorded the outcome within UNDO_WINDOW: for them it is `undo`.
    """
    cleaned = clean_text(reason, "reason")
    with locked(fixes, fix_id) as fix:
        done = repeated(fix, version, Action.REOPEN)
        if done and done.notes == cleaned:
            return fix
        if fix.is_terminal and may(Act.UNDO, fix, by.user, by.now()) is None:
            return _undo(fix, by, version, cleaned)
        now = _check(Act.REOPEN, fix, by, version)
        if cleaned is None:
            raise InvalidInput(reason="Say why: someone else recorded it, or more than ten minutes ago.")
        assert fix.outcome_event  # a terminal fix has one
        changes = outcomes.reopened(fix.outcome_event, by, now)
        return write(fix, Action.REOPEN, by, now, changes, notes=cleaned)


def edit(fix_id: UUID, changes: dict[str, Any], by: By, *, fixes: Fixes, version: Seen | None = None) -> SuggestedFix:
    """Correct what a current fix suggests, whatever its status. The event stores {column: [old, new]}.

    `changes`: some of `fixes.lifecycle.suggestions.FIELDS`.
    """
    with locked(fixes, fix_id) as fix:
        differing = corrections(fix, changes)
        if not differing:
            return fix
        now = _check(Act.EDIT, fix, by, version)
        details = {column: [as_json(getattr(fix, column)), as_json(new)] for column, new in differing.items()}
        return write(fix, Action.EDIT, by, now, differing, details=details)


def _check(act: Act, fix: SuggestedFix, by: By, version: Seen | None, outcome: Status | None = None) -> datetime:
    """Raise Stale or the refusal of `may`; return the time of the act."""
    refuse_stale(
        version, fix.version, "Someone changed this fix after your page was loaded. Nothing has been recorded yet."
    )
    now = by.now()
    if refusal := may(act, fix, by.user, now, outcome):
        raise refusal
    return now
