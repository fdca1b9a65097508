"""Reads spans from now on: "in 2 hours", "takes up to 15 minutes", "in einer halben Stunde"."""

import re

from fixes.said_times import phrases
from fixes.said_times.days import Span
from fixes.said_times.words import Words, longest, text_at

_AMOUNT = re.compile(r"(?:\d{1,3}-)?(\d{1,4})(?:[.,](\d{1,2}))?")
"""A number of at most four digits, with a fraction; of "2-3" the second counts."""

MOST_FILLERS = 3


def span_at(words: Words, at: int) -> tuple[int, Span | None]:
    """Return the position after the span that begins here with a word such as "in", and the span, else (0, None)."""
    if words[at].text not in phrases.BEFORE_SPAN or text_at(words, at - 1) in phrases.BEFORE_RATE:
        return 0, None
    first = at + 1
    while first - at <= MOST_FILLERS and text_at(words, first) in phrases.BEFORE_AMOUNT:
        first += 1
    end, minutes = _length(words, first)
    if not end and text_at(words, first - 1) in phrases.NEXT and text_at(words, first) in phrases.UNITS:
        end, minutes = first + 1, phrases.UNITS[words[first].text]
    if not end:
        return 0, None
    end, minutes = _and_more(words, end, minutes)
    if text_at(words, end) in phrases.AFTER_PAST_SPAN:
        return end, None
    return end, _span(minutes)


def _span(minutes: float) -> Span | None:
    if minutes < 1:
        return None
    is_days = minutes >= phrases.DAYS and minutes % phrases.DAYS == 0
    return Span(days=int(minutes) // phrases.DAYS) if is_days else Span(minutes=int(minutes))


def _length(words: Words, at: int) -> tuple[int, float]:
    """Return the position after an amount and its unit, and both as minutes, else (0, 0)."""
    end, amount = longest(phrases.AMOUNTS, words, at)
    if not end and at < len(words):
        end, amount = _number(words, at)
    if text_at(words, end) in phrases.BETWEEN_RANGE and end + 1 < len(words):
        after, upper = _number(words, end + 1)
        end, amount = (after, upper) if after else (end, amount)
    unit_at = end + (text_at(words, end) in phrases.BEFORE_UNIT)
    unit = phrases.UNITS.get(text_at(words, unit_at))
    return (unit_at + 1, (amount or 0) * unit) if end and unit else (0, 0)


def _number(words: Words, at: int) -> tuple[int, float]:
    if words[at].is_number:
        match = _AMOUNT.fullmatch(words[at].text)
        return (at + 1, float(f"{match[1]}.{match[2] or 0}")) if match else (0, 0)
    number = phrases.NUMBERS.get(words[at].text)
    return (at + 1, number) if number else (0, 0)


def _and_more(words: Words, end: int, minutes: float) -> tuple[int, float]:
    at = end + (text_at(words, end) in ("and", "und"))
    after, more = _length(words, at) if at < len(words) and words[at].is_number else (0, 0)
    return (after, minutes + more) if after else (end, minutes)
