"""The format of docs/import.md as data, and the records that a sound line becomes."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from common.text import MESSAGE_MAX, NOTES_MAX
from common.values import quoted
from fixes.importing.checks import (
    Check,
    each,
    json_object,
    line,
    nullable,
    one_of,
    past_time,
    record,
    script,
    text,
    ticket_field,
    time,
    uuid4,
    whole_number,
)
from fixes.importing.problems import Problems, below
from fixes.lifecycle.suggestions import DESCRIPTION_MAX, HINT_MAX, SCRIPT_MAX, TITLE_MAX
from fixes.lifecycle.validation import KEEP, FollowUp
from fixes.transitions import OUTCOMES, Decision
from sessions.models import Author, SessionStatus


@dataclass(frozen=True)
class MessageRecord:
    author: str
    content: str
    created_at: datetime


@dataclass(frozen=True)
class ActionRecord:
    action: str
    at: datetime
    decision: str = ""
    outcome: str = ""
    notes: str | None = None
    follow_up_at: FollowUp = KEEP
    reason: str | None = None


@dataclass(frozen=True)
class FixRecord:
    id: UUID
    title: str
    description: str
    confidence_pct: int
    proposed_at: datetime
    actions: list[ActionRecord]
    ai_drafted_script: str | None = None
    ai_drafted_parameters: dict[str, Any] | None = None
    verification_hint: str | None = None


@dataclass(frozen=True)
class SessionRecord:
    id: UUID
    title: str
    problem_summary: str
    client_name: str
    ticket_ref: str
    status: str
    created_at: datetime
    messages: list[MessageRecord]
    fixes: list[FixRecord] = field(default_factory=list)


MESSAGE = record(
    MessageRecord, {"author": one_of(Author.values), "content": text(MESSAGE_MAX), "created_at": past_time}
)

NOTES = nullable(text(NOTES_MAX))
BASIC: dict[str, Check] = {"action": lambda value, field, found: value, "at": past_time}
ACTIONS: dict[str, Check] = {
    "apply": record(ActionRecord, BASIC),
    "decision": record(
        ActionRecord,
        {**BASIC, "decision": one_of([path for path in Decision.values if path != Decision.DISMISSED])},
    ),
    "outcome": record(
        ActionRecord,
        {**BASIC, "outcome": one_of(OUTCOMES)},
        {"notes": NOTES, "follow_up_at": nullable(time)},
    ),
    "reopen": record(ActionRecord, BASIC, {"reason": NOTES}),
}


def action(value: Any, field: str, found: Problems) -> Any:
    kind = value.get("action") if isinstance(value, dict) else None
    if isinstance(kind, str) and kind in ACTIONS:
        return ACTIONS[kind](value, field, found)
    return found.add(below(field, "action"), f"{quoted(kind)} is not one of {', '.join(ACTIONS)}.")


FIX = record(
    FixRecord,
    {
        "id": uuid4,
        "title": line(TITLE_MAX),
        "description": text(DESCRIPTION_MAX),
        "confidence_pct": whole_number(0, 100),
        "proposed_at": past_time,
        "actions": each(action),
    },
    {
        "ai_drafted_script": nullable(script(SCRIPT_MAX)),
        "ai_drafted_parameters": nullable(json_object),
        "verification_hint": nullable(text(HINT_MAX)),
    },
)

SESSION = record(
    SessionRecord,
    {
        "id": uuid4,
        **{name: ticket_field(name) for name in ("title", "problem_summary", "client_name", "ticket_ref")},
        "status": one_of(SessionStatus.values),
        "created_at": past_time,
        "messages": each(MESSAGE),
        "fixes": each(FIX),
    },
)


def digest_of(value: dict[str, Any]) -> str:
    """Return the same digest for the same content, whatever its white space and the order of its keys."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
