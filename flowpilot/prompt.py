"""Builds what a model is asked: instructions, and one session of the account as data (docs/copilot.md).

Everything that people wrote passes `_Given.text`: secrets are masked, the tags of markers are made harmless, and
nothing in it can end the data.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from common import times
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.transitions import Status
from flowpilot import tokens
from flowpilot.language import language_of
from flowpilot.masking import Masks
from sessions.markers import neutralised
from sessions.models import AISession, Author, Fact, Message

FACTS_MOST, FIXES_MOST, SCRIPTS_MOST = 60, 20, 30
LINE_MOST, DESCRIPTION_MOST, PROBLEM_MOST = 300, 800, 8_000
"""Characters of the ticket's parts. Messages share what is left of FLOWPILOT_CONTEXT_TOKENS."""
MESSAGES_MOST = 300
LEAST_OF_A_MESSAGE = 200
"""Tokens that the message to answer has at least, whatever else there is."""


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
    masks: Masks = field(init=False)
    boundary: str = field(init=False)

    def __post_init__(self) -> None:
        self.masks = Masks(self.session.pk)
        digest = hmac.new(settings.SECRET_KEY.encode(), b"data" + self.session.pk.bytes, hashlib.sha256).hexdigest()
        self.boundary = f"data-{digest[:8]}"

    def prompt(self) -> Prompt:
        messages = self._messages()
        asked = self.asked or next((each for each in messages if each.author == Author.ENGINEER), None)
        facts = list(Fact.objects.filter(session=self.session, deleted_at=None).order_by("-created_at")[:FACTS_MOST])[
            ::-1
        ]
        fixes = list(SuggestedFix.objects.filter(session=self.session).order_by("-created_at", "-id")[:FIXES_MOST])[
            ::-1
        ]
        scripts = list(
            ScriptTemplate.objects.usable_by(self.session.account_id).order_by("-times_used", "name", "id")[
                :SCRIPTS_MOST
            ]
        )
        self.masks.learn(_texts(self.session, messages, facts, fixes))
        system = self._system(asked)
        parts: dict[str, Any] = {
            "now": times.exact(self.now),
            "boundary": self.boundary,
            "ticket": self._ticket(),
            "facts": [{"kind": fact.get_kind_display().lower(), "text": self._line(fact.text)} for fact in facts],
            "fixes": [self._fix(fix) for fix in fixes],
            "scripts": [self._script(script) for script in scripts],
        }
        fixed = render_to_string("prompts/session.txt", parts)
        left = settings.FLOWPILOT_CONTEXT_TOKENS - tokens.estimated(system) - tokens.estimated(fixed)
        shown = self._shown(messages, asked, left)
        left_out = self.session.messages.count() - len(shown)
        data = render_to_string("prompts/session.txt", {**parts, "messages": shown, "left_out": left_out})
        contents = Contents(len(shown), left_out, len(facts), len(fixes), len(scripts))
        return Prompt(
            [{"role": "system", "content": system.strip()}, {"role": "user", "content": data.strip()}],
            self.masks,
            contents,
        )

    def _messages(self) -> list[Message]:
        """Return the latest messages, newest first."""
        columns = ("session_id", "sequence", "author", "content", "created_at", "user__display_name")
        found = self.session.messages.select_related("user").only(*columns).order_by("-sequence")
        return list(found[:MESSAGES_MOST])

    def _system(self, asked: Message | None) -> str:
        language = language_of(asked.content if asked else self.session.problem_summary or self.session.title)
        return render_to_string(
            "prompts/system.txt",
            {
                "boundary": self.boundary,
                "language": language or "the language of the engineer's message",
                "mask": "kind-0000",
                "zone": self.session.account.time_zone,
            },
        )

    def _text(self, text: str | None, most: int) -> str:
        masked = neutralised(self.masks.mask(text or "")).replace(self.boundary, "data")
        return _cut(masked, most)

    def _line(self, text: str | None, most: int = LINE_MOST) -> str:
        return " ".join(self._text(text, most).split())

    def _ticket(self) -> dict[str, str]:
        return {
            "title": self._line(self.session.title),
            "client": self._line(self.session.client_name),
            "reference": self._line(self.session.ticket_ref),
            "problem": self._text(self.session.problem_summary, PROBLEM_MOST),
        }

    def _fix(self, fix: SuggestedFix) -> dict[str, Any]:
        lines = [
            self._text(fix.description, DESCRIPTION_MOST),
            *(f"{label}: {self._line(text, DESCRIPTION_MOST)}" for label, text in _notes(fix) if text),
        ]
        return {
            "status": _status(fix),
            "id": fix.pk if fix.is_current and fix.is_open else None,
            "title": self._line(fix.title),
            "lines": [line for line in lines if line],
        }

    def _script(self, script: ScriptTemplate) -> dict[str, Any]:
        return {"id": script.pk, "name": self._line(script.name), "description": self._line(script.description)}

    def _shown(self, messages: list[Message], asked: Message | None, left: int) -> list[dict[str, Any]]:
        """Return the newest messages that fit, oldest first; the one to answer is always there, cut if it must be."""
        shown = []
        left = max(left, LEAST_OF_A_MESSAGE)
        reserved = self._message(asked, asked, left) if asked else None
        left -= _tokens(reserved) if reserved else 0
        for message in messages:
            each = reserved if reserved and asked and message.pk == asked.pk else self._message(message, asked, None)
            if each is not reserved:
                left -= _tokens(each)
            if left < 0 and each is not reserved:
                break
            shown.append(each)
        if reserved and reserved not in shown:
            shown.append(reserved)
        return shown[::-1]

    def _message(self, message: Message, asked: Message | None, most_tokens: int | None) -> dict[str, Any]:
        most = most_tokens * tokens.BYTES_A_TOKEN if most_tokens else len(message.content) + 1_000
        return {
            "author": self._author(message),
            "time": times.clock(message.created_at, self.now),
            "text": self._text(message.content, most),
            "is_asked": asked is not None and message.pk == asked.pk,
        }

    def _author(self, message: Message) -> str:
        if message.author == Author.ENGINEER:
            return self._line(message.user.display_name if message.user else "") or "Engineer"
        return "FlowPilot" if message.author == Author.ASSISTANT else "ResolutionFlow"


def _texts(session: AISession, messages: list[Message], facts: list[Fact], fixes: list[SuggestedFix]) -> Iterable[str]:
    yield from (session.title, session.problem_summary, session.client_name)
    yield from (message.content for message in messages)
    yield from (fact.text for fact in facts)
    for fix in fixes:
        yield from (fix.title, fix.description, *(text or "" for _, text in _notes(fix)))


def _status(fix: SuggestedFix) -> str:
    """Return in words what came of the fix, and what that means for the next suggestion."""
    if fix.status == Status.PROPOSED and fix.applied_at:
        said = "applied, and nobody has said yet whether it worked"
    else:
        said = STATUSES[Status(fix.status)]
    return f"current, {said}" if fix.is_current and fix.is_open else said


STATUSES = {
    Status.PROPOSED: "suggested, not applied",
    Status.SUCCESS: "worked",
    Status.FAILED: "didn't work, NOT TO BE REPEATED",
    Status.PARTIAL: "partly worked",
    Status.PENDING: "applied, can't be checked yet",
    Status.DISMISSED: "dismissed by the engineer, not wanted",
}


def _notes(fix: SuggestedFix) -> list[tuple[str, str | None]]:
    """Return the notes that belong to the fix's status, each with its label."""
    proposal = fix.ai_outcome_proposal or {}
    return [
        ("What helped and what didn't", fix.partial_notes if fix.status == Status.PARTIAL else None),
        ("Waiting on", fix.pending_reason if fix.status == Status.PENDING else None),
        ("Check by", times.exact(fix.follow_up_at) if fix.follow_up_at else None),
        ("Why it didn't work", fix.failure_reason if fix.status == Status.FAILED else None),
        ("You have proposed an outcome that the engineer hasn't confirmed", proposal.get("reason")),
    ]


def _cut(text: str, most: int) -> str:
    """Return the text, or its beginning and its end when it is too long."""
    if len(text) <= most:
        return text
    left_out = f"\n(… {len(text) - most:,} characters left out …)\n"
    end = most // 3
    return text[: most - end] + left_out + text[-end:]


def _tokens(message: dict[str, Any]) -> int:
    return tokens.estimated(message["text"] + message["author"]) + 12
