"""Reads the case bundle of a session, in a constant number of queries."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from fixes.banner.panel import REPLACED_FIRST
from fixes.models import FixEvent, SuggestedFix
from sessions.models import AISession, Author, Fact, Message
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
PERSON = ("user__display_name", "user__email")
MESSAGE_COLUMNS = ("session_id", "sequence", "author", "content", "created_at", "user_id", *PERSON)
FACT_COLUMNS = ("session_id", "text", "kind", "created_at", "user_id", *PERSON)
EVENT_COLUMNS = (
    *("session_id", "fix_id", "action", "from_status", "to_status", "notes", "follow_up_at", "details", "source"),
    *("at", "state_version", "position", "actor_id", "actor__display_name", "actor__email"),
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
    messages = [_message(each) for each in _messages(session)]
    facts = [_fact(each) for each in _facts(session)]
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


def _messages(session: AISession) -> Iterable[Message]:
    messages = session.messages.exclude(author=Author.SYSTEM).select_related("user")
    return messages.only(*MESSAGE_COLUMNS).order_by("sequence")


def _message(message: Message) -> Statement:
    """An answer of FlowPilot is no mail: what it quotes is its own."""
    is_persons = message.author == Author.ENGINEER
    text = without_quoted_mail(message.content) if is_persons else message.content
    person = str(message.user) if message.user else ""
    who = person or (Author.ENGINEER.label if is_persons else Author.ASSISTANT.label)
    number = message.sequence
    return Statement(
        f"message:{number}",
        StatementKind.MESSAGE,
        text,
        message.created_at,
        person,
        anchor=f"message-{number}",
        source=f"Message, {who}",
    )


def _facts(session: AISession) -> Iterable[Fact]:
    facts = session.facts.filter(deleted_at=None).select_related("user").only(*FACT_COLUMNS)
    return facts.order_by("created_at", "id")


def _fact(fact: Fact) -> Statement:
    person = str(fact.user) if fact.user else ""
    return Statement(
        f"fact:{fact.pk}",
        StatementKind.FACT,
        fact.text,
        fact.created_at,
        person,
        anchor=f"fact-{fact.pk}",
        source=f"Fact, {fact.get_kind_display().lower()} by {person or 'FlowPilot'}",
    )


def _fixes(session: AISession) -> FixRows:
    """Read every fix in the order of the session page, whether it has a script, and all events."""
    fixes = SuggestedFix.objects.filter(session=session).only(*FIX_COLUMNS)
    has_script = Q(script_template__isnull=False) | Q(ai_drafted_script__isnull=False)
    events = FixEvent.objects.filter(session=session).select_related("actor").only(*EVENT_COLUMNS)
    return FixRows(
        list(fixes.annotate(has_script=has_script).order_by("created_at", REPLACED_FIRST, "id")),
        list(events.order_by("state_version", "position")),
    )


def _inputs(inputs: ClosingInput, author: str, now: datetime) -> list[Statement]:
    return [
        Statement(f"input:{name}", StatementKind.INPUT, text, now, author, source=f"Your answer on this page: {label}")
        for name, label in INPUTS.items()
        if (text := getattr(inputs, name))
    ]
