"""What the honesty check found in an edited text, as the page shows it and as its buttons mend it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tickets.honesty.check import TextWarning

AROUND = 60
"""Characters of the sentence that are shown on either side of the words."""


@dataclass(frozen=True)
class ShownWarning:
    """`before` and `after`: the sentence around `excerpt`. `key`: of its button, "" where there is nothing to press."""

    before: str
    excerpt: str
    after: str
    reason: str
    instead: str
    key: str


def shown(warnings: Iterable[TextWarning]) -> list[ShownWarning]:
    return [_shown(each) for each in warnings]


def _shown(warning: TextWarning) -> ShownWarning:
    before, _, after = warning.sentence.partition(warning.excerpt) if warning.excerpt else (warning.sentence, "", "")
    key = key_of(warning) if warning.sentence else ""
    return ShownWarning(_end(before), warning.excerpt, _start(after), warning.reason, warning.instead, key)


def _end(text: str) -> str:
    return text if len(text) <= AROUND else f"… {text[-AROUND:].split(' ', 1)[-1]}"


def _start(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND].rsplit(' ', 1)[0]} …"


def key_of(warning: TextWarning) -> str:
    """Return what names this warning among those of the same text."""
    return hashlib.sha256(f"{warning.sentence}\0{warning.excerpt}".encode()).hexdigest()[:16]


def replaced(text: str, warnings: Iterable[TextWarning], key: str) -> str:
    """Return the text with the sentence of this warning replaced by the one offered, or without it.

    The text is returned as it is where it has no such warning any more.
    """
    warning = next((each for each in warnings if each.sentence and key_of(each) == key), None)
    if warning is None or warning.sentence not in text:
        return text
    if warning.instead:
        return text.replace(warning.sentence, warning.instead, 1)
    without = text.replace(warning.sentence, "", 1)
    return re.sub(r"(?m)^[ \t]*[-*+] *$\n?", "", re.sub(r"(?<=\S)[ \t]{2,}", " ", without))
