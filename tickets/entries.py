"""What the session page shows of posted texts and handoffs, read in one statement with the columns that it shows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import Language
from common.times import duration
from sessions.models import AISession, SessionStatus
from tickets.models import HandoffAction, HandoffState, Kind

ROWS = """
    SELECT 'text', t.posted_at, t.state_version, to_jsonb(t) FROM (
        SELECT texts.id, kind, adds_to_id, markdown, language, writer, is_provisional, my_words, posted_at,
               state_version, posted_by_id AS by_id, coalesce(nullif(display_name, ''), email) AS who
        FROM posted_texts texts JOIN users ON users.id = posted_by_id WHERE session_id = %(session)s) t
    UNION ALL
    SELECT 'event', e.at, e.state_version, to_jsonb(e) FROM (
        SELECT events.id, handoff_id, action, notes, at, state_version, actor_id AS by_id,
               coalesce(nullif(display_name, ''), email) AS who
        FROM handoff_events events JOIN users ON users.id = actor_id WHERE session_id = %(session)s) e
    UNION ALL
    SELECT 'handoff', h.created_at, 0, to_jsonb(h) FROM (
        SELECT handoffs.id, state, text_id, question, created_at, from_user_id AS from_id, target_id,
               claimed_by_id AS claimer_id, claimed_at, ended_at, return_reason, was_enough, missing, missing_notes,
               coalesce(nullif(giver.display_name, ''), giver.email) AS giver,
               coalesce(nullif(target.display_name, ''), target.email) AS target,
               target.is_active AND target.role <> 'viewer' AS target_works,
               coalesce(nullif(claimer.display_name, ''), claimer.email) AS claimer
        FROM handoffs JOIN users giver ON giver.id = from_user_id LEFT JOIN users target ON target.id = target_id
             LEFT JOIN users claimer ON claimer.id = claimed_by_id WHERE session_id = %(session)s) h
    ORDER BY 2, 3
"""


SHOWN = set(HandoffAction) - {HandoffAction.RATE}
"""What the conversation shows. A rating is about the package, and its card shows it."""


@dataclass(frozen=True)
class TextEntry:
    """A posted text in the conversation. `my_words`: how many of its sentences the check had warned of.

    `adds_to`: what an addendum adds to. `handed_to`: whom a package was escalated to; "" for anyone.
    """

    id: UUID
    kind: Kind
    markdown: str
    language: Language
    writer: str
    is_provisional: bool
    my_words: int
    at: datetime
    state_version: int
    who: str
    by_id: UUID
    adds_to_id: UUID | None = None
    adds_to: Kind | None = None
    handed_to: str = ""
    is_latest: bool = False

    has_message = False
    template = "tickets/_posted.html"

    @property
    def anchor(self) -> str:
        return f"text-{self.id}"

    @property
    def is_note(self) -> bool:
        return self.kind == Kind.NOTE

    @property
    def name(self) -> str:
        """What it is, within a sentence."""
        return self.kind.label.lower()

    @property
    def language_name(self) -> str:
        return str(self.language.label)


@dataclass(frozen=True)
class HandoffEntry:
    """Something that happened to a handoff. The package of an escalation is its text's own entry.

    `giver`: who had escalated it; `waited`: how long it waited for this claim. `is_left_off`: of the claims, the last.
    """

    id: UUID
    handoff_id: UUID
    action: HandoffAction
    notes: str
    at: datetime
    state_version: int
    who: str
    by_id: UUID
    giver: str = ""
    waited: str = ""
    is_left_off: bool = False

    has_message = False
    template = "tickets/_handoff_event.html"

    @property
    def anchor(self) -> str:
        return f"handoff-{self.id}"


@dataclass(frozen=True)
class HandoffLine:
    """A handoff as the session page speaks of it; people by name, and by id to tell whether it is the reader."""

    id: UUID
    state: HandoffState
    text_id: UUID | None
    question: str
    created_at: datetime
    giver: str
    from_id: UUID
    target: str
    target_id: UUID | None
    target_works: bool
    claimer: str
    claimer_id: UUID | None
    claimed_at: datetime | None
    ended_at: datetime | None
    return_reason: str
    was_enough: bool | None
    missing: tuple[str, ...]
    missing_notes: str


@dataclass
class Entries:
    """All of one session, oldest first."""

    texts: list[TextEntry] = field(default_factory=list)
    events: list[HandoffEntry] = field(default_factory=list)
    handoffs: list[HandoffLine] = field(default_factory=list)

    @property
    def in_order(self) -> list[TextEntry | HandoffEntry]:
        """Return the entries of the conversation: an escalation is there once, as the package that was posted."""
        packages = {each.text_id for each in self.handoffs} & {each.id for each in self.texts}
        with_package = {each.id for each in self.handoffs if each.text_id in packages}
        events = [each for each in self.events if each.action in SHOWN and not _is_in(with_package, each)]
        return sorted([*self.texts, *events], key=lambda entry: (entry.at, entry.state_version))


def _is_in(with_package: set[UUID], event: HandoffEntry) -> bool:
    return event.action == HandoffAction.ESCALATE and event.handoff_id in with_package


def has_entries(session: AISession) -> bool:
    """Whether something was posted or handed over here, as the session's own row says: most pages need no statement."""
    posted = session.resolution_note_posted_at or session.escalation_package_posted_at
    return bool(posted) or session.status == SessionStatus.ESCALATED


def read_entries(session: AISession) -> Entries:
    if not has_entries(session):
        return Entries()
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"session": session.pk})
        return _entries(cursor.fetchall())


def _entries(rows: Iterable[tuple[str, datetime, int, str]]) -> Entries:
    found = Entries()
    for what, at, _, row in rows:
        values = json.loads(row)
        if what == "text":
            found.texts.append(_text(values, at))
        elif what == "event":
            found.events.append(_event(values, at))
        else:
            found.handoffs.append(_handoff(values, at))
    return replace(found, texts=_joined(found), events=_events_of(found))


def _events_of(found: Entries) -> list[HandoffEntry]:
    """Return the events with what only their handoffs know."""
    handoffs = {each.id: each for each in found.handoffs}
    claims = [each.id for each in found.events if each.action == HandoffAction.CLAIM]
    return [
        replace(
            each,
            giver=handoffs[each.handoff_id].giver,
            waited=duration(each.at - handoffs[each.handoff_id].created_at),
            is_left_off=each.id in claims[-1:],
        )
        for each in found.events
    ]


def _joined(found: Entries) -> list[TextEntry]:
    """Return the texts with what only the others know of them."""
    kinds = {each.id: each.kind for each in found.texts}
    handed = {each.text_id: each.target for each in found.handoffs}
    return [
        replace(
            each,
            adds_to=kinds.get(each.adds_to_id) if each.adds_to_id else None,
            handed_to=handed.get(each.id, ""),
            is_latest=each is found.texts[-1],
        )
        for each in found.texts
    ]


def _text(values: dict[str, Any], at: datetime) -> TextEntry:
    return TextEntry(
        id=UUID(values["id"]),
        kind=Kind(values["kind"]),
        markdown=values["markdown"],
        language=Language(values["language"]),
        writer=values["writer"],
        is_provisional=values["is_provisional"],
        my_words=len(values["my_words"]),
        at=at,
        state_version=values["state_version"],
        who=values["who"],
        by_id=UUID(values["by_id"]),
        adds_to_id=_id(values["adds_to_id"]),
    )


def _event(values: dict[str, Any], at: datetime) -> HandoffEntry:
    return HandoffEntry(
        id=UUID(values["id"]),
        handoff_id=UUID(values["handoff_id"]),
        action=HandoffAction(values["action"]),
        notes=values["notes"],
        at=at,
        state_version=values["state_version"],
        who=values["who"],
        by_id=UUID(values["by_id"]),
    )


def _handoff(values: dict[str, Any], at: datetime) -> HandoffLine:
    return HandoffLine(
        id=UUID(values["id"]),
        state=HandoffState(values["state"]),
        text_id=_id(values["text_id"]),
        question=values["question"],
        created_at=at,
        giver=values["giver"],
        from_id=UUID(values["from_id"]),
        target=values["target"] or "",
        target_id=_id(values["target_id"]),
        target_works=bool(values["target_works"]),
        claimer=values["claimer"] or "",
        claimer_id=_id(values["claimer_id"]),
        claimed_at=_time(values["claimed_at"]),
        ended_at=_time(values["ended_at"]),
        return_reason=values["return_reason"],
        was_enough=values["was_enough"],
        missing=tuple(values["missing"]),
        missing_notes=values["missing_notes"],
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
