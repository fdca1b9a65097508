"""Finds the values of a text: numbers, dates, times, ids, hosts, addresses. Each is a set of keys that compare equal.

A sentence's value is carried by a source that has one of its keys. A source is read generously (`also`): "at 2" in it
can be 14:00, and "Monday" said on a Thursday is a date too.
"""

import re
from collections.abc import Iterator
from datetime import date

from tickets.honesty import identifiers, numbers, times
from tickets.honesty.moments import (
    also_hours,
    also_of_days,
    clock_value,
    day_and_month,
    day_of_month,
    day_value,
    time_value,
    weekday_value,
)
from tickets.honesty.tokens import Token
from tickets.honesty.value import Value
from tickets.honesty.word_sets import words

_HALVES = {"am": "am", "pm": "pm", "a.m": "am", "p.m": "pm", "o'clock": "", "uhr": ""}
_JOINED = re.compile(r"(\d+(?:[.,]\d+)?)([a-zµ%]+)")
_JOINED_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(am|pm)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_RANGE = re.compile(r"(\d{1,12})-(\d{1,12})")
_PLAIN = re.compile(r"\d+(?:[.,’']\d+)*")


_AFTER_A_PRONOUN = words("are were is have had do don't didn't can can't of")
"""After "the two", which stands for what was named before."""


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
        return _number(found, at, following, today)
    if keys := times.date_keys(word, today or date.min):
        return 1, Value(token.text, frozenset(keys), also_of_days(keys, today))
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
        if identifiers.keys_of(token) or (token.folded.isdecimal() and not token.after.strip(" ,")):
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


def _number(found: list[Token], at: int, following: str, today: date | None) -> tuple[int, Value | None]:
    token = found[at]
    word = token.folded
    ordinal = _ORDINAL.fullmatch(word)
    values = {str(numbers.WORDS[word])} if word in numbers.WORDS else numbers.figures(ordinal[1] if ordinal else word)
    if following in _HALVES:
        return time_value(found, at, values, _HALVES[following])
    if ":" in word and (clock := times.clock_of(word)):
        return 1, clock_value(token, clock, values)
    if day := day_and_month(found, at, values, today):
        return day
    if not numbers.with_unit(values, following) and (dated := times.date_keys(word, date.min)):
        return 1, Value(token.text, frozenset(values | dated | {f"id:{word}"}), also_of_days(dated, today))
    if ordinal and today and at and found[at - 1].folded == "the":
        return 1, day_of_month(token, int(ordinal[1]), today)
    if not values:
        return 1, Value(token.text, frozenset({f"id:{word}"}))
    if at and found[at - 1].folded == "the" and following in _AFTER_A_PRONOUN:
        return 1, None
    if (sign := token.after.strip()[:1]) and sign in "%€$£":
        following = sign
    elif token.after.strip(" \u00a0\u202f-"):
        following = ""
    bare = frozenset(f"{each} of something" for each in values)
    if keys := numbers.with_unit(values, following):
        # "20160 minutes" may be a source's "20160", but not its "20160 seconds"
        return 1, Value(f"{token.text} {following}", frozenset(keys), frozenset(values), bare)
    return 1, Value(token.text, frozenset(values), also_hours(found, at, values) | bare)


def _named(found: list[Token], at: int, today: date | None, is_german: bool) -> tuple[int, Value | None]:
    """Read weekdays, months, "today", "this morning", "noon"; then names of hosts and the like."""
    token = found[at]
    word = token.folded
    following = found[at + 1].folded if at + 1 < len(found) else ""
    if word in times.WEEKDAYS and (len(word) > 3 or token.is_title):
        return 1, weekday_value(token, following, today)
    if word in times.NAMED_TIMES:
        return 1, Value(token.text, frozenset({f"time:{times.NAMED_TIMES[word]}"}))
    if word in times.MONTHS and token.is_title and len(word) > 3 and following and not following.isdecimal():
        return 1, Value(token.text, frozenset({f"month:{times.MONTHS[word]}"}))
    if word in times.RELATIVE_DAYS:
        return 1, day_value(token.text, times.RELATIVE_DAYS[word], today, following)
    if word == "this" and following in times.PARTS_OF_TODAY:
        return 2, day_value(f"{token.text} {following}", 0, today)
    if word == "last" and following == "night":
        return 2, day_value("last night", -1, today, "night")
    if is_german and token.text == "morgen" and at and found[at - 1].folded not in times.RELATIVE_DAYS:
        return 1, day_value(token.text, 1, today)
    return 1, identifiers_value(token)
