"""The types of a case bundle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from fixes.transitions import Status
from tickets.bundle.inputs import ClosingInput

SAID = "input:fix_outcome"
"""The statement of what the form says about the current fix."""


class StatementKind(StrEnum):
    SESSION = "session"  # a field of the session: title, problem, client, ticket, root cause
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
    signature and quoted mail; of an event that has no words, the fix's title. `person`: who said or did it; "" for
    FlowPilot and for fields. `attempt`: the number of the fix that it is about. `anchor`: id of the element of the
    session page that shows it, "" where none does. `source`: what it is, in words for people: "Fact, checked by Maya
    Lindqvist".
    """

    id: str
    kind: StatementKind
    text: str
    at: datetime | None = None
    person: str = ""
    attempt: int | None = None
    anchor: str = ""
    source: str = ""


@dataclass(frozen=True)
class Outcome:
    """An outcome that a fix had, with its event's statement.

    `version`: the session's state version after it was recorded. `notes_cite`: the event of notes that were added
    later; "" if they came with the outcome. `never_applied`: the fix is dismissed because nobody ever applied it.
    """

    status: Status
    at: datetime
    person: str
    notes: str
    check_by: datetime | None
    cites: str
    version: int = 0
    notes_cite: str = ""
    never_applied: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it only stands in the form: it isn't recorded, so its time isn't known yet."""
        return self.cites == SAID

    @property
    def all_cites(self) -> tuple[str, ...]:
        return (self.cites, self.notes_cite) if self.notes_cite else (self.cites,)


@dataclass(frozen=True)
class Reopening:
    """An outcome was taken back: undone, or reopened with a reason. `status`: the one that no longer stands."""

    status: Status
    at: datetime
    person: str
    reason: str
    cites: str
    version: int = 0


@dataclass(frozen=True)
class Attempt:
    """One fix of the session. `status` is what it stands at, with what the form says about the current one.

    `outcomes`: every outcome that still counts, oldest first; the last gave it its status. `history`: all of them, and
    what was taken back. `suggested`, `applied`, `script`: ids of the statements that say so; "" for none.
    `applied_by`: the person who applied it, "" where that isn't known, as where it was only said with an outcome.
    `never_applied`: dismissed because nobody ever applied it, even if it was marked as applied.
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
    applied_by: str = ""
    script: str = ""
    never_applied: bool = False
    outcomes: tuple[Outcome, ...] = ()
    history: tuple[Outcome | Reopening, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that the fix stands at; None while it is only proposed."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def taken_back(self) -> "tuple[Outcome, Reopening] | None":
        """The latest verdict that was reopened, with who said why. One that was undone without a word was a slip."""
        told = [number for number, each in enumerate(self.history) if isinstance(each, Reopening) and each.reason]
        if not told:
            return None
        reopening = self.history[told[-1]]
        assert isinstance(reopening, Reopening)
        verdict: Outcome | None = None
        for each in reversed(self.history[: told[-1]]):
            if not isinstance(each, Outcome) or each.status != reopening.status:
                break
            verdict = each  # notes may have been added to it
        return (verdict, reopening) if verdict else None

    @property
    def is_reopened(self) -> bool:
        """Whether nothing was recorded since a verdict was taken back, with the reason."""
        return bool(self.taken_back and self.taken_back[1] is self.history[-1])

    @property
    def seemed_to_work(self) -> bool:
        """Whether the last word is that it worked, until that was taken back."""
        return self.is_reopened and bool(self.taken_back and self.taken_back[0].status == Status.SUCCESS)

    @property
    def recorded_as_applied(self) -> Outcome | None:
        """The outcome by which it was said that the fix was applied, by whom and when isn't known; None if it is."""
        outcomes = (each for each in self.history if isinstance(each, Outcome))
        return next((each for each in outcomes if self.applied and each.cites == self.applied), None)

    @property
    def ran_script(self) -> bool:
        return bool(self.script)

    @property
    def was_applied(self) -> bool:
        return self.applied_at is not None and not self.never_applied

    @property
    def hint_cite(self) -> str:
        return f"hint:{self.number}" if self.hint else ""


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
    first_message: str = ""
    """The first message of an engineer: without a problem in the ticket, it is what describes one."""

    @property
    def current(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_current), None)

    @property
    def awaiting(self) -> tuple[Attempt, ...]:
        """Every fix that awaits verification, replaced ones too."""
        return tuple(attempt for attempt in self.attempts if attempt.status == Status.PENDING)

    @property
    def applied(self) -> tuple[Attempt, ...]:
        """Every fix that was applied, whatever came of it."""
        return tuple(attempt for attempt in self.attempts if attempt.was_applied)

    @property
    def root_cause(self) -> Statement | None:
        """The cause that the person states now, else the one stated when the session was last closed."""
        return self.statements.get("input:root_cause") or self.statements.get("session:root_cause")
