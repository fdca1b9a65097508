"""Cuts a text into words and numbers that know their place in it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

_WORD = re.compile(r"(?P<number>\d+(?:[.,:-]\d+)*)|[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A number with its points and colons, or letters with their apostrophes. No two parts of it can match the same
character, so it never goes back: the time is linear."""

_ENDS_CLAUSE = ".,;:!?)\n…"
_JOINS = "-_./\\@#:$"

LONGEST_PHRASE = 5
"""Words of the longest phrase in any table of phrases."""

Value = TypeVar("Value")


class Word(NamedTuple):
    """One word or number: in lower case, with its place in the text."""

    text: str
    start: int
    end: int
    is_number: bool
    """False for digits that are part of a name, such as SRV-01."""
    ends_clause: bool
    """Whether the text ends after it, or a sign such as a comma follows."""


Words = Sequence[Word]


def cut(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    return [
        Word(
            text=match[0].lower().replace("’", "'"),
            start=match.start(),
            end=match.end(),
            is_number=match["number"] is not None and not _is_joined(text, match.start()),
            ends_clause=text[match.end() : match.end() + 1] in _ENDS_CLAUSE,
        )
        for match in _WORD.finditer(text)
    ]


def _is_joined(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isalpha() or (before != "" and before in _JOINS)


def text_at(words: Words, at: int) -> str:
    """Return the word at this position, or "" when there is none."""
    return words[at].text if 0 <= at < len(words) else ""


def longest(table: Mapping[tuple[str, ...], Value], words: Words, at: int) -> tuple[int, Value | None]:
    """Return the position after the longest phrase of `table` that begins here, and its value, else (0, None)."""
    texts = tuple(word.text for word in words[at : at + LONGEST_PHRASE])
    for length in range(len(texts), 0, -1):
        if texts[:length] in table:
            return at + length, table[texts[:length]]
    return 0, None
