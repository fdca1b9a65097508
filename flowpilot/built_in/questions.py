"""Reads which option of a playbook's question the engineer's words answer.

A question: {"id", "ask", "options": {option: [phrases]}, "fits": option} (docs/playbooks.md).
"""

from heapq import nlargest
from typing import Any

from flowpilot.built_in.phrases import Text, phrase, spans
from flowpilot.language import words_of

Question = dict[str, Any]

YES = frozenset(words_of("yes yeah yep yup sure correct right exactly indeed ja jo jawohl genau stimmt doch klar"))
NO = frozenset(words_of("no nope nah not negative nein nö nicht leider"))
SHORT = 6
"""Words of a reply in which the name of an option chooses it."""
COMPARED = 50
"""The last phrases of a text that are compared."""
FIRST_WORDS = {"yes": YES, "no": NO}


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
    for option in question["options"]:
        if read.words and read.words[0] in FIRST_WORDS.get(option, ()):
            return str(option)
    is_short = len(read.words) <= SHORT
    return next((option for option in question["options"] if is_short and any(spans(read, phrase(option)))), None)
