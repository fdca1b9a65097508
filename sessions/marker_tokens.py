"""Finds the tags of markers and the fences of code blocks in a text, in linear time whatever the text."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

TAGS_MAX = 400
"""So many tags and code fences are read in one text; nobody who writes sense needs more."""
RUNS_MAX = 2_000
"""So many runs of backticks are looked at: most of them are no fence."""
LINE_MAX = 500
"""Characters before a tag or a fence that say whether it stands in code."""


class Token(NamedTuple):
    """A tag, or a code fence: then `name` is empty. `fence`: its run of backticks or tildes."""

    start: int
    end: int
    name: str = ""
    closes: bool = False
    fence: str = ""


_RUN = re.compile("`{3,}+|~{3,}+")
_BEFORE_A_FENCE = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+")
"""A fence may stand in a list or in a quotation."""
_INDENTED = re.compile(r" {4}| {0,3}\t")


def tokens_of(text: str, names: Iterable[str]) -> tuple[list[Token], int | None]:
    """Return tags and fences in the order of the text, without tags in indented or inline code.

    The second is the place from which on there are too many to be read; None if all were.
    `str.find` reads hostile text several times as fast as a regular expression does.
    """
    tags = [(f"[{'/' if closes else ''}{name}]", name, closes) for name in names for closes in (False, True)]
    found = [
        Token(start, start + len(tag), name, closes)
        for tag, name, closes in tags
        for start in islice(_positions(text, tag), TAGS_MAX + 1)
    ]
    if not found:
        return [], None
    runs = list(islice(_runs(text), RUNS_MAX + 1))
    tokens = sorted([*found, *(run for run in runs if _opens_line(text, run))])
    ends = [tokens[TAGS_MAX].start] if len(tokens) > TAGS_MAX else []
    ends += [runs[RUNS_MAX].start] if len(runs) > RUNS_MAX else []
    end = min(ends, default=None)
    read = [token for token in tokens if end is None or token.start < end]
    return [token for token in read if token.fence or not _is_in_code(text, token)], end


def _positions(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + len(part))


def _runs(text: str) -> Iterator[Token]:
    """Yield the runs of three or more backticks or tildes, in the order of the text."""
    position = 0
    following = {mark: text.find(mark) for mark in ("```", "~~~")}
    while starts := [start for start in following.values() if start >= 0]:
        match = _RUN.match(text, min(starts))
        assert match
        yield Token(match.start(), match.end(), fence=match[0])
        position = match.end()
        for mark, start in following.items():
            if 0 <= start < position:
                following[mark] = text.find(mark, position)


def _opens_line(text: str, run: Token) -> bool:
    before = _line_before(text, run.start)
    return before is not None and bool(_BEFORE_A_FENCE.fullmatch(before))


def _line_before(text: str, position: int) -> str | None:
    """Return what stands before this position in its line; None if that is too long to matter."""
    start = text.rfind("\n", max(0, position - LINE_MAX), position) + 1
    return None if start == 0 and position > LINE_MAX else text[start:position]


def _is_in_code(text: str, tag: Token) -> bool:
    """Whether a tag stands in inline code, or in an indented code block."""
    before = _line_before(text, tag.start)
    if before is None:
        return False
    end = text.find("\n", tag.end, tag.end + LINE_MAX)
    after = text[tag.end : end if end >= 0 else tag.end + LINE_MAX]
    if before.count("`") % 2 == 1 and "`" in after:
        return True
    above = text[: tag.start - len(before)][-LINE_MAX:]
    return bool(_INDENTED.match(before)) and (not above or above.endswith("\n\n"))
