"""Cuts an edited text into its headings and its sentences."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tickets.honesty.word_sets import words

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+([^\n]*)")
_LIST_SIGN = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+|[ \t]*>[ \t]?")
_MARKUP = re.compile(r"\*\*|__|`|(?<![^\W_])[*_](?=\S)|(?<=\S)[*_](?![^\W_])")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY_LINE = re.compile(r"[ \t]*(?:```|~~~|---+|\*\*\*+|===+)[^\n]*")
_END = re.compile(r"[.!?…]+[\"”“’»)*_\u2069]*(?=\s)")
_ABBREVIATIONS = words(
    """
        dr mr mrs ms prof st nr no ca bzw usw etc vs e.g i.e z.b d.h u.a o.ä evtl ggf inkl tel abs z d u b h a s
        approx jan feb mar apr jun jul aug sep sept oct nov dec okt dez mrz min max std
        """
)


class Line(NamedTuple):
    """One heading, or one sentence as plain words. `written`: as it stands in the text."""

    text: str
    written: str
    is_heading: bool


def lines_of(markdown: str) -> Iterator[Line]:
    """Yield the headings and sentences of a text in their order."""
    for is_heading, block in _blocks(markdown):
        if is_heading:
            yield Line(_plain(block), block, True)
        else:
            yield from (Line(_plain(each), each, False) for each in sentences_of(block) if _plain(each))


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph."""
    start = 0
    for end in _END.finditer(text):
        if not _goes_on(text, end):
            yield text[start : end.end()].strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Return whether the sentence goes on after this full stop: an abbreviation, or "26. November"."""
    following = text[end.end() : end.end() + 40].lstrip(' \u00a0*_"“„(')[:1]
    if following.islower():
        return True
    if not end[0].startswith(".") or len(end[0]) > 1:
        return False
    word = text[max(0, end.start() - 12) : end.start()].split()[-1:]
    before = word[0].casefold().lstrip('(„“"*_') if word else ""
    return before in _ABBREVIATIONS or (before.isdecimal() and len(before) <= 2 and following.isalpha())


def _blocks(markdown: str) -> Iterator[tuple[bool, str]]:
    """Yield headings, and paragraphs or items of lists with their lines joined."""
    lines: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        heading, sign = _HEADING.match(line), _LIST_SIGN.match(line)
        if (heading or sign or not line.strip() or _ENTITY_LINE.fullmatch(line)) and lines:
            yield False, " ".join(lines)
            lines = []
        if heading:
            yield True, heading[1].strip(" \t#")
        elif not _ENTITY_LINE.fullmatch(line) and line.strip():
            lines.append(line[sign.end() if sign else 0 :].strip())


def _plain(text: str) -> str:
    """Return the words without markup; of a link, its words and its address."""
    without = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} {link[2]}", text)
    return _ESCAPE.sub(r"\1", _MARKUP.sub("", without)).strip()
