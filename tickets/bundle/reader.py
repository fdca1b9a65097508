"""Reads the case bundle of a session, in a constant number of queries."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from accounts.models import User
from fixes.banner.panel import REPLACED_FIRST
from fixes.models import FixEvent, SuggestedFix
from sessions.models import AISession, Author, FactKind
from tickets.bundle.attempts import FixRows, attempts_of
from tickets.bundle.inputs import ClosingInput
from tickets.bundle.mail import without_quoted_mail
from tickets.bundle.statements import Bundle, Statement, StatementKind

FIELDS = {
    "title": "Title of the session",
    "problem_summary": "Details of the ticket",
    "client_name": "Client of the ticket",
    "ticket_ref": "Reference of the ticket",
    "root_cause": "Cause, stated when it was resolved",
}
INPUTS = {"root_cause": "cause", "impact": "impact", "access": "access", "question": "question"}
EVENT_COLUMNS = (
    *("session_id", "fix_id", "action", "from_status", "to_status", "notes", "follow_up_at", "details", "source"),
    *("at", "state_version", "position"),
)
FIX_COLUMNS = (
    *("session_id", "title", "description", "verification_hint", "status", "applied_at", "verified_at", "created_at"),
    *("partial_notes", "pending_reason", "failure_reason", "follow_up_at", "superseded_at", "status_changed_at"),
    "user_decision",
)


def read_bundle(
    session: AISession, *, inputs: ClosingInput | None = None, user: User | None = None, now: datetime | None = None
) -> Bundle:
    """Return what is known of the session, and what the form says about its current fix as if it were recorded.

    `user`: the person who closes the session. `now`: an aware time, the present one without it. It takes four queries,
    and one more where the session's account isn't loaded.
    """
    inputs, now = inputs or ClosingInput(), now or timezone.now()
    author = str(user) if user else ""
    fields = _fields(session)
    rows = list(_messages(session))
    messages = [_message(*row) for row in rows]
    facts = [_fact(*row) for row in _facts(session)]
    attempts, about_fixes = attempts_of(_fixes(session), inputs, author, now)
    said = _inputs(inputs, author, now)
    return Bundle(
        session_id=session.pk,
        title=session.title,
        problem=fields["session:problem_summary"].text if "session:problem_summary" in fields else "",
        client=session.client_name,
        ticket=session.ticket_ref,
        zone=ZoneInfo(session.account.time_zone),
        state_version=session.state_version,
        now=now,
        author=author,
        statements=fields | _by_id([*messages, *facts, *about_fixes, *said]),
        facts=tuple(each.id for each in facts),
        messages=tuple(each.id for each in messages),
        first_message=next((f"message:{row[0]}" for row in rows if row[1] == Author.ENGINEER), ""),
        attempts=attempts,
        inputs=inputs,
    )


def _by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {each.id: each for each in statements}


def _fields(session: AISession) -> dict[str, Statement]:
    values = {name: getattr(session, name) or "" for name in FIELDS}
    values["problem_summary"] = without_quoted_mail(values["problem_summary"])
    return _by_id(
        Statement(f"session:{name}", StatementKind.SESSION, text, anchor="ticket", source=FIELDS[name])
        for name, text in values.items()
        if text
    )


def _person_of(column: str) -> Coalesce:
    """Return how a person is shown, as `str` of a user does; "" for nobody."""
    return Coalesce(
        NullIf(f"{column}__display_name", Value("")), f"{column}__email", Value(""), output_field=CharField()
    )


def _messages(session: AISession) -> Iterable[tuple[int, str, str, datetime, str]]:
    messages = session.messages.exclude(author=Author.SYSTEM).order_by("sequence")
    return messages.values_list("sequence", "author", "content", "created_at", _person_of("user"))


def _facts(session: AISession) -> Iterable[tuple[UUID, str, str, datetime, str]]:
    facts = session.facts.filter(deleted_at=None).order_by("created_at", "id")
    return facts.values_list("id", "kind", "text", "created_at", _person_of("user"))


def _message(number: int, author: str, content: str, at: datetime, person: str) -> Statement:
    """An answer of FlowPilot is no mail: what it quotes is its own."""
    is_persons = author == Author.ENGINEER
    text = without_quoted_mail(content) if is_persons else content
    who = person or (Author.ENGINEER.label if is_persons else Author.ASSISTANT.label)
    anchor, source = f"message-{number}", f"Message, {who}"
    return Statement(f"message:{number}", StatementKind.MESSAGE, text, at, person, anchor=anchor, source=source)


def _fact(id_: UUID, kind: str, text: str, at: datetime, person: str) -> Statement:
    source = f"Fact, {FactKind(kind).label.lower()} by {person or 'FlowPilot'}"
    return Statement(f"fact:{id_}", StatementKind.FACT, text, at, person, anchor=f"fact-{id_}", source=source)


def _fixes(session: AISession) -> FixRows:
    """Read every fix in the order of the session page, and all events."""
    has_script = Q(script_template__isnull=False) | Q(ai_drafted_script__isnull=False)
    fixes = SuggestedFix.objects.filter(session=session).only(*FIX_COLUMNS).annotate(has_script=has_script)
    events = FixEvent.objects.filter(session=session).only(*EVENT_COLUMNS).annotate(person=_person_of("actor"))
    return FixRows(
        list(fixes.order_by("created_at", REPLACED_FIRST, "id")), list(events.order_by("state_version", "position"))
    )


def _inputs(inputs: ClosingInput, author: str, now: datetime) -> list[Statement]:
    return [
        Statement(f"input:{name}", StatementKind.INPUT, text, now, author, source=f"Your answer on this page: {label}")
        for name, label in INPUTS.items()
        if (text := getattr(inputs, name))
    ]
