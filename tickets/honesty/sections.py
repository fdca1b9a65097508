"""Compares the headings of an edited text with the sections that its kind has."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tickets.honesty.findings import Finding
from tickets.honesty.markdown_sentences import Line
from tickets.models.text import Kind, Language
from tickets.writing.headings import HEADINGS

_OF_AN_ADDENDUM = re.compile(r"(?:Addendum|Nachtrag), \d[\w .,:]{5,60}")
_PLAIN = str.maketrans({"’": "'", "*": None, "_": None, ":": None})


def section_findings(headings: Iterable[str], kind: Kind, language: Language) -> Iterator[Finding]:
    """Yield the sections that are missing or there twice. A heading may be in either language."""
    there = Counter(_keys(headings, kind))
    for key, heading in HEADINGS.get((kind, language), {}).items():
        if not there[key]:
            yield Finding(heading, f"The section “{heading}” is missing.")
        elif there[key] > 1:
            yield Finding(heading, f"The section “{heading}” is there {there[key]} times.")


def is_heading(line: Line) -> bool:
    """Return whether this is a heading; an addendum's is the bold beginning of its first paragraph."""
    return line.is_heading or bool(_OF_AN_ADDENDUM.fullmatch(line.text))


def _keys(headings: Iterable[str], kind: Kind) -> Iterator[str]:
    known = {_folded(words): key for language in Language for key, words in HEADINGS.get((kind, language), {}).items()}
    for heading in headings:
        folded = _folded(heading)
        if key := known.get(folded) or known.get(folded.rsplit(" (", 1)[0]):
            yield key


def _folded(heading: str) -> str:
    return " ".join(heading.translate(_PLAIN).casefold().split())
