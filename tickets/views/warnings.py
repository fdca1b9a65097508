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
    before, excerpt, after = _parts(warning)
    key = key_of(warning) if warning.sentence else ""
    return ShownWarning(before, excerpt, after, warning.reason, warning.instead, key)


def _parts(warning: TextWarning) -> tuple[str, str, str]:
    """Return the sentence before the words, the words as the sentence has them, and the sentence after them.

    The check may name the words in lower case, or with other white space; without them all of the sentence is before.
    """
    words = warning.excerpt.split()
    if not words or not warning.sentence:
        return "" if words else _start(warning.sentence), warning.excerpt, ""
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.search(pattern, warning.sentence, re.IGNORECASE)
    if found is None:
        return _start(warning.sentence), "", ""
    return _end(warning.sentence[: found.start()]), found[0], _start(warning.sentence[found.end() :])


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
