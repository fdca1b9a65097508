"""What writes an answer: the built-in copilot, or a model. `flowpilot.answering` chooses one for each answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flowpilot.models import Answer
from sessions.markers import Block
from sessions.models import AISession, Message


@dataclass(frozen=True)
class Question:
    """What is to be answered: an engineer's message, in its session."""

    session: AISession
    message: Message
    answer: Answer


@dataclass(frozen=True)
class Reply:
    """A whole answer. `blocks`: its markers, where they don't stand in the text.

    `remarks`: `why` no fix is proposed, in words; `skipped`: a list of {"title", "fix_id"} that failed here before;
    what the built-in copilot asked (`built_in.conversation`, `built_in.outcomes`).
    """

    text: str
    blocks: tuple[Block, ...] | None = None
    remarks: dict[str, Any] = field(default_factory=dict)


OnText = Callable[[str], None]
"""Called with the whole text so far. Raises `flowpilot.answers.Taken` when nobody wants the rest."""


class Provider(Protocol):
    name: str

    def reply(self, question: Question, on_text: OnText) -> Reply:
        """Return the answer. Raises ProviderError, Truncated, and what `on_text` raises."""


class ProviderError(Exception):
    """No answer came. `sentence`: why, for an engineer, without secrets. `code`: for the log, such as `http_429`.

    `retry_after`: seconds after which it is worth asking again; None: asking again is of no use.
    """

    def __init__(self, code: str, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code, self.sentence, self.retry_after = code, sentence, retry_after


class Truncated(Exception):
    """The answer ended too early: it is shown as incomplete and does nothing."""

    def __init__(self, text: str, sentence: str) -> None:
        super().__init__(sentence)
        self.text, self.sentence = text, sentence
