"""Reads the JSON of Chat Completions: the pieces of a stream, or the whole answer in one body."""

import json
from dataclasses import dataclass
from typing import Any

TOKENS_MOST = 100_000_000
"""More tokens than that is no count."""


class Nonsense(Exception):
    """This isn't what a model's server sends."""


class ServerFailed(Exception):
    """The server says in the middle of an answer that it can't go on."""


@dataclass(frozen=True)
class Chunk:
    """What one piece adds. `finish`: why the model stopped, such as `stop` or `length`; `ended`: the end marker."""

    text: str = ""
    finish: str | None = None
    tokens: tuple[int, int] | None = None
    ended: bool = False
    is_answer: bool = True


def chunk_of_event(data: str) -> Chunk:
    """Return what the data of one event of the stream says. Raises Nonsense, ServerFailed."""
    return Chunk(ended=True) if data.strip() == "[DONE]" else _chunk(data, "delta")


def chunk_of_body(body: str | bytes) -> Chunk:
    """Return what an answer in one piece says. Raises Nonsense, ServerFailed."""
    chunk = _chunk(body, "message")
    if not chunk.is_answer:
        raise Nonsense
    return Chunk(chunk.text, chunk.finish, chunk.tokens, ended=True)


def _chunk(data: str | bytes, part: str) -> Chunk:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Nonsense from error
    if not isinstance(value, dict):
        raise Nonsense
    if value.get("error"):
        raise ServerFailed
    choices = value.get("choices")
    if choices is not None and not isinstance(choices, list):
        raise Nonsense
    tokens = _tokens(value.get("usage"))
    if not choices:  # a heartbeat, or the last piece, which only counts tokens
        return Chunk(tokens=tokens, is_answer=choices is not None)
    return _choice(choices[0], part, tokens)


def _choice(choice: Any, part: str, tokens: tuple[int, int] | None) -> Chunk:
    if not isinstance(choice, dict):
        raise Nonsense
    message, finish = choice.get(part) or {}, choice.get("finish_reason")
    if not isinstance(message, dict):
        raise Nonsense
    return Chunk(_text(message.get("content")), str(finish).lower() if finish else None, tokens)


def _text(content: Any) -> str:
    """Return the text of a message: a string, or a list of parts. Thoughts have fields of their own, and stay there."""
    parts = [part.get("text") for part in content if isinstance(part, dict)] if isinstance(content, list) else [content]
    return "".join(part for part in parts if isinstance(part, str))


def _tokens(usage: Any) -> tuple[int, int] | None:
    if not isinstance(usage, dict):
        return None
    counts = usage.get("prompt_tokens"), usage.get("completion_tokens", 0)
    if not all(isinstance(count, int) and 0 <= count <= TOKENS_MOST for count in counts):
        return None
    return int(counts[0] or 0), int(counts[1] or 0)
