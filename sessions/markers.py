"""Markers: blocks in FlowPilot's messages that do something, `[NAME] {…} [/NAME]` (docs/domain.md §6).

`parse` takes them out of a text. The apps that know what a marker does register a handler for its name.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from common import strict_json
from sessions.models import AISession, Message

TAGS_MAX = 400
"""So many tags and code fences are read in one text; nobody who writes sense needs more."""


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

_FENCED_PAYLOAD = re.compile(r"(`{3,}|~{3,})[^\n]*\n(.*?)\s*\1[`~]*", re.DOTALL)
_FENCE = re.compile("`{3,}|~{3,}")
_FENCES = tuple(f"\n{' ' * indent}{mark * 3}" for mark in "`~" for indent in range(4))
"""How a line begins that opens or closes a code block."""


class Token(NamedTuple):
    """A tag, or a code fence: then `name` is empty."""

    start: int
    end: int
    name: str = ""
    closes: bool = False
    fence: str = ""


def _tokens(text: str) -> Iterator[Token]:
    """Yield tags and fences in the order of the text: of each kind at most the first TAGS_MAX, and one more.

    `str.find` reads hostile text several times as fast as a regular expression does.
    """
    tags = [(f"[{'/' if closes else ''}{name}]", name, closes) for name in _kinds for closes in (False, True)]
    found = [
        Token(start, start + len(tag), name, closes) for tag, name, closes in tags for start in _positions(text, tag)
    ]
    if found:
        found += [
            _fence(text, start - 1 + len(each) - 3) for each in _FENCES for start in _positions("\n" + text, each)
        ]
    yield from sorted(found)


def _positions(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    for _ in range(TAGS_MAX + 1):
        if start < 0:
            return
        yield start
        start = text.find(part, start + len(part) - 1)


def _fence(text: str, start: int) -> Token:
    match = _FENCE.match(text, start)
    assert match
    return Token(start, match.end(), fence=match[0])


def _longest_tag() -> int:
    return max((len(name) for name in _kinds), default=0) + len("[/]")


def _found(text: str) -> Iterator[Found]:
    tokens = list(_tokens(text))
    yield from _blocks(text, tokens[:TAGS_MAX])
    if len(tokens) > TAGS_MAX:
        end = tokens[TAGS_MAX].start
        yield end, end, Block(tokens[TAGS_MAX].name or next(iter(_kinds)), None, TOO_MANY)


def _blocks(text: str, tokens: list[Token]) -> Iterator[Found]:
    number = 0
    while number < len(tokens):
        token = tokens[number]
        if token.fence:
            number = _after_code(text, tokens, number)
            continue
        partner = number + 1 if token.closes else _next_tag(tokens, number)
        if token.closes or not _is_pair(tokens, number, partner):
            yield _malformed(text, tokens, number, partner)
            number += 1
            continue
        closing = tokens[partner]
        if not _is_quoted(text, token.start, closing.end):
            inside = text[token.end : closing.start]
            yield token.start, closing.end, _block(token.name, inside)
        number = partner + 1


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


def _next_tag(tokens: list[Token], opening: int) -> int:
    """Return the number of the next tag; fences between two tags belong to the payload."""
    return next((number for number in range(opening + 1, len(tokens)) if tokens[number].name), len(tokens))


def _is_pair(tokens: list[Token], opening: int, closing: int) -> bool:
    return closing < len(tokens) and bool(tokens[closing].closes) and tokens[closing].name == tokens[opening].name


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the block stands in backticks: then it is meant to be read."""
    return text[start - 1 : start] == "`" and text[end : end + 1] == "`"


def _malformed(text: str, tokens: list[Token], number: int, next_tag: int) -> Found:
    token = tokens[number]
    if token.closes:
        return token.start, token.end, Block(token.name, None, UNOPENED)
    end = tokens[next_tag].start if next_tag < len(tokens) else len(text)
    paragraph = text.find("\n\n", token.end, end)
    return token.start, paragraph if paragraph >= 0 else end, Block(token.name, None, UNCLOSED)


def _block(name: str, inside: str) -> Block:
    payload = inside.strip()
    if fenced := _FENCED_PAYLOAD.fullmatch(payload):
        payload = fenced[2]
    try:
        value = strict_json.parse(payload.encode(errors="surrogatepass"))
    except strict_json.BadJson as bad:
        return Block(name, None, f"{bad.field}: {bad.message}" if bad.field else bad.message)
    return Block(name, value) if isinstance(value, dict) else Block(name, None, "It holds no JSON object.")


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
