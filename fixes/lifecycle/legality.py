"""Decides which acts a person may do on a fix now (docs/lifecycle.md). Nothing else decides this.

The acts raise what `may` returns; buttons, bulk, admin and API call it before they offer an act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from common.refusals import IllegalTransition, Refusal
from fixes.lifecycle.refusals import Superseded
from fixes.models import SuggestedFix
from fixes.transitions import ALLOWED, UNDO_WINDOW, Action, Status


class Act(StrEnum):
    """The acts on an existing fix. `suggest`, which creates one, is not among them."""

    APPLY = "apply"
    DECIDE = "decide"
    RECORD = "record"
    SNOOZE = "snooze"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REJECT = "reject"
    ADD_NOTES = "add_notes"
    UNDO = "undo"
    REOPEN = "reopen"
    EDIT = "edit"


def may(act: Act, fix: SuggestedFix, user: User | None, now: datetime, outcome: Status | None = None) -> Refusal | None:
    """Return why this act is refused now, or None if it is allowed.

    `outcome`: the outcome to record; CONFIRM uses the proposal's. UNDO and ADD_NOTES read the fix's history: one
    query, unless it is set. The guards of each edge check roles.
    """
    case = Case(fix, user, now, outcome)
    return next((refusal for rule in RULES[act] if (refusal := rule(case))), None)


@dataclass(frozen=True)
class Case:
    fix: SuggestedFix
    user: User | None
    now: datetime
    outcome: Status | None


def _current(case: Case) -> Refusal | None:
    return None if case.fix.is_current else Superseded("A newer fix has replaced this one.")


def _open(case: Case) -> Refusal | None:
    if case.fix.is_open:
        return None
    return IllegalTransition(f"This fix is already recorded as “{case.fix.get_status_display()}”. Reopen it first.")


def _terminal(case: Case) -> Refusal | None:
    return None if case.fix.is_terminal else IllegalTransition("There is no outcome to reopen.")


def _proposed_by_copilot(case: Case) -> Refusal | None:
    return None if case.fix.ai_outcome_proposal else IllegalTransition("FlowPilot proposes no outcome for this fix.")


def _takes_outcome(case: Case) -> Refusal | None:
    """Refuse an outcome on a replaced fix unless it is waiting. *Partly* is always refused: the newer fix goes on."""
    if case.fix.is_current:
        return None
    if not case.fix.is_waiting:
        return Superseded("A newer fix has replaced this one, so no outcome can be recorded on it.")
    if case.outcome == Status.PARTIAL:
        return Superseded("A newer fix has replaced this one. Record “Partly worked” on the newer fix.")
    return None


def _waiting(case: Case) -> Refusal | None:
    if case.fix.is_waiting:
        return None
    return _current(case) or IllegalTransition("This fix isn’t awaiting verification, so there is no check to snooze.")


def _in_table(case: Case) -> Refusal | None:
    if case.outcome is None or case.outcome in ALLOWED[Status(case.fix.status)]:
        return None
    return IllegalTransition(
        f"This fix is already recorded as “{case.fix.get_status_display()}”. "
        f"Reopen it before recording “{case.outcome.label}”."
    )


def _proposal_in_table(case: Case) -> Refusal | None:
    proposal = case.fix.ai_outcome_proposal or {}
    return _in_table(Case(case.fix, case.user, case.now, Status(proposal["outcome"])))


def _outcome_on_current_or_waiting(case: Case) -> Refusal | None:
    """Refuse unless the outcome was recorded on a current fix, or on a replaced one that was waiting."""
    event, fix = case.fix.outcome_event, case.fix
    if event is None:
        return IllegalTransition("No outcome has been recorded.")
    since = [later for later in fix.history if later.action == Action.SUPERSEDE]
    recorded_since = bool(since) and fix.history.index(since[0]) < fix.history.index(event)
    return None if fix.is_current or recorded_since else Superseded("A newer fix has replaced this one.")


def _latest(case: Case) -> Refusal | None:
    """Refuse on an open fix that was changed after its outcome: it can't be exactly what it was before."""
    if case.fix.is_terminal or case.fix.history[-1] == case.fix.outcome_event:
        return None
    return IllegalTransition("This fix has changed since, so the outcome can no longer be undone.")


def _recorded_by_them(case: Case) -> Refusal | None:
    event = case.fix.outcome_event
    if event and case.user and event.actor_id == case.user.pk:
        return None
    return IllegalTransition("Only the person who recorded this outcome can undo it.")


def _recorded_just_now(case: Case) -> Refusal | None:
    event = case.fix.outcome_event
    if event and case.now - event.at <= UNDO_WINDOW:
        return None
    return IllegalTransition("The ten-minute undo window has passed.")


def _without_notes(case: Case) -> Refusal | None:
    return IllegalTransition("This outcome already has notes.") if case.fix.outcome_notes else None


Rule = Callable[[Case], Refusal | None]

RULES: dict[Act, tuple[Rule, ...]] = {
    Act.APPLY: (_current, _open),
    Act.DECIDE: (_current, _open),
    Act.RECORD: (_takes_outcome, _in_table),
    Act.SNOOZE: (_waiting,),
    Act.PROPOSE: (_current, _open),
    Act.CONFIRM: (_current, _proposed_by_copilot, _proposal_in_table),
    Act.REJECT: (_current, _proposed_by_copilot),
    Act.ADD_NOTES: (_terminal, _outcome_on_current_or_waiting, _without_notes),
    Act.UNDO: (_outcome_on_current_or_waiting, _latest, _recorded_by_them, _recorded_just_now),
    Act.REOPEN: (_current, _terminal),
    Act.EDIT: (_current,),
}
"""Act → its rules. The first refusal counts."""
