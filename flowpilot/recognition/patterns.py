"""A small language for phrases, and the search for them in the words of a sentence.

A pattern is a row of parts with blanks between them:

| part | matches |
|---|---|
| `works` | this word |
| `it\\|that` | one of these words |
| `{neg}` | one word of this class |
| `?now` | the word, or nothing |
| `~` | up to three words, but no end of a clause |
| `^` in front | the beginning of a clause |
| `$` at the end | the end of a clause |

The longest pattern that fits at a place wins, and the search goes on behind it. A pattern looks at a bounded number of
words, so a text of any length takes linear time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fixes.said_times.words import Word
from flowpilot.recognition.signals import Kind

GAP = 3
"""Words that `~` can pass."""


class Part(NamedTuple):
    words: frozenset[str]
    is_optional: bool = False
    is_gap: bool = False


class Pattern(NamedTuple):
    kind: Kind
    parts: tuple[Part, ...]
    at_start: bool
    at_end: bool


class Match(NamedTuple):
    """A phrase found: its kind, and the positions of its words, `end` not included."""

    kind: Kind
    start: int
    end: int


Index = Mapping[str, Sequence[Pattern]]
"""First word → the patterns that can begin with it."""


def index(tables: Iterable[Mapping[Kind, str]], classes: Mapping[str, str]) -> Index:
    """Return the patterns of `tables`, one a line, by their first words. Raises ValueError on a line that is none."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for table in tables:
        for kind, lines in table.items():
            for line in lines.strip().splitlines():
                pattern = compile_pattern(kind, line, classes)
                for word in _first_words(pattern):
                    found[word].append(pattern)
    return dict(found)


def compile_pattern(kind: Kind, line: str, classes: Mapping[str, str]) -> Pattern:
    pieces = line.split()
    at_start, at_end = pieces[0] == "^", pieces[-1] == "$"
    parts = tuple(_part(piece, classes) for piece in pieces[at_start : len(pieces) - at_end])
    if all(part.is_optional or part.is_gap for part in parts) or parts[0].is_gap or parts[-1].is_gap:
        raise ValueError(f"“{line}” has to begin and end with a word, and can't be all optional")
    return Pattern(kind, parts, at_start, at_end)


def _first_words(pattern: Pattern) -> set[str]:
    """Return every word that a match can begin with."""
    words: set[str] = set()
    for part in pattern.parts:
        words |= part.words
        if not part.is_optional:
            break
    return words


def _part(piece: str, classes: Mapping[str, str]) -> Part:
    if piece == "~":
        return Part(frozenset(), is_gap=True)
    words: set[str] = set()
    for choice in piece.removeprefix("?").split("|"):
        words.update(classes[choice[1:-1]].split() if choice.startswith("{") else (choice,))
    return Part(frozenset(words), is_optional=piece.startswith("?"))


def matches(words: Sequence[Word], patterns: Index) -> list[Match]:
    """Return the phrases of one sentence from left to right. Of two as long, the first in the tables counts."""
    found, at = [], 0
    while at < len(words):
        best: Match | None = None
        for pattern in patterns.get(words[at].text, ()):
            end = _end(words, at, pattern)
            if end and (best is None or end > best.end):
                best = Match(pattern.kind, at, end)
        if best:
            found.append(best)
        at = best.end if best else at + 1
    return found


def _end(words: Sequence[Word], at: int, pattern: Pattern) -> int:
    """Return the position behind the longest match of `pattern` at this place, or 0."""
    if pattern.at_start and at and not words[at - 1].ends_clause:
        return 0
    ends = {at}
    for part in pattern.parts:
        ends = _after(words, ends, part)
    if pattern.at_end:
        ends = {end for end in ends if end == len(words) or words[end - 1].ends_clause}
    return max(ends, default=0)


def _after(words: Sequence[Word], starts: set[int], part: Part) -> set[int]:
    if part.is_gap:
        return {end for start in starts for end in _gap(words, start)}
    behind = {start + 1 for start in starts if start < len(words) and words[start].text in part.words}
    return behind | starts if part.is_optional else behind


def _gap(words: Sequence[Word], start: int) -> list[int]:
    ends = [start]
    for end in range(start, min(start + GAP, len(words))):
        if end and words[end - 1].ends_clause:
            break
        ends.append(end + 1)
    return ends
