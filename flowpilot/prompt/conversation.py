"""The conversation as a model gets it: the newest messages that fit, and always the one to answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from common import times
from flowpilot import tokens
from flowpilot.prompt.given import Given
from sessions.models import Author, Message

LEAST = 200
"""Tokens that the message to answer has at least, whatever else there is."""
FRAME = 12
"""Tokens of a message beside its author and its text."""


@dataclass(frozen=True)
class Conversation:
    """`said`: the text of each message (`prompt.said`)."""

    given: Given
    asked: Message | None
    now: datetime
    said: dict[UUID, str]

    def shown(self, messages: list[Message], most: int) -> list[dict[str, Any]]:
        """Return the newest of `messages` (newest first) that fit into `most` tokens, oldest first.

        The one to answer is always there, cut in its middle if it must be.
        """
        answered = self._fields(self.asked, tokens.BYTES_A_TOKEN * max(most, LEAST)) if self.asked else None
        left = most - (_tokens(answered) if answered else 0)
        shown = []
        for message in messages:
            if answered and self._is_asked(message):
                shown.append(answered)
                continue
            fields = self._fields(message)
            left -= _tokens(fields)
            if left < 0:
                break
            shown.append(fields)
        if answered and answered not in shown:
            shown.append(answered)
        return shown[::-1]

    def _fields(self, message: Message, most: int | None = None) -> dict[str, Any]:
        text = self.said.get(message.pk, message.content)  # the one to answer may be older than those that are read
        return {
            "author": self._author(message),
            "time": times.clock(message.created_at, self.now),
            "text": self.given.text(text, most or 2 * len(text) + 1_000),
            "is_asked": self._is_asked(message),
        }

    def _is_asked(self, message: Message) -> bool:
        return self.asked is not None and message.pk == self.asked.pk

    def _author(self, message: Message) -> str:
        if message.author == Author.ENGINEER:
            return self.given.line(message.user.display_name if message.user else "") or "Engineer"
        return "FlowPilot" if message.author == Author.ASSISTANT else "ResolutionFlow"


def _tokens(fields: dict[str, Any]) -> int:
    return tokens.estimated(fields["text"] + fields["author"]) + FRAME
