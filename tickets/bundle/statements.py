"""The types of a case bundle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from fixes.transitions import Status
from tickets.bundle.inputs import ClosingInput


class StatementKind(StrEnum):
    SESSION = "session"  # a field of the session: title, problem, client, ticket
    MESSAGE = "message"
    FACT = "fact"
    EVENT = "event"  # an event of a fix
    SCRIPT = "script"  # a script that was run
    HINT = "hint"  # how to tell that a fix worked
    INPUT = "input"  # what the person says who closes the session


@dataclass(frozen=True)
class Statement:
    """One thing that is known, with its source.

    `id`: "session:title", "message:5" (sequence), "fact:<uuid>", "event:<state version>.<position>",
    "script:<attempt>", "hint:<attempt>", "input:root_cause". `text`: the words themselves, of a message without
    signature and quoted mail. `person`: who said or did it; "" for FlowPilot and for fields. `attempt`: the number
    of the fix that it is about. `anchor`: the element of the session page that shows it.
    """

    id: str
    kind: StatementKind
    text: str
    at: datetime | None = None
    person: str = ""
    attempt: int | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Outcome:
    """An outcome that a fix had, with its event's statement."""

    status: Status
    at: datetime
    person: str
    notes: str
    check_by: datetime | None
    cites: str


@dataclass(frozen=True)
class Attempt:
    """One fix of the session. `status` is what it stands at, with what the form says about the current one.

    `outcomes`: every outcome that still counts, oldest first; the last gave it its status. `suggested`, `applied`:
    ids of the statements that say so; "" for none. `never_applied`: marked as applied, and then it wasn't.
    """

    number: int
    fix_id: UUID
    title: str
    description: str
    hint: str
    status: Status
    is_current: bool
    suggested_at: datetime
    applied_at: datetime | None
    verified_at: datetime | None
    suggested: str
    applied: str = ""
    ran_script: bool = False
    never_applied: bool = False
    outcomes: tuple[Outcome, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that the fix stands at; None while it is only proposed."""
        return self.outcomes[-1] if self.outcomes else None


@dataclass(frozen=True)
class Bundle:
    """Everything about one session. Statements are found by id; the sequences name those in their order."""

    session_id: UUID
    title: str
    problem: str
    client: str
    ticket: str
    zone: ZoneInfo
    state_version: int
    now: datetime
    author: str
    """The person who closes the session."""
    statements: Mapping[str, Statement]
    facts: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    inputs: ClosingInput = field(default_factory=ClosingInput)

    @property
    def current(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_current), None)

    @property
    def awaiting(self) -> tuple[Attempt, ...]:
        """Every fix that awaits verification, replaced ones too."""
        return tuple(attempt for attempt in self.attempts if attempt.status == Status.PENDING)
