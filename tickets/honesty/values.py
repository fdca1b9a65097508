"""Finds the values of a text: numbers, dates, times, ids, hosts, addresses. Each is a set of keys that compare equal.

A sentence's value is carried by a source that has one of its keys. A source is read generously (`also`): "at 2" in it
can be 14:00, and "Monday" said on a Thursday is a date too.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tickets.honesty import identifiers, numbers, times
from tickets.honesty.tokens import Token
from tickets.honesty.word_sets import words

BEFORE_A_TIME = words(
    """
        at by to and until till from since between around about after before um bis gegen ab seit zwischen und
        nach vor von mondays tuesdays wednesdays thursdays fridays
        """
)
_HALVES = {"am": "am", "pm": "pm", "a.m": "am", "p.m": "pm", "o'clock": "", "uhr": ""}
_JOINED = re.compile(r"(\d+(?:[.,]\d+)?)([a-zµ%]+)")
_JOINED_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(am|pm)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_RANGE = re.compile(r"(\d{1,12})-(\d{1,12})")
_PLAIN = re.compile(r"\d+(?:[.,’']\d+)*")


_AFTER_A_PRONOUN = words("are were is have had do don't didn't can can't of")
"""After "the two", which stands for what was named before."""


class Value(NamedTuple):
    """`excerpt`: as written. `keys`: what it can mean; `also`: what else it can mean in a source."""

    excerpt: str
    keys: frozenset[str]
    also: frozenset[str] = frozenset()


def values_of(found: list[Token], today: date | None, *, is_german: bool = False) -> Iterator[Value]:
    """Yield the values of a text's tokens. `today`: the day on which it was said, None if nobody knows."""
    at = 0
    while at < len(found):
        if range_ := _RANGE.fullmatch(found[at].folded):
            yield from (Value(each, frozenset(numbers.figures(each))) for each in range_.groups())
            at += 1
            continue
        used, value = _value(found, at, today, is_german)
        if value:
            yield value
        at += used


def _value(found: list[Token], at: int, today: date | None, is_german: bool) -> tuple[int, Value | None]:
    """Return how many tokens this value takes, and the value; (1, None) where none begins."""
    token = found[at]
    word, following = token.folded, found[at + 1].folded if at + 1 < len(found) else ""
    if word.isalpha() and word not in numbers.WORDS:
        return _named(found, at, today, is_german)
    if value := _joined(token):
        return 1, value
    if _PLAIN.fullmatch(word) or word in numbers.WORDS or _ORDINAL.fullmatch(word) or times.clock_of(word):
        return _number(found, at, following)
    if keys := times.date_keys(word, today or date.min):
        return 1, Value(token.text, frozenset(keys), _also_of_days(keys))
    return 1, identifiers_value(token)


def identifiers_value(token: Token) -> Value | None:
    keys = identifiers.keys_of(token)
    if not keys and (number := next((part for part in token.folded.split("-") if part.isdecimal()), "")):
        keys = numbers.figures(number)
    return Value(token.text, frozenset(keys), frozenset(identifiers.parts_of(token))) if keys else None


def _joined(token: Token) -> Value | None:
    """Read "30s", "64GB", "9am", "1:30pm", "15h:07m:40s"."""
    word = token.folded
    if clock := _JOINED_CLOCK.fullmatch(word):
        keys = times.clock_keys(int(clock[1]), int(clock[2] or 0), half=clock[3])
        return Value(token.text, frozenset(keys))
    if joined := _JOINED.fullmatch(word):
        keys = numbers.with_unit(numbers.figures(joined[1]), joined[2]) or set()
        if keys:
            return Value(token.text, frozenset(keys | {f"id:{word}"}), frozenset(numbers.figures(joined[1])))
    return None


def counts_of(found: list[Token]) -> set[str]:
    """Return how many a source names without counting: of "A-01 and A-02" 2, of "seven of nine" the other 2."""
    counts, named = set(), 0
    for at, token in enumerate(found):
        if identifiers.keys_of(token):
            named = named + 1 if named and token.before.strip() in {"", ","} else 1
            counts |= {str(named)} if named > 1 else set()
        elif token.folded not in {"and", "und"}:
            named = 0
        if token.folded in {"of", "von"} and 0 < at < len(found) - 1:
            part, whole = _whole(found[at - 1]), _whole(found[at + 1])
            counts |= {str(whole - part)} if 0 < part < whole else set()
    return counts


def _whole(token: Token) -> int:
    word = token.folded
    return numbers.WORDS.get(word, int(word) if word.isdecimal() and len(word) < 7 else 0)


def _number(found: list[Token], at: int, following: str) -> tuple[int, Value | None]:
    token = found[at]
    word = token.folded
    ordinal = _ORDINAL.fullmatch(word)
    values = {str(numbers.WORDS[word])} if word in numbers.WORDS else numbers.figures(ordinal[1] if ordinal else word)
    if following in _HALVES:
        return _time(found, at, values, _HALVES[following])
    if ":" in word and (clock := times.clock_of(word)):
        return 1, _clock(token, clock, values)
    if day := _day_with_month(found, at, values):
        return day
    if dated := times.date_keys(word, date.min):
        return 1, Value(token.text, frozenset(values | dated | {f"id:{word}"}), _also_of_days(dated))
    if not values:
        return 1, Value(token.text, frozenset({f"id:{word}"}))
    if at and found[at - 1].folded == "the" and following in _AFTER_A_PRONOUN:
        return 1, None
    if (sign := token.after.strip()[:1]) and sign in "%€$£":
        following = sign
    elif token.after.strip(" \u00a0\u202f-"):
        following = ""
    if keys := numbers.with_unit(values, following):
        return 1, Value(f"{token.text} {following}", frozenset(keys), frozenset(values))
    return 1, Value(token.text, frozenset(values), _also_hours(found, at, values))


def _clock(token: Token, clock: tuple[int, int], values: set[str]) -> Value:
    keys = times.clock_keys(*clock)
    late = times.clock_keys(clock[0], clock[1], half="pm") if len(token.folded.split(":")[0]) == 1 else set()
    return Value(token.text, frozenset(keys | late | values), frozenset({f"id:{token.folded}"}))


def _time(found: list[Token], at: int, values: set[str], half: str) -> tuple[int, Value | None]:
    """Read "2 pm", "16 Uhr", "16 Uhr 30", "8.30 Uhr"."""
    token = found[at]
    hour, minute = times.clock_of(token.folded) or (int(min(values, key=len, default="99")[:2]), 0)
    used = 2
    if found[at + 1].folded == "uhr" and at + 2 < len(found) and re.fullmatch("[0-5][0-9]", found[at + 2].folded):
        minute, used = int(found[at + 2].folded), 3
    excerpt = f"{token.text} {found[at + 1].text}"
    keys = times.clock_keys(hour, minute, half=half)
    also = times.clock_keys(hour, minute, half="pm") if not half else set()
    return used, Value(excerpt, frozenset(keys), frozenset(also | values))


def _day_with_month(found: list[Token], at: int, values: set[str]) -> tuple[int, Value] | None:
    """Read "26 November 2026", "26. November", "November 26"."""
    day = min(values, key=len, default="")
    if not day.isdecimal() or len(day) > 2:
        return None
    after = found[at + 1].folded.rstrip(".") if at + 1 < len(found) else ""
    of = at + 2 < len(found) and after == "of"
    month = _month(found[at + 2] if of else found[at + 1]) if at + 1 + of < len(found) else None
    used = 3 if of else 2
    if month is None:
        month, used = _month(found[at - 1]) if at else None, 1
    if month is None:
        return None
    year = found[at + used].folded if at + used < len(found) else ""
    is_year = len(year) == 4 and year.isdecimal()
    keys = times.day_keys(int(day), month, int(year) if is_year else None)
    excerpt = " ".join(token.text for token in found[at - (used == 1) : at + used + is_year])
    return used + is_year, Value(excerpt, frozenset(keys), _also_of_days(keys))


def _month(token: Token) -> int | None:
    """Return the month of this name; "may" and "march" in small letters are verbs."""
    word = token.folded.rstrip(".")
    return None if word in {"may", "march"} and not token.is_title else times.MONTHS.get(word)


def _also_of_days(keys: set[str]) -> frozenset[str]:
    """A source's full date carries the date without the year, and its weekday."""
    also: set[str] = set()
    for key in keys:
        if len(key) == len("date:2026-11-26"):
            try:
                also |= times.calendar_keys(date.fromisoformat(key.removeprefix("date:")))
            except ValueError:
                continue  # no such day
    return frozenset(also)


def _also_hours(found: list[Token], at: int, values: set[str]) -> frozenset[str]:
    """A source's "at 2" or "8 to 10" can be times."""
    hour = next(iter(values))
    if len(values) > 1 or not hour.isdecimal() or len(hour) > 2 or int(hour) > 24:
        return frozenset()
    around = {found[at - 1].folded if at else "", found[at + 1].folded if at + 1 < len(found) else ""}
    if not around & BEFORE_A_TIME:
        return frozenset()
    return frozenset(times.clock_keys(int(hour), 0) | times.clock_keys(int(hour), 0, half="pm"))


def _named(found: list[Token], at: int, today: date | None, is_german: bool) -> tuple[int, Value | None]:
    """Read weekdays, months, "today", "this morning", "noon"; then names of hosts and the like."""
    token = found[at]
    word = token.folded
    following = found[at + 1].folded if at + 1 < len(found) else ""
    if word in times.WEEKDAYS and (len(word) > 3 or token.is_title):
        return 1, _weekday(token, following, today)
    if word in times.NAMED_TIMES:
        return 1, Value(token.text, frozenset({f"time:{times.NAMED_TIMES[word]}"}))
    if word in times.MONTHS and token.is_title and len(word) > 3 and following and not following.isdecimal():
        return 1, Value(token.text, frozenset({f"month:{times.MONTHS[word]}"}))
    if word in times.RELATIVE_DAYS:
        return 1, _day(token.text, times.RELATIVE_DAYS[word], today, following)
    if word == "this" and following in times.PARTS_OF_TODAY:
        return 2, _day(f"{token.text} {following}", 0, today)
    if word == "last" and following == "night":
        return 2, _day("last night", -1, today, "night")
    if is_german and token.text == "morgen" and at and found[at - 1].folded not in times.RELATIVE_DAYS:
        return 1, _day(token.text, 1, today)
    return 1, identifiers_value(token)


def _weekday(token: Token, following: str, today: date | None) -> Value:
    weekday = times.WEEKDAYS[token.folded]
    also: set[str] = set()
    if following in {"night", "evening"} or token.folded.endswith(("abend", "nacht")):
        also.add(f"weekday:{(weekday + 1) % 7}")
    for day in times.weekday_dates(weekday, today) if today else ():
        also |= times.calendar_keys(day)
    return Value(token.text, frozenset({f"weekday:{weekday}"}), frozenset(also))


def _day(excerpt: str, days: int, today: date | None, following: str = "") -> Value:
    keys = {f"relative:{days}"}
    if today is None:
        return Value(excerpt, frozenset(keys))
    day = today + timedelta(days=days)
    also = times.calendar_keys(day)
    keys = {f"date:{day:%Y-%m-%d}"}
    if following in {"night", "nacht"}:
        also |= times.calendar_keys(day - timedelta(days=1)) | times.calendar_keys(day + timedelta(days=1))
        keys.add(f"date:{day + timedelta(days=1):%Y-%m-%d}")
    return Value(excerpt, frozenset(keys), frozenset(also))
