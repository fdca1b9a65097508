"""Compares the headings of an edited text with the sections that its kind has. `tickets.posting` asks here, too."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tickets.honesty.findings import Finding
from tickets.honesty.markdown_sentences import Line, lines_of
from tickets.models.text import Kind, Language
from tickets.writing.headings import HEADINGS, MARKS

_OF_AN_ADDENDUM = re.compile(r"(?:Addendum|Nachtrag), \d[\w .,:]{5,60}")
_PLAIN = str.maketrans({"’": "'", "*": None, "_": None, ":": None})
_MARKS = frozenset(words for marks in MARKS.values() for words in marks.values())


def missing_sections(markdown: str, kind: Kind, language: Language) -> list[str]:
    """Return the headings that the text lacks; one in the other language counts. An addendum has none."""
    there = set(_keys(_headings(lines_of(markdown)), kind))
    return [heading for key, heading in HEADINGS.get((kind, language), {}).items() if key not in there]


def section_findings(lines: Iterable[Line], kind: Kind, language: Language) -> Iterator[Finding]:
    """Yield the sections that are missing, there twice, or empty."""
    lines = list(lines)
    there = Counter(_keys(_headings(lines), kind))
    filled = {section for section, line in by_section(lines, kind) if not line.is_heading}
    for key, heading in HEADINGS.get((kind, language), {}).items():
        if not there[key]:
            yield Finding(heading, f"The section “{heading}” is missing.")
        elif there[key] > 1:
            yield Finding(heading, f"The section “{heading}” is there {there[key]} times.")
        elif key not in filled:
            yield Finding(heading, f"The section “{heading}” is empty. Say so where there is nothing.")


def by_section(lines: Iterable[Line], kind: Kind) -> Iterator[tuple[str, Line]]:
    """Yield each line with the key of the section that it is in, "" before the first one."""
    section = ""
    for line in lines:
        if line.is_heading:
            section = next(_keys([line.text], kind), section)
        yield section, line


def is_heading_of_the_product(line: Line, kind: Kind) -> bool:
    """Return whether it is a section's heading as the product writes it; an addendum's is bold, before its text."""
    if _OF_AN_ADDENDUM.fullmatch(line.text):
        return True
    name, _, mark = line.text.partition(" (")
    return line.is_heading and _folded(name) in _known(kind) and (not mark or mark.removesuffix(")") in _MARKS)


def _headings(lines: Iterable[Line]) -> Iterator[str]:
    return (line.text for line in lines if line.is_heading)


def _keys(headings: Iterable[str], kind: Kind) -> Iterator[str]:
    known = _known(kind)
    for heading in headings:
        folded = _folded(heading)
        if key := known.get(folded) or known.get(folded.rsplit(" (", 1)[0]):
            yield key


def _known(kind: Kind) -> dict[str, str]:
    return {_folded(words): key for language in Language for key, words in HEADINGS.get((kind, language), {}).items()}


def _folded(heading: str) -> str:
    return " ".join(heading.translate(_PLAIN).casefold().split())
