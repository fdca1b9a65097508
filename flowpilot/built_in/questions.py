"""Reads which option of a playbook's question the engineer's words answer.

A question: {"id", "ask", "options": {option: [phrases]}, "fits": option} (docs/playbooks.md).
"""

from heapq import nlargest
from typing import Any

from flowpilot.built_in.claims import clauses, is_hedged, is_question
from flowpilot.built_in.phrases import Text, is_only, phrase, spans
from flowpilot.built_in.yes_no import said_yes_or_no
from flowpilot.language import words_of

Question = dict[str, Any]

COMPARED = 50
"""The last phrases of a text that are compared."""
BESIDES = frozenset(
    words_of(
        "it its is says said shows gives names the a an just only on by in at to via through again now single user "
        "person error code hours es ist sagt steht zeigt nennt der die das den dem ein eine nur bei im am zum per über "
        "jetzt wieder fehler"
    )
)
"""Words that may stand beside the name of an option which a reply consists of: "just the driver"."""


def said_in(question: Question, text: str | Text) -> str | None:
    """Return the option whose phrases stand in the text; the last one said, and of two in one place the longer one."""
    read = text if isinstance(text, Text) else Text.of(text)
    found = [
        (end, start, option)
        for option, phrases in question["options"].items()
        for each in phrases
        for start, end in spans(read, phrase(each))
    ]
    last = nlargest(COMPARED, found)
    outer = [one for one in last if not any(_is_inside(one, other) for other in last)]
    return outer[0][2] if outer else None


def _is_inside(inner: tuple[int, int, str], outer: tuple[int, int, str]) -> bool:
    (end, start, option), (outer_end, outer_start, other) = inner, outer
    is_longer = (outer_end - outer_start) > (end - start)
    return option != other and is_longer and outer_start <= start and end <= outer_end


def read_reply(question: Question, text: str | Text) -> str | None:
    """Return the option that a reply to this question chooses, or None if it leaves it open."""
    read = text if isinstance(text, Text) else Text.of(text)
    if said := said_in(question, read):
        return said
    options = question["options"]
    plain = said_yes_or_no(read.typed)
    if plain and plain in options:
        return plain
    parts = clauses(read.typed)
    if "?" in read.typed or any(is_hedged(each) or is_question(each) for each in parts):
        return None
    named = {str(option) for clause in parts for option in options if _is_name(clause, option)}
    return named.pop() if len(named) == 1 else None


def _is_name(clause: str, option: str) -> bool:
    """Return whether the clause is the option's name: "only one". Yes and no need more care (`yes_no`)."""
    is_yes_or_no = option in {"yes", "no"}
    return not is_yes_or_no and is_only(words_of(clause), [phrase(option)], BESIDES)
