"""Markers: blocks in FlowPilot's messages that do something, `[NAME] {…} [/NAME]` (docs/domain.md §6).

`parse` takes them out of a text. The apps that know what a marker does register a handler for its name.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from common import strict_json
from sessions.marker_tokens import TAGS_MAX, Token, tokens_of
from sessions.models import AISession, Message

PAYLOAD_MAX = 60_000
"""Characters in one marker, which no message has room for more of."""


@dataclass(frozen=True)
class Block:
    """One marker. `payload` is None for a malformed block; `reason` then says what is wrong with it."""

    name: str
    payload: dict[str, Any] | None
    reason: str = ""


@dataclass(frozen=True)
class Parsed:
    """A text without its markers, and the markers in the order of the text."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class MarkerContext:
    """`origin`: who wrote the message: "built-in", a model's name, or "" for an outside agent."""

    session: AISession
    message: Message
    origin: str


@dataclass(frozen=True)
class Done:
    """What a marker made or changed. `note`: what a reader should know about it, such as a title that was cut."""

    id: UUID
    note: str = ""


Handler = Callable[[MarkerContext, dict[str, Any]], Done]
"""Does what a marker says. Raises InvalidInput or a Refusal to change nothing."""


@dataclass(frozen=True)
class Kind:
    """`each`: every block of this kind counts; otherwise only the last in a message."""

    handler: Handler
    each: bool


_kinds: dict[str, Kind] = {}


def register(name: str, handler: Handler, *, each: bool = False) -> None:
    _kinds[name] = Kind(handler, each)


def kind_of(name: str) -> Kind:
    return _kinds[name]


def parse(text: str) -> Parsed:
    """Take the markers out of a text, in linear time.

    Tags inside a code block are text. A tag without its partner is a malformed block, which ends with its paragraph.
    """
    found = list(_found(text))
    return Parsed(_without(text, [(start, end) for start, end, _ in found]), tuple(block for *_, block in found))


def written_so_far(text: str) -> str:
    """Return what people may read of a text that is still being written: nothing after a tag without its partner."""
    tail = text.rfind("[", max(0, len(text) - _longest_tag()))
    if tail >= 0 and any(tag.startswith(text[tail:]) for name in _kinds for tag in (f"[{name}]", f"[/{name}]")):
        text = text[:tail]
    for start, _, block in _found(text):
        if block.reason == UNCLOSED:
            return parse(text[:start]).text
    return parse(text).text


def neutralised(text: str) -> str:
    """Return the text with the brackets of its tags replaced, so that repeating it does nothing."""
    for name in _kinds:
        text = text.replace(f"[{name}]", f"({name})").replace(f"[/{name}]", f"(/{name})")
    return text


def rendered(text: str, blocks: Sequence[Block]) -> str:
    """Return a text with its well-formed markers at its end, as a model would have written them."""
    parts = [f"[{each.name}]\n{json.dumps(each.payload, ensure_ascii=False)}\n[/{each.name}]" for each in blocks]
    return "\n\n".join([text, *parts])


UNCLOSED = "It has no closing tag."
UNOPENED = "It has no opening tag."
TOO_MANY = f"The text has more than {TAGS_MAX} tags and code fences."

Found = tuple[int, int, Block]
"""Start and end of what is stripped, and the block."""

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"\s*+")
_FENCE_LINE = re.compile(r"(?:`{3,}+|~{3,}+)[^\n]*+\n")
_FENCE_END = re.compile(r"\s*+(?:`{3,}+|~{3,}+)\s*+")


def _longest_tag() -> int:
    return max((len(name) for name in _kinds), default=0) + len("[/]")


def _found(text: str) -> Iterator[Found]:
    tokens, end = tokens_of(text, _kinds)
    yield from _blocks(text, tokens)
    if end is not None:
        yield end, end, Block(next(iter(_kinds)), None, TOO_MANY)


def _blocks(text: str, tokens: list[Token]) -> Iterator[Found]:
    number = 0
    while number < len(tokens):
        token = tokens[number]
        if token.fence:
            number = _after_code(text, tokens, number)
        elif (closing := _closing_tag(text, tokens, number)) is not None:
            yield token.start, closing.end, _block(token.name, text[token.end : closing.start])
            number = _first_from(tokens, closing.end, number)
        else:
            yield _malformed(text, tokens, number)
            number += 1


def _first_from(tokens: list[Token], position: int, number: int) -> int:
    return next((later for later in range(number, len(tokens)) if tokens[later].start >= position), len(tokens))


def _after_code(text: str, tokens: list[Token], opening: int) -> int:
    """Return the number of the token after a code block; without a closing fence it goes on to the end."""
    fence = tokens[opening].fence
    for number in range(opening + 1, len(tokens)):
        closes = tokens[number].fence
        if closes and closes.startswith(fence) and not _rest_of_line(text, tokens[number].end).strip():
            return number + 1
    return len(tokens)


def _rest_of_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _closing_tag(text: str, tokens: list[Token], opening: int) -> Token | None:
    """Return the tag that closes a block: where its JSON ends, whatever tags stand inside; or else the next tag."""
    token = tokens[opening]
    if token.closes:
        return None
    closing = f"[/{token.name}]"
    end = _end_of_json(text, token.end)
    if end is not None and text.startswith(closing, end):
        return Token(end, end + len(closing), token.name, True)
    following = _next_tag(tokens, opening)
    return following if following and following.closes and following.name == token.name else None


def _end_of_json(text: str, start: int) -> int | None:
    """Return where the JSON that begins here ends, with the fences and white space around it; None if there is none."""
    part = text[start : start + PAYLOAD_MAX]
    position = _SPACE.match(part).end()  # type: ignore[union-attr]
    if fence := _FENCE_LINE.match(part, position):
        position = _SPACE.match(part, fence.end()).end()  # type: ignore[union-attr]
    try:
        _, end = _DECODER.raw_decode(part, position)
    except (ValueError, RecursionError):
        return None
    after = (_FENCE_END if fence else _SPACE).match(part, end)
    return start + after.end() if after else None


def _next_tag(tokens: list[Token], opening: int) -> Token | None:
    """Return the next tag; fences between two tags belong to the payload."""
    return next((token for token in tokens[opening + 1 :] if token.name), None)


def _malformed(text: str, tokens: list[Token], number: int) -> Found:
    token = tokens[number]
    if token.closes:
        return token.start, token.end, Block(token.name, None, UNOPENED)
    following = _next_tag(tokens, number)
    end = following.start if following else len(text)
    paragraph = text.find("\n\n", token.end, end)
    return token.start, paragraph if paragraph >= 0 else end, Block(token.name, None, UNCLOSED)


def _block(name: str, inside: str) -> Block:
    try:
        value = strict_json.parse(_unfenced(inside.strip()).encode(errors="surrogatepass"))
    except strict_json.BadJson as bad:
        return Block(name, None, f"{bad.field}: {bad.message}" if bad.field else bad.message)
    return Block(name, value) if isinstance(value, dict) else Block(name, None, "It holds no JSON object.")


def _unfenced(payload: str) -> str:
    """Return a payload without the code fence around it, if it has one."""
    mark = payload[:1]
    if not payload.startswith(("```", "~~~")) or not payload.endswith(mark * 3):
        return payload
    return payload.partition("\n")[2].rstrip(mark).strip()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text without these spans; where one stood on lines of its own, one blank line stays."""
    if not spans:
        return text
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    parts: list[str] = []
    gap = ""
    for part in map(text.__getitem__, map(slice, starts, ends)):
        shown = part.strip()
        gap += part[: part.find(shown)] if shown else part
        if shown:
            parts += ["\n\n" if "\n" in gap else gap, shown] if parts else [shown]
            gap = part[len(part.rstrip()) :]
    return "".join(parts)
