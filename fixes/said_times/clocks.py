"""Reads times of day: "at 3pm", "by 15:30", "um 15 Uhr", "halb vier"."""

import re
from datetime import time

from fixes.said_times import moments, phrases
from fixes.said_times.days import Clock
from fixes.said_times.words import Words, text_at

_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")

OFFICE_AFTERNOON = range(1, 7)
"""Hours that mean the afternoon when nothing says which half of the day: "at 3" is 15:00, "at 8" is 08:00."""


def clock_at(words: Words, at: int, after_day: bool) -> tuple[int, Clock | None]:
    """Return the position after the time of day that begins here, and the time, else (0, None).

    A bare number is one only when its neighbours say so; `after_day` says that a day stands before it.
    """
    if text_at(words, at) == "halb" and _hour_word(text_at(words, at + 1)):
        return at + 2, _clock(_hour_word(text_at(words, at + 1)) - 1, 30, is_exact=False)
    match = _HOUR.fullmatch(words[at].text) if words[at].is_number else None
    if match is None:
        return 0, None
    hour, minute = int(match[1]), int(match[2] or 0)
    end, half = _half_of_day(words, at + 1)
    if half is not None:
        return end, _clock(hour % 12 + half, minute, is_exact=True) if 1 <= hour <= 12 else None
    if text_at(words, at + 1) in ("uhr", "o'clock"):
        at_night = text_at(words, at + 2) in phrases.AT_NIGHT
        return at + 2 + at_night, _clock(hour, minute, is_exact=at_night or match[1].startswith("0"))
    if _is_hour(words, at, after_day, has_minutes=match[2] is not None):
        return at + 1, _clock(hour, minute, is_exact=match[1].startswith("0"))
    return 0, None


def _half_of_day(words: Words, at: int) -> tuple[int, int | None]:
    """Return the position after "am" or "pm" and the hours to add; German "am Montag" isn't one."""
    word = text_at(words, at)
    if word in ("a", "p") and text_at(words, at + 1) == "m":
        return at + 2, 12 if word == "p" else 0
    next_word = text_at(words, at + 1)
    is_german = next_word in moments.WEEKDAYS or next_word in moments.SHORT_WEEKDAYS
    if word == "pm" or (word == "am" and not is_german):
        return at + 1, 12 if word == "pm" else 0
    return 0, None


def _is_hour(words: Words, at: int, after_day: bool, has_minutes: bool) -> bool:
    has_lead = text_at(words, at - 1) in phrases.BEFORE_CLOCK
    if has_minutes:
        return (has_lead or after_day) and (":" in words[at].text or text_at(words, at - 1) in ("um", "at", "by"))
    return has_lead and (after_day or words[at].ends_clause or text_at(words, at + 1) in phrases.AFTER_HOUR)


def _hour_word(word: str) -> int:
    hour = int(word) if word.isascii() and word.isdigit() and len(word) < 3 else int(phrases.NUMBERS.get(word, 0))
    return hour if 1 <= hour <= 12 else 0


def _clock(hour: int, minute: int, is_exact: bool) -> Clock | None:
    if not is_exact and hour in OFFICE_AFTERNOON:
        hour += 12
    hour = 0 if hour == 24 and minute == 0 else hour
    return Clock(time(hour, minute)) if hour < 24 and minute < 60 else None
