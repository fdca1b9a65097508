"""Reads which option of a playbook's question the engineer's words answer.

A question: {"id", "ask", "options": {option: [phrases]}, "fits": option} (docs/playbooks.md).
"""

from typing import Any

from flowpilot.built_in.phrases import Words, spans, words_of

Question = dict[str, Any]

YES = frozenset(
    words_of("yes yeah yep yup sure correct right exactly indeed it does they do ja jo jawohl genau stimmt doch klar")
)
NO = frozenset(words_of("no nope nah not negative nein nö nicht leider"))
FIRST_WORDS = {"yes": YES, "no": NO}


def said_in(question: Question, text: str) -> str | None:
    """Return the option whose phrases stand in the text; the last one said, and of two in one place the longer one."""
    words = words_of(text)
    found: list[tuple[int, int, str]] = []
    for option, phrases in question["options"].items():
        for phrase in phrases:
            found += [(end, start, option) for start, end in spans(words, words_of(phrase))]
    outer = [one for one in found if not any(_is_inside(one, other) for other in found)]
    return max(outer)[2] if outer else None


def _is_inside(inner: tuple[int, int, str], outer: tuple[int, int, str]) -> bool:
    (end, start, option), (outer_end, outer_start, other) = inner, outer
    is_longer = (outer_end - outer_start) > (end - start)
    return option != other and is_longer and outer_start <= start and end <= outer_end


def read_reply(question: Question, text: str) -> str | None:
    """Return the option that a reply to this question chooses, or None if it leaves it open."""
    if said := said_in(question, text):
        return said
    words = words_of(text)
    for option in question["options"]:
        if words and words[0] in FIRST_WORDS.get(option, ()):
            return str(option)
    return next((option for option in question["options"] if _names(words, words_of(option))), None)


def _names(words: Words, option: Words) -> bool:
    return len(words) <= 6 and len(option) > 0 and any(True for _ in spans(words, option))
