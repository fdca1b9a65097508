"""Reads the case bundle of a session, in a constant number of queries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Action, Status
from sessions.models import AISession, Author
from tickets.bundle.inputs import ClosingInput
from tickets.bundle.statements import Attempt, Bundle, Outcome, Statement, StatementKind

FIELDS = ("title", "problem_summary", "client_name", "ticket_ref")
INPUTS = ("root_cause", "impact", "access", "question")


def read_bundle(
    session: AISession, *, inputs: ClosingInput | None = None, user: User | None = None, now: datetime | None = None
) -> Bundle:
    """Return what is known of the session, and what the form says about its current fix as if it were recorded."""
    inputs, now = inputs or ClosingInput(), now or timezone.now()
    author = str(user) if user else ""
    fields = [
        Statement(f"session:{name}", StatementKind.SESSION, text) for name in FIELDS if (text := getattr(session, name))
    ]
    messages = [
        Statement(
            f"message:{each.sequence}",
            StatementKind.MESSAGE,
            each.content,
            each.created_at,
            str(each.user) if each.user else "",
            anchor=f"message-{each.sequence}",
        )
        for each in session.messages.select_related("user").order_by("sequence")
        if each.author != Author.SYSTEM
    ]
    facts = [
        Statement(
            f"fact:{each.pk}",
            StatementKind.FACT,
            each.text,
            each.created_at,
            str(each.user) if each.user else "",
            anchor=f"fact-{each.pk}",
        )
        for each in session.facts.select_related("user").filter(deleted_at=None)
    ]
    said = [
        Statement(f"input:{name}", StatementKind.INPUT, text, now, author)
        for name in INPUTS
        if (text := getattr(inputs, name))
    ]
    attempts, events = _attempts(session, inputs, author, now)
    statements = {each.id: each for each in [*fields, *messages, *facts, *events, *said]}
    return Bundle(
        session_id=session.pk,
        title=session.title,
        problem=session.problem_summary,
        client=session.client_name,
        ticket=session.ticket_ref,
        zone=ZoneInfo(session.account.time_zone),
        state_version=session.state_version,
        now=now,
        author=author,
        statements=statements,
        facts=tuple(each.id for each in facts),
        messages=tuple(each.id for each in messages),
        attempts=tuple(attempts),
        inputs=inputs,
    )


def _attempts(
    session: AISession, inputs: ClosingInput, author: str, now: datetime
) -> tuple[list[Attempt], list[Statement]]:
    attempts, statements = [], []
    events = list(session.fix_events.select_related("actor").order_by("state_version", "position"))
    for number, fix in enumerate(session.suggested_fixes.order_by("created_at", "id"), 1):
        own = [event for event in events if event.fix_id == fix.pk]
        statements += [_statement(event, number) for event in own]
        if fix.verification_hint:
            statements.append(Statement(f"hint:{number}", StatementKind.HINT, fix.verification_hint, attempt=number))
        outcomes = [
            Outcome(
                Status(event.to_status),
                event.at,
                str(event.actor or ""),
                event.notes or "",
                event.follow_up_at,
                _id(event),
            )
            for event in own
            if event.is_outcome
        ]
        status = Status(fix.status)
        if fix.is_current and inputs.fix_outcome and not _stands(fix, inputs):
            status = inputs.fix_outcome
            said = Statement("input:fix_outcome", StatementKind.INPUT, inputs.notes or "", now, author, number)
            statements.append(said)
            outcomes.append(Outcome(status, now, author, inputs.notes or "", inputs.follow_up_at, said.id))
        elif status == Status.PROPOSED:
            outcomes = []
        attempts.append(_attempt(number, fix, status, own, outcomes, now))
    return attempts, statements


def _stands(fix: SuggestedFix, inputs: ClosingInput) -> bool:
    return fix.status == inputs.fix_outcome and not inputs.notes and not inputs.follow_up_at


def _attempt(
    number: int, fix: SuggestedFix, status: Status, events: list[FixEvent], outcomes: list[Outcome], now: datetime
) -> Attempt:
    suggested = next((_id(event) for event in events if event.action == Action.SUGGEST), "")
    applied = next((_id(event) for event in events if event.action in {Action.APPLY, Action.DECIDE}), "")
    verified = fix.verified_at or (now if status in {Status.SUCCESS, Status.FAILED} else None)
    return Attempt(
        number,
        fix.pk,
        fix.title,
        fix.description,
        fix.verification_hint or "",
        status,
        fix.is_current,
        fix.created_at,
        fix.applied_at,
        verified,
        suggested,
        applied,
        bool(fix.script and fix.user_decision and fix.applied_at),
        outcomes=tuple(outcomes),
    )


def _statement(event: FixEvent, number: int) -> Statement:
    return Statement(
        _id(event),
        StatementKind.EVENT,
        event.notes or "",
        event.at,
        str(event.actor or ""),
        number,
        anchor=f"event-{event.state_version}-{event.position}",
    )


def _id(event: FixEvent) -> str:
    return f"event:{event.state_version}.{event.position}"
