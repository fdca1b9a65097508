"""One answer of a model, from the request to its end: the deadline, the limits, the log. Only a worker imports this."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from common.text import MARKS_MAX, MESSAGE_MAX, without_invalid
from flowpilot import calls, tokens
from flowpilot.calls import Call
from flowpilot.providers import ProviderError, Truncated, server_errors
from flowpilot.providers.chat_chunks import Chunk
from flowpilot.providers.chat_stream import ChatStream
from flowpilot.providers.reading import TICK, TooSlow, read_ahead

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


@dataclass
class Completion:
    """A request that `call` has recorded. Use it within `recorded`, so that the record says what came of it.

    It asks once: trying again is the job's business. What it sends and returns is masked. `schema`: of the JSON that
    is asked for; a server that can't keep a model to one is asked again without.
    """

    call: Call
    schema: dict[str, Any] | None = None
    received: Received = field(default_factory=Received)

    def __post_init__(self) -> None:
        self.server = urlsplit(settings.FLOWPILOT_URL).netloc

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Record how the block ends: with the answer, with a part of it, with an error, or stopped."""
        outcome = calls.STOPPED
        try:
            yield
            outcome = calls.DONE
        except Truncated:
            outcome = calls.CUT
            raise
        except ProviderError as error:
            outcome = error.code
            raise
        finally:
            self.call.end(outcome, self.received.text, self._tokens())

    def text(self, on_text: Callable[[str], None]) -> str:
        """Return the whole answer. Raises Truncated with the part that came, ProviderError if none came.

        `on_text` is called with the text so far, about three times a second, also while nothing comes: so a stop is
        heard at any time. What it raises ends the request.
        """
        self._receive(on_text)
        received = self.received
        if received.finish not in {None, "stop"}:
            raise self._broken(_unfinished(received.finish, self.server))
        if not received.finish and not received.has_ended:
            error = server_errors.hung_up(self.server) if received.parts else server_errors.nonsense(self.server)
            raise self._broken(error)
        if not received.text.strip():
            raise server_errors.empty(self.server)
        return received.text

    def _receive(self, on_text: Callable[[str], None]) -> None:
        seconds, received = settings.FLOWPILOT_DEADLINE, self.received
        try:
            with read_ahead(self._stream(), seconds=seconds) as chunks:
                shown_at = time.monotonic()
                for chunk in chunks:
                    if chunk is not None:
                        received.add(chunk)
                    if received.length > TEXT_MOST:
                        raise Truncated(received.text, f"It was longer than {TEXT_MOST:,} characters.")
                    if time.monotonic() - shown_at >= TICK:
                        on_text(received.text)
                        shown_at = time.monotonic()
        except TooSlow as error:
            raise self._broken(server_errors.too_slow(self.server, seconds)) from error
        except ProviderError as error:
            raise self._broken(error) from error

    def _stream(self) -> ChatStream:
        request: dict[str, Any] = {
            "model": self.call.row.model,
            "messages": self.call.row.request,
            "max_tokens": settings.FLOWPILOT_MAX_TOKENS,
            "temperature": TEMPERATURE,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if self.schema:
            form = {"name": "answer", "schema": self.schema, "strict": True}
            request["response_format"] = {"type": "json_schema", "json_schema": form}
        return ChatStream(
            f"{settings.FLOWPILOT_URL}/chat/completions",
            settings.FLOWPILOT_KEY,
            request,
            server=self.server,
            seconds=settings.FLOWPILOT_DEADLINE,
        )

    def _broken(self, error: ProviderError) -> Exception:
        """Return the error, or a part of an answer that ended with it."""
        return Truncated(self.received.text, error.sentence) if self.received.text.strip() else error

    def _tokens(self) -> tuple[int, int]:
        """Return the tokens sent and received, as the server counted them; an estimate where it didn't."""
        return self.received.tokens or (self.call.estimate, tokens.estimated("".join(self.received.parts)))


def _unfinished(finish: str | None, server: str) -> ProviderError:
    if finish == "length":
        return ProviderError("length", f"It reached its limit of {settings.FLOWPILOT_MAX_TOKENS:,} tokens.")
    if finish == "content_filter":
        return ProviderError("refused", f"{server} cut it off (content filter).")
    return ProviderError("unfinished", f"{server} ended it early.")
