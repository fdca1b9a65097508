"""Reads dates: "2026-12-01", "am 3.12.", "on 3 December", "by December 3rd"."""

import re

from fixes.said_times import phrases
from fixes.said_times.days import OfMonth
from fixes.said_times.words import Words, text_at

_ISO = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(20\d\d))?")
_ORDINALS = ("st", "nd", "rd", "th")


def date_at(words: Words, at: int) -> tuple[int, OfMonth | None]:
    """Return the position after the date that begins here, and the date, else (0, None)."""
    if words[at].text in phrases.MONTHS:
        return _month_first(words, at)
    if not words[at].is_number:
        return 0, None
    if match := _ISO.fullmatch(words[at].text):
        return at + 1, OfMonth(int(match[3]), int(match[2]), int(match[1]))
    has_lead = text_at(words, at - 1) in phrases.BEFORE_DAY
    match = _GERMAN.fullmatch(words[at].text)
    if match and (has_lead or match[3]) and int(match[2]) <= 12:
        return at + 1, OfMonth(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    return _day_first(words, at)


def _day_first(words: Words, at: int) -> tuple[int, OfMonth | None]:
    month_at = at + 2 if text_at(words, at + 1) in (*_ORDINALS, "of") else at + 1
    month = phrases.MONTHS.get(text_at(words, month_at))
    day = _day_number(words, at)
    return (month_at + 1, OfMonth(day, month)) if month and day and _is_date(words, at, month_at) else (0, None)


def _month_first(words: Words, at: int) -> tuple[int, OfMonth | None]:
    day = _day_number(words, at + 1) if at + 1 < len(words) else 0
    end = at + 3 if text_at(words, at + 2) in _ORDINALS else at + 2
    found = day and _is_date(words, at, end - 1)
    return (end, OfMonth(day, phrases.MONTHS[words[at].text])) if found else (0, None)


def _is_date(words: Words, first: int, last: int) -> bool:
    """Return whether "10 may" is a date: a word such as "on" stands before it, or the clause ends after it."""
    return text_at(words, first - 1) in (*phrases.BEFORE_DAY, "the", "den", "dem") or words[last].ends_clause


def _day_number(words: Words, at: int) -> int:
    text = words[at].text
    day = int(text) if words[at].is_number and text.isascii() and text.isdigit() and len(text) < 3 else 0
    return day if 1 <= day <= 31 else 0
