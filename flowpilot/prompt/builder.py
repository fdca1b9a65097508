"""Reads a session and puts its prompt together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from common import times
from fixes.models import ScriptTemplate, SuggestedFix
from flowpilot import tokens
from flowpilot.language import language_of
from flowpilot.masking import Masks
from flowpilot.prompt.conversation import Conversation
from flowpilot.prompt.fixes import fields_of, notes_of
from flowpilot.prompt.given import Given
from flowpilot.prompt.said import copied_in, said_in
from sessions.models import AISession, Author, Fact, Message

LANGUAGES = {"en": "English", "de": "German"}
MESSAGES_MOST = 300


@dataclass(frozen=True)
class Extent:
    """How much of a session goes in at most, beside its messages: rows, and characters of a text."""

    facts: int
    fixes: int
    scripts: int
    description: int
    problem: int


EXTENTS = (Extent(60, 20, 30, 800, 8_000), Extent(30, 12, 10, 300, 3_000), Extent(8, 6, 0, 80, 600))
"""The first that leaves the messages half of what a model gets; the last for models with a small context."""


@dataclass(frozen=True)
class Contents:
    """How much of the session a prompt holds."""

    messages: int
    left_out: int
    facts: int
    fixes: int
    scripts: int


@dataclass(frozen=True)
class Prompt:
    """`messages`: as they are sent, masked. `masks`: to read the answer with."""

    messages: list[dict[str, str]]
    masks: Masks
    contents: Contents

    @property
    def text(self) -> str:
        return "\n\n".join(message["content"] for message in self.messages)

    @property
    def tokens(self) -> int:
        return tokens.estimated(self.text)


def build(session: AISession, asked: Message | None = None, *, now: datetime | None = None) -> Prompt:
    """Return the prompt for a message of the session; without one, for its last message of an engineer."""
    with timezone.override(ZoneInfo(session.account.time_zone)):
        return _Builder(session, asked, now or timezone.now()).prompt()


@dataclass
class _Builder:
    session: AISession
    asked: Message | None
    now: datetime
    messages: list[Message] = field(init=False)
    facts: list[Fact] = field(init=False)
    fixes: list[SuggestedFix] = field(init=False)
    copied: set[UUID] = field(init=False)
    scripts: list[ScriptTemplate] = field(init=False)
    given: Given = field(init=False)

    def __post_init__(self) -> None:
        most = EXTENTS[0]
        self.messages = _latest_messages(self.session)
        self.asked = self.asked or next((each for each in self.messages if each.author == Author.ENGINEER), None)
        facts = Fact.objects.filter(session=self.session, deleted_at=None).order_by("-created_at", "-id")
        self.facts = list(facts[: most.facts])[::-1]
        newest = (F("superseded_at").desc(nulls_first=True), "-created_at", "-id")  # the current one is the newest
        self.fixes = list(self.session.suggested_fixes.order_by(*newest)[: most.fixes])[::-1]
        self.copied = copied_in(self.session, self.fixes)
        scripts = ScriptTemplate.objects.usable_by(self.session.account_id).defer("body", "parameters_schema")
        self.scripts = list(scripts.order_by("-times_used", "name", "id")[: most.scripts])
        self.given = Given(self.session.pk, self._texts())

    def prompt(self) -> Prompt:
        system = self._system()
        most = settings.FLOWPILOT_CONTEXT_TOKENS - tokens.estimated(system)
        extent = next((each for each in EXTENTS[:-1] if self._size(each) <= most / 2), EXTENTS[-1])
        said = said_in(self.messages)
        shown = Conversation(self.given, self.asked, self.now, said).shown(self.messages, most - self._size(extent))
        left_out = self.session.messages.count() - len(shown)
        parts = self._parts(extent)
        data = render_to_string("prompts/session.txt", {**parts, "messages": shown, "left_out": left_out})
        return Prompt(
            [{"role": "system", "content": system.strip()}, {"role": "user", "content": data.strip()}],
            self.given.masks,
            Contents(len(shown), left_out, *(len(parts[each]) for each in ("facts", "fixes", "scripts"))),
        )

    def _texts(self) -> Iterable[str]:
        yield from (self.session.title, self.session.problem_summary, self.session.client_name)
        yield from (message.content for message in self.messages)
        yield from (fact.text for fact in self.facts)
        for fix in self.fixes:
            yield from (fix.title, fix.description, *(text or "" for _, text in notes_of(fix)))

    def _system(self) -> str:
        problem = self.session.problem_summary or self.session.title
        language = language_of([self.asked.content if self.asked else problem])
        return render_to_string(
            "prompts/system.txt",
            {
                "boundary": self.given.boundary,
                "language": LANGUAGES[language] if language else "the language of the engineer's message",
                "mask": "kind-0000",
                "zone": self.session.account.time_zone,
            },
        )

    def _size(self, extent: Extent) -> int:
        """Return the tokens of everything but the messages."""
        return tokens.estimated(render_to_string("prompts/session.txt", self._parts(extent)))

    def _parts(self, extent: Extent) -> dict[str, Any]:
        line, most = self.given.line, extent.description
        return {
            "now": times.exact(self.now),
            "boundary": self.given.boundary,
            "ticket": {
                "title": line(self.session.title),
                "client": line(self.session.client_name),
                "reference": line(self.session.ticket_ref),
                "problem": self.given.text(self.session.problem_summary, extent.problem),
            },
            "facts": [
                {"kind": fact.get_kind_display().lower(), "text": line(fact.text)}
                for fact in _last(self.facts, extent.facts)
            ],
            "fixes": [
                fields_of(fix, self.given, most, is_copied=fix.pk in self.copied)
                for fix in _last(self.fixes, extent.fixes)
            ],
            "scripts": [
                {"id": script.pk, "name": line(script.name), "description": line(script.description, most)}
                for script in self.scripts[: extent.scripts]
            ],
        }


def _latest_messages(session: AISession) -> list[Message]:
    """Return the latest messages, newest first."""
    columns = ("session_id", "sequence", "author", "content", "created_at", "origin", "effects", "user__display_name")
    return list(session.messages.select_related("user").only(*columns).order_by("-sequence")[:MESSAGES_MOST])


def _last(rows: list[Any], most: int) -> list[Any]:
    return rows[-most:] if most else []
