"""The rules for every text that a person or program sends, the same at every edge (docs/domain.md §4).

Text is stored in Unicode's form NFC. It is empty when nothing in it can be seen, and refused when it has a character
that has no place in text: NUL, other control characters, half a surrogate pair.
"""

import math
import re
import unicodedata
from typing import Any, TypeGuard

from common.refusals import InvalidInput

NOTES_MAX = 4_000
MESSAGE_MAX = 50_000

UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs", "Mc", "Me", "Mn"})
"""Unicode's categories of characters that show nothing by themselves: a combining mark needs a letter to stand on."""
BLANK_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols to Unicode, and blank to every reader."""

MARKS_MAX = 30
"""Combining marks on one letter (Unicode's Stream-Safe Text Format). Ordering more of them takes quadratic time."""
LONGEST_COMPOSED = 4
"""So many characters become one in NFC at most."""

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
_WHITE_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def clean_text(text: str | None, field: str, *, max_length: int = NOTES_MAX) -> str | None:
    """Return the text as it is stored: NFC, line ends as LF, both ends stripped; None when nothing in it can be seen.

    `max_length` counts characters after cleaning. Raises InvalidInput on `field`.
    """
    if not _is_given(text, field):
        return None
    _refuse_invalid(text, field)
    return _finished(_LINE_END.sub("\n", text), field, max_length)


def clean_line(text: str | None, field: str, *, max_length: int) -> str | None:
    """Return the text as `clean_text` does, on one line: every run of white space becomes one blank."""
    if not _is_given(text, field):
        return None
    line = _WHITE_SPACE.sub(" ", text)
    _refuse_invalid(line, field)
    return _finished(line, field, max_length)


def required_text(text: str | None, field: str, missing: str, *, max_length: int = NOTES_MAX) -> str:
    """Return `clean_text` of a text that must not be empty; `missing` says what to write."""
    return _required(clean_text(text, field, max_length=max_length), field, missing)


def required_line(text: str | None, field: str, missing: str, *, max_length: int) -> str:
    """Return `clean_line` of a text that must not be empty; `missing` says what to write."""
    return _required(clean_line(text, field, max_length=max_length), field, missing)


def verbatim(text: str | None, field: str, *, max_length: int) -> str | None:
    """Return a text that is kept to the letter, such as a script; None when nothing in it can be seen."""
    if not _is_given(text, field):
        return None
    _refuse_invalid(text, field)
    _refuse_too_long(text, field, max_length)
    return text if is_visible(text) else None


def is_visible(text: str) -> bool:
    """Return whether a reader sees anything of the text."""
    return any(unicodedata.category(character) not in UNSEEN and character not in BLANK_FILLERS for character in text)


def invalid_character(text: str) -> str | None:
    """Return which character of the text can't be stored, and in which line: "U+001B, line 3"; None if all can be."""
    found = _INVALID.search(text)
    return found and f"U+{ord(found[0]):04X}, line {text.count(chr(10), 0, found.start()) + 1}"


def without_invalid(text: str) -> str:
    """Return the text without the characters that can't be stored, for what is only compared, such as a search."""
    return _INVALID.sub("", text)


def is_storable(value: Any) -> bool:
    """Return whether text or JSON can be stored. Without recursion: people send any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            waiting += part
        elif isinstance(part, str):
            if _INVALID.search(part):
                return False
        elif isinstance(part, float) and not math.isfinite(part):
            return False
    return True


def _is_given(text: Any, field: str) -> TypeGuard[str]:
    """Return whether there is text at all; anything else that JSON has is refused."""
    if text is not None and not isinstance(text, str):
        raise InvalidInput(**{field: "This is not text."})
    return text is not None


def _required(cleaned: str | None, field: str, missing: str) -> str:
    if cleaned is None:
        raise InvalidInput(**{field: missing})
    return cleaned


def _finished(text: str, field: str, max_length: int) -> str | None:
    _refuse_too_long(text.strip(), field, LONGEST_COMPOSED * max_length, limit=max_length)
    _refuse_piled_marks(text, field)
    cleaned = unicodedata.normalize("NFC", text).strip()
    _refuse_too_long(cleaned, field, max_length)
    return cleaned if is_visible(cleaned) else None


def _refuse_invalid(text: str, field: str) -> None:
    if which := invalid_character(text):
        raise InvalidInput(**{field: f"This text has an invalid character ({which}). Remove it."})


def _refuse_piled_marks(text: str, field: str) -> None:
    if text.isascii():
        return
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MARKS_MAX:
            raise InvalidInput(**{field: f"This text has a letter with more than {MARKS_MAX} accents. Remove some."})


def _refuse_too_long(text: str, field: str, most: int, *, limit: int | None = None) -> None:
    if len(text) > most:
        raise InvalidInput(**{field: f"Too long: {len(text):,} characters (limit {limit or most:,})."})
