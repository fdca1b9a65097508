"""A model behind an OpenAI-compatible address. Only a worker imports this (docs/copilot.md).

It asks once: trying again is the job's business. What leaves is masked, what comes back is unmasked, and the log of
calls keeps the masked side of both.
"""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from common.text import MARKS_MAX, MESSAGE_MAX, without_invalid
from flowpilot import calls, prompt, tokens
from flowpilot.masking import Masks
from flowpilot.prompt import Prompt
from flowpilot.providers import OnText, ProviderError, Question, Reply, Truncated, server_errors
from flowpilot.providers.chat_chunks import Chunk
from flowpilot.providers.chat_stream import ChatStream
from flowpilot.providers.reading import TICK, TooSlow, read_ahead
from sessions import markers
from sessions.markers import Block

TEXT_MOST = MESSAGE_MAX - 1_000
"""Characters of an answer after which nobody reads on."""
TEMPERATURE = 0.2

_THOUGHTS = re.compile(r"\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL)
_PILED_MARKS = re.compile(rf"([\u0300-\u036f]{{{MARKS_MAX}}})[\u0300-\u036f]+")


@dataclass
class Received:
    """What has come of an answer so far, as the model wrote it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    finish: str | None = None
    has_ended: bool = False
    tokens: tuple[int, int] | None = None

    def add(self, chunk: Chunk) -> None:
        self.parts.append(chunk.text)
        self.length += len(chunk.text)
        self.finish = chunk.finish or self.finish
        self.has_ended = self.has_ended or chunk.ended
        self.tokens = chunk.tokens or self.tokens

    @property
    def text(self) -> str:
        """The answer without thoughts that stand before it, and without characters that no text may have."""
        text = without_invalid(
            _THOUGHTS.sub("", "".join(self.parts), count=1) if self._begins_with_thoughts else "".join(self.parts)
        )
        return _PILED_MARKS.sub(r"\1", text)

    @property
    def _begins_with_thoughts(self) -> bool:
        return "".join(self.parts[:20]).lstrip().startswith("<think>")


class OpenAICompatible:
    def __init__(self) -> None:
        self.name = settings.FLOWPILOT_MODEL
        self.server = urlsplit(settings.FLOWPILOT_URL).netloc

    def reply(self, question: Question, on_text: OnText) -> Reply:
        """Return the model's answer. Raises ProviderError, Truncated, and what `on_text` raises.

        `on_text` is called about three times a second, also while nothing comes: so a stop is heard at any time.
        """
        asked = prompt.build(question.session, question.message)
        call, received = calls.begin(question, asked, self.name), Received()
        outcome = calls.STOPPED
        try:
            self._receive(asked, received, lambda text: on_text(asked.masks.unmask_so_far(text)))
            reply = self._complete(received, asked)
            outcome = calls.DONE
        except Truncated:
            outcome = calls.CUT
            raise
        except ProviderError as error:
            outcome = error.code
            raise
        finally:
            call.end(outcome, received.text, _tokens(received, asked))
        return reply

    def _receive(self, asked: Prompt, received: Received, on_text: OnText) -> None:
        """Read the answer to its end. Raises Truncated with the part that came, ProviderError if none came."""
        seconds = settings.FLOWPILOT_DEADLINE
        try:
            with read_ahead(self._stream(asked), seconds=seconds) as chunks:
                shown_at = time.monotonic()
                for chunk in chunks:
                    if chunk is not None:
                        received.add(chunk)
                    if received.length > TEXT_MOST:
                        raise _cut(received, asked, f"It was longer than {TEXT_MOST:,} characters.")
                    if time.monotonic() - shown_at >= TICK:
                        on_text(received.text)
                        shown_at = time.monotonic()
        except TooSlow as error:
            raise self._broken(received, asked, server_errors.too_slow(self.server, seconds)) from error
        except ProviderError as error:
            raise self._broken(received, asked, error) from error

    def _stream(self, asked: Prompt) -> ChatStream:
        request = {
            "model": self.name,
            "messages": asked.messages,
            "max_tokens": settings.FLOWPILOT_MAX_TOKENS,
            "temperature": TEMPERATURE,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        return ChatStream(
            f"{settings.FLOWPILOT_URL}/chat/completions",
            settings.FLOWPILOT_KEY,
            request,
            server=self.server,
            seconds=settings.FLOWPILOT_DEADLINE,
        )

    def _broken(self, received: Received, asked: Prompt, error: ProviderError) -> Exception:
        return _cut(received, asked, error.sentence) if received.text.strip() else error

    def _complete(self, received: Received, asked: Prompt) -> Reply:
        if received.finish not in {None, "stop"}:
            raise self._broken(received, asked, _unfinished(received.finish, self.server))
        if not received.finish and not received.has_ended:
            error = server_errors.hung_up(self.server) if received.parts else server_errors.nonsense(self.server)
            raise self._broken(received, asked, error)
        if not received.text.strip():
            raise server_errors.empty(self.server)
        parsed = markers.parse(received.text)
        text = asked.masks.unmask(parsed.text)
        if len(text) > MESSAGE_MAX:
            raise Truncated(text[:MESSAGE_MAX], f"It was longer than {MESSAGE_MAX:,} characters.")
        blocks = tuple(_unmasked(block, asked.masks) for block in parsed.blocks)
        return Reply(text, blocks)


def _unmasked(block: Block, masks: Masks) -> Block:
    """Return a marker with its secrets: string by string, so that no secret can change what the marker says."""
    return Block(block.name, masks.unmask_value(block.payload), block.reason)


def _cut(received: Received, asked: Prompt, sentence: str) -> Truncated:
    return Truncated(asked.masks.unmask(received.text)[:MESSAGE_MAX], sentence)


def _unfinished(finish: str | None, server: str) -> ProviderError:
    if finish == "length":
        return ProviderError("length", f"It reached its limit of {settings.FLOWPILOT_MAX_TOKENS:,} tokens.")
    if finish == "content_filter":
        return ProviderError("refused", f"{server} cut it off (content filter).")
    return ProviderError("unfinished", f"{server} ended it early.")


def _tokens(received: Received, asked: Prompt) -> tuple[int, int]:
    """Return the tokens sent and received, as the server counted them; an estimate where it didn't."""
    return received.tokens or (asked.tokens, tokens.estimated("".join(received.parts)))
