"""The fixes of a bundle: what was suggested, applied and found out, from their events."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import APPLIED, NOTES_COLUMN, RUNS_SCRIPT, VERIFIED, Action, Source, Status
from tickets.bundle.inputs import ClosingInput
from tickets.bundle.outcomes import counting
from tickets.bundle.statements import SAID, Attempt, Outcome, Reopening, Statement, StatementKind

SAID_BY = {Source.IMPORT: "An import", Source.MIGRATION: "An update of ResolutionFlow"}
IN_CONVERSATION = {Action.SUGGEST, Action.APPLY, Action.DECIDE, Action.RECORD, Action.CONFIRM, Action.REOPEN}
"""Events that have a line in the session's conversation, to which a citation can lead."""
RECORDED = {
    Status.SUCCESS: "recorded “Worked”",
    Status.FAILED: "recorded “Didn’t work”",
    Status.PARTIAL: "recorded “Partly worked”",
    Status.PENDING: "marked it as awaiting verification",
    Status.DISMISSED: "dismissed it",
}
DONE = {
    Action.SUGGEST: "suggested it",
    Action.SUPERSEDE: "replaced it with a newer fix",
    Action.APPLY: "marked it as applied",
    Action.PROPOSE: "proposed an outcome",
    Action.REJECT: "rejected the proposed outcome",
    Action.REOPEN: "took the outcome back",
    Action.EDIT: "edited it",
}
"""What was done, after the person's name."""


@dataclass(frozen=True)
class FixRows:
    """The rows of a session's fixes, each annotated with `has_script`, and all of their events, with `person`."""

    fixes: list[SuggestedFix]
    events: list[FixEvent]


def attempts_of(
    rows: FixRows, inputs: ClosingInput, author: str, now: datetime
) -> tuple[tuple[Attempt, ...], list[Statement]]:
    """Return the attempts, and every statement about them.

    What the form says about the current fix counts as if its author had recorded it now.
    """
    events = defaultdict(list)
    for event in rows.events:
        events[event.fix_id].append(event)
    attempts, statements = [], []
    for number, fix in enumerate(rows.fixes, 1):
        own = events[fix.pk]
        said = _said(fix, own, inputs, author, now)
        attempt = _attempt(number, fix, own, said)
        attempts.append(attempt)
        statements += [_event(event, fix, number) for event in own]
        statements += _script(attempt, _ran(fix, own)) + _hint(attempt)
        if said:
            source = "Your answer on this page: did the fix work?"
            statements.append(
                Statement(said.cites, StatementKind.INPUT, said.notes, now, author, number, source=source)
            )
    return tuple(attempts), statements


def _said(
    fix: SuggestedFix, events: list[FixEvent], inputs: ClosingInput, author: str, now: datetime
) -> Outcome | None:
    """Return the outcome that the form gives this fix; None where it changes nothing, or isn't about it."""
    chosen = inputs.fix_outcome
    if not chosen or not fix.is_current or not fix.is_open:
        return None
    notes, check_by = inputs.notes or "", inputs.follow_up_at
    if chosen == fix.status and not notes and not check_by:
        return None
    if chosen == fix.status == Status.PENDING:
        notes, check_by = notes or fix.pending_reason or "", check_by or fix.follow_up_at
    never = chosen == Status.DISMISSED and fix.applied_at is not None  # as closing records it
    return Outcome(chosen, now, author, notes, check_by, SAID, NOT_RECORDED, never_applied=never)


NOT_RECORDED = 2**31
"""The state version of what the form says: later than everything that is recorded."""


def _attempt(number: int, fix: SuggestedFix, events: list[FixEvent], said: Outcome | None) -> Attempt:
    history = [each for event in events if (each := _history(event))]
    if said:
        history.append(said)
    outcomes = counting(history)
    status = said.status if said else Status(fix.status)
    if status == Status.PROPOSED:
        outcomes = ()
    elif not outcomes or outcomes[-1].status != status:
        outcomes = (_from_columns(fix, events),)
    applied = _applied(fix, events)
    applied_at = fix.applied_at or (said.at if said and status in APPLIED else None)
    return Attempt(
        number,
        fix.pk,
        fix.title,
        fix.description,
        fix.verification_hint or "",
        status,
        fix.is_current,
        fix.created_at,
        applied_at,
        outcomes[-1].at if status in VERIFIED else None,
        next((id_of(event) for event in events if event.action == Action.SUGGEST), ""),
        id_of(applied) if applied else said.cites if said and applied_at else "",
        _person(applied) if applied and not applied.is_outcome else "",
        f"script:{number}" if _ran(fix, events) else "",
        status == Status.DISMISSED and outcomes[-1].never_applied,
        outcomes,
        tuple(history),
    )


def _history(event: FixEvent) -> Outcome | Reopening | None:
    if event.action == Action.REOPEN:
        status = Status(str(event.from_status))
        return Reopening(status, event.at, _person(event), event.notes or "", id_of(event), event.state_version)
    is_moved = event.action == Action.MIGRATE and event.to_status != Status.PROPOSED
    if not event.is_outcome and not is_moved:
        return None
    return Outcome(
        Status(event.to_status),
        event.at,
        _person(event),
        event.notes or "",
        event.follow_up_at,
        id_of(event),
        event.state_version,
        never_applied=bool(event.details.get("never_applied")),
    )


def _from_columns(fix: SuggestedFix, events: list[FixEvent]) -> Outcome:
    """Return the outcome of a fix whose events don't tell it, as those of early releases don't."""
    column = NOTES_COLUMN[Status(fix.status)]
    at = fix.verified_at or fix.status_changed_at or fix.applied_at or fix.created_at
    notes = (getattr(fix, column) if column else "") or ""
    cites = id_of(events[-1]) if events else "session:title"
    return Outcome(Status(fix.status), at, "", notes, fix.follow_up_at, cites)


def _applied(fix: SuggestedFix, events: list[FixEvent]) -> FixEvent | None:
    """Return the event that stamped `applied_at`; None if the fix wasn't applied."""
    if not fix.applied_at:
        return None
    stamps = [event for event in events if _says_applied(event)]
    same = [event for event in stamps if event.at == fix.applied_at]
    return next(iter(same or stamps), None)


def _says_applied(event: FixEvent) -> bool:
    stamped = event.is_outcome and bool(event.details.get("applied"))
    return event.action == Action.APPLY or _runs_script(event) or stamped


def _runs_script(event: FixEvent) -> bool:
    return event.action == Action.DECIDE and event.details.get("decision") in RUNS_SCRIPT


def _ran(fix: SuggestedFix, events: list[FixEvent]) -> FixEvent | None:
    """Return the latest event by which the fix's script was run."""
    if not fix.applied_at or fix.user_decision not in RUNS_SCRIPT or not getattr(fix, "has_script", False):
        return None
    return next((event for event in reversed(events) if _runs_script(event)), None)


def _script(attempt: Attempt, run: FixEvent | None) -> list[Statement]:
    if not run:
        return []
    return [
        Statement(
            attempt.script,
            StatementKind.SCRIPT,
            attempt.title,
            run.at,
            _person(run),
            attempt.number,
            run.anchor,
            f"{_who(run)} ran the script",
        )
    ]


def _hint(attempt: Attempt) -> list[Statement]:
    if not attempt.hint:
        return []
    source = "How to tell it worked, from the fix"
    return [
        Statement(
            attempt.hint_cite,
            StatementKind.HINT,
            attempt.hint,
            attempt=attempt.number,
            anchor="attempts",
            source=source,
        )
    ]


def _event(event: FixEvent, fix: SuggestedFix, number: int) -> Statement:
    is_suggestion = event.action == Action.SUGGEST
    text = f"{fix.title}\n\n{fix.description}" if is_suggestion else event.notes or fix.title
    anchor = event.anchor if event.action in IN_CONVERSATION else "attempts"
    return Statement(
        id_of(event),
        StatementKind.EVENT,
        text,
        event.at,
        _person(event),
        number,
        anchor,
        f"{_who(event)} {_what(event)}",
    )


def _what(event: FixEvent) -> str:
    if event.action in {Action.RECORD, Action.CONFIRM, Action.MIGRATE}:
        is_update = event.from_status == event.to_status
        return "updated the notes" if is_update else RECORDED.get(Status(event.to_status), "moved it")
    if event.action == Action.DECIDE:
        return "ran the script" if _runs_script(event) else "chose to build a template"
    return DONE[Action(event.action)]


def _who(event: FixEvent) -> str:
    return _person(event) or SAID_BY.get(Source(event.source), "FlowPilot")


def _person(event: FixEvent) -> str:
    return str(event.person)  # type: ignore[attr-defined]  # annotated: an instance for each actor takes longer


def id_of(event: FixEvent) -> str:
    """Return the id of the event's statement."""
    return f"event:{event.state_version}.{event.position}"
