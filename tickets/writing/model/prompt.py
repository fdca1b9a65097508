"""What a model gets to phrase a text: instructions, and the bundle's statements as data, each with a short id.

As with questions (docs/copilot.md): secrets are masks, tags of markers are harmless, times are the account's. What
FlowPilot said itself is left out: it is nobody's word, and the built-in copilot tells of other sessions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from common import times
from fixes.transitions import Status
from flowpilot import tokens
from flowpilot.masking import Masks
from flowpilot.prompt.given import Given
from tickets.bundle import Attempt, Bundle, Statement, StatementKind
from tickets.models import Kind, Language
from tickets.writing.slots import SLOTS

TEMPLATES = {Kind.NOTE: "prompts/note.txt", Kind.PACKAGE: "prompts/package.txt"}
LANGUAGES = {Language.ENGLISH: "English", Language.GERMAN: "German"}
STATUSES = {
    Status.PROPOSED: "suggested, not applied",
    Status.SUCCESS: "worked, and was verified",
    Status.FAILED: "did not work",
    Status.PARTIAL: "partly worked",
    Status.PENDING: "AWAITING VERIFICATION: applied, and nobody knows yet whether it worked",
    Status.DISMISSED: "not used",
}


@dataclass(frozen=True)
class Extent:
    """How much goes in at most: facts, fixes, and characters of the problem, of one statement and of one message."""

    facts: int
    fixes: int
    problem: int
    statement: int
    message: int


EXTENTS = (Extent(60, 20, 8_000, 800, 4_000), Extent(30, 10, 3_000, 300, 1_500), Extent(8, 4, 600, 120, 400))
"""The first that leaves the messages half of what a model gets; the last for models with a small context."""


@dataclass(frozen=True)
class TextPrompt:
    """`messages`: as they are sent, masked. `ids`: each short id in them → the statement that it stands for."""

    messages: list[dict[str, str]]
    masks: Masks
    ids: dict[str, str]


def build(bundle: Bundle, kind: Kind, language: Language) -> TextPrompt:
    """Return the prompt for the slots of a note or package."""
    with timezone.override(bundle.zone):
        return _Builder(bundle, kind, language).prompt()


@dataclass
class _Builder:
    bundle: Bundle
    kind: Kind
    language: Language
    given: Given = field(init=False)
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.given = Given(self.bundle.session_id, self._texts())
        self.labels = {each: f"s{number}" for number, each in enumerate(self.bundle.statements, 1)}

    def prompt(self) -> TextPrompt:
        system = self._system()
        most = settings.FLOWPILOT_CONTEXT_TOKENS - tokens.estimated(system)
        extent = next((each for each in EXTENTS[:-1] if self._size(each) <= most / 2), EXTENTS[-1])
        parts = self._parts(extent)
        parts["messages"] = self._messages(most - self._size(extent), extent.message)
        data = render_to_string("prompts/statements.txt", parts)
        return TextPrompt(
            [{"role": "system", "content": system.strip()}, {"role": "user", "content": data.strip()}],
            self.given.masks,
            {self.labels[each]: each for each in _shown(parts)},
        )

    def _texts(self) -> Iterable[str]:
        yield from (statement.text for statement in self.bundle.statements.values())
        for attempt in self.bundle.attempts:
            yield from (attempt.title, *(outcome.notes for outcome in attempt.outcomes))

    def _system(self) -> str:
        names = {
            "boundary": self.given.boundary,
            "language": LANGUAGES[self.language],
            "mask": "kind-0000",
            "zone": self.bundle.zone.key,
            "slots": SLOTS[self.kind],
        }
        return render_to_string(TEMPLATES[self.kind], names)

    def _size(self, extent: Extent) -> int:
        """Return the tokens of everything but the messages."""
        return tokens.estimated(render_to_string("prompts/statements.txt", self._parts(extent)))

    def _parts(self, extent: Extent) -> dict[str, Any]:
        statements = self.bundle.statements
        return {
            "now": times.exact(self.bundle.now),
            "boundary": self.given.boundary,
            "ticket": [
                self._fields(each, extent.problem) for each in statements.values() if each.kind == StatementKind.SESSION
            ],
            "facts": [self._fields(statements[each], extent.statement) for each in self.bundle.facts[-extent.facts :]],
            "fixes": [self._fix(each, extent.statement) for each in self.bundle.attempts[-extent.fixes :]],
        }

    def _fix(self, attempt: Attempt, most: int) -> dict[str, Any]:
        notes = [(outcome.notes_cite or outcome.cites, outcome.notes) for outcome in attempt.outcomes if outcome.notes]
        return {
            "number": attempt.number,
            "status": _status(attempt),
            "title": self.given.line(attempt.title),
            "statements": [
                self._fields(replace(self.bundle.statements[each], text=text), most) for each, text in notes
            ],
        }

    def _messages(self, left: int, most: int) -> list[dict[str, Any]]:
        """Return the newest messages of people that fit into `left` tokens, oldest first."""
        shown = []
        for each in reversed(self.bundle.messages):
            statement = self.bundle.statements[each]
            if not statement.person:
                continue
            fields = self._fields(statement, most)
            left -= tokens.estimated(f"{fields['said_by']}{fields['text']}") + FRAME
            if left < 0:
                break
            shown.append(fields)
        return shown[::-1]

    def _fields(self, statement: Statement, most: int) -> dict[str, Any]:
        return {
            "id": statement.id,
            "label": self.labels[statement.id],
            "name": statement.id.partition(":")[2].replace("_", " "),
            "said_by": self.given.line(statement.person),
            "time": times.clock(statement.at, self.bundle.now) if statement.at else "",
            "text": self.given.text(statement.text, most),
        }


FRAME = 12
"""Tokens of a message beside its author and its text."""


def _status(attempt: Attempt) -> str:
    if attempt.status == Status.PROPOSED and attempt.applied_at:
        return "applied, and nobody has said yet whether it worked"
    return STATUSES[attempt.status]


def _shown(parts: dict[str, Any]) -> Iterator[str]:
    """Yield the ids of the statements that are in the prompt."""
    of_fixes = (each for fix in parts["fixes"] for each in fix["statements"])
    for fields in (*parts["ticket"], *parts["facts"], *of_fixes, *parts["messages"]):
        yield fields["id"]
