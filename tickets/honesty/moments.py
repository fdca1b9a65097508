"""Reads dates and times from the tokens of a text, with what else a source can mean by them."""

import re
from datetime import date, timedelta

from tickets.honesty import times
from tickets.honesty.tokens import Token
from tickets.honesty.value import Value
from tickets.honesty.word_sets import words

BEFORE_A_TIME = words(
    """
        at by to and until till from since between around about after before um bis gegen ab seit zwischen und
        nach vor von mondays tuesdays wednesdays thursdays fridays
        """
)


def clock_value(token: Token, clock: tuple[int, int], values: set[str]) -> Value:
    keys = times.clock_keys(*clock)
    late = times.clock_keys(clock[0], clock[1], half="pm") if len(token.folded.split(":")[0]) == 1 else set()
    return Value(token.text, frozenset(keys | late | values), frozenset({f"id:{token.folded}"}))


def time_value(found: list[Token], at: int, values: set[str], half: str) -> tuple[int, Value | None]:
    """Read "2 pm", "16 Uhr", "16 Uhr 30", "8.30 Uhr". The figure of "1.1 pm" is no hour, but a number."""
    token = found[at]
    whole = min(values, key=len, default="99")[:2]
    if not (clock := times.clock_of(token.folded)) and not whole.isdecimal():
        return 1, Value(token.text, frozenset(values))
    hour, minute = clock or (int(whole), 0)
    used = 2
    if found[at + 1].folded == "uhr" and at + 2 < len(found) and re.fullmatch("[0-5][0-9]", found[at + 2].folded):
        minute, used = int(found[at + 2].folded), 3
    excerpt = f"{token.text} {found[at + 1].text}"
    keys = times.clock_keys(hour, minute, half=half)
    also = times.clock_keys(hour, minute, half="pm") if not half else set()
    return used, Value(excerpt, frozenset(keys), frozenset(also | values))


def day_and_month(found: list[Token], at: int, values: set[str], today: date | None) -> tuple[int, Value] | None:
    """Read "26 November 2026", "26. November", "November 26"."""
    day = min(values, key=len, default="")
    if not day.isdecimal() or len(day) > 2:
        return None
    after = found[at + 1].folded.rstrip(".") if at + 1 < len(found) else ""
    of = at + 2 < len(found) and after == "of"
    month = _month(found[at + 2] if of else found[at + 1]) if at + 1 + of < len(found) else None
    used = 3 if of else 2
    if month is None:
        is_beside = at > 0 and found[at].before == " " and found[at].folded[0].isdigit()
        month, used = _month(found[at - 1]) if is_beside else None, 1
    if month is None:
        return None
    year = found[at + used].folded if at + used < len(found) else ""
    is_year = len(year) == 4 and year.isdecimal()
    keys = times.day_keys(int(day), month, int(year) if is_year else None)
    excerpt = " ".join(token.text for token in found[at - (used == 1) : at + used + is_year])
    return used + is_year, Value(excerpt, frozenset(keys), also_of_days(keys, today))


def _month(token: Token) -> int | None:
    """Return the month of this name; "may" and "march" in small letters are verbs."""
    word = token.folded.rstrip(".")
    return None if word in {"may", "march"} and not token.is_title else times.MONTHS.get(word)


def also_of_days(keys: set[str], today: date | None) -> frozenset[str]:
    """A source's date carries its weekday and the like; one without a year is the nearest such day."""
    return frozenset().union(*(times.calendar_keys(day) for key in keys if (day := _day_of(key, today))))


def _day_of(key: str, today: date | None) -> date | None:
    """Return the day of a key of a date; None if there is no such day."""
    text = key.removeprefix("date:")
    years = [today.year - 1, today.year, today.year + 1] if today else []
    texts = [text] if len(text) == len("2026-11-26") else [f"{year}-{text}" for year in years]
    days = [day for each in texts if (day := _parsed(each))]
    return min(days, key=lambda day: abs(day - today), default=None) if today else next(iter(days), None)


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # 30 February


def also_hours(found: list[Token], at: int, values: set[str]) -> frozenset[str]:
    """A source's "at 2" or "8 to 10" can be times."""
    hour = next(iter(values))
    if len(values) > 1 or not hour.isdecimal() or len(hour) > 2 or int(hour) > 24:
        return frozenset()
    around = {found[at - 1].folded if at else "", found[at + 1].folded if at + 1 < len(found) else ""}
    if not around & BEFORE_A_TIME:
        return frozenset()
    return frozenset(times.clock_keys(int(hour), 0) | times.clock_keys(int(hour), 0, half="pm"))


def weekday_value(token: Token, following: str, today: date | None) -> Value:
    weekday = times.WEEKDAYS[token.folded]
    also: set[str] = set()
    if following in {"night", "evening"} or token.folded.endswith(("abend", "nacht")):
        also.add(f"weekday:{(weekday + 1) % 7}")
    for day in times.weekday_dates(weekday, today) if today else ():
        also |= times.calendar_keys(day)
    return Value(token.text, frozenset({f"weekday:{weekday}"}), frozenset(also))


def day_value(excerpt: str, days: int, today: date | None, following: str = "") -> Value:
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


def day_of_month(token: Token, day: int, today: date) -> Value:
    """Read "the 20th": in this month, in the one before, or in the next one."""
    months = {(today.replace(day=15) + timedelta(days=days)).strftime("%Y-%m") for days in (-30, 0, 30)}
    keys = {f"date:{month}-{day:02}" for month in months} | {f"date:{month[5:]}-{day:02}" for month in months}
    return Value(token.text, frozenset(keys), frozenset({str(day)}) | also_of_days(keys, today))
