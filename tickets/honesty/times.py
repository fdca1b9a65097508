"""Dates and times as people write them, each as keys that compare equal however it was written."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tickets.honesty.word_sets import words

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::([0-5]\d))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:t(\d\d:\d\d).*)?")
_DAY_MONTH = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?")

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january januar jänner jan",
            "february februar feb",
            "march märz mar mrz",
            "april apr",
            "may mai",
            "june juni jun",
            "july juli jul",
            "august aug",
            "september sep sept",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        1,
    )
    for word in words.split()
}
_WEEKDAYS = (
    "monday mon montag",
    "tuesday tue dienstag",
    "wednesday wed mittwoch",
    "thursday thu donnerstag",
    "friday fri freitag",
    "saturday sat samstag sonnabend",
    "sunday sun sonntag",
)
_PARTS_OF_DAY = "abend morgen vormittag nachmittag mittag nacht früh"
WEEKDAYS = {
    f"{word}{ending}": number
    for number, words in enumerate(_WEEKDAYS)
    for word in words.split()
    for ending in ("", "s", *_PARTS_OF_DAY.split())
    if len(word) > 3 or not ending
}
NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "mitternacht": "00:00"}
RELATIVE_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "heute": 0,
    "gestern": -1,
    "vorgestern": -2,
    "übermorgen": 2,
}
PARTS_OF_TODAY = words("morning afternoon evening lunchtime")


def clock_keys(hour: int, minute: int, *, half: str = "") -> set[str]:
    """Return the keys of a time. `half`: "am", "pm", or "" where a small hour may mean either half of the day."""
    if half == "pm" and hour < 12:
        return {_time(hour + 12, minute)}
    if half == "am":
        return {_time(hour % 12, minute)}
    return {_time(hour % 24, minute)}


def clock_of(token: str) -> tuple[int, int] | None:
    """Return hour and minute of "13:30", "8.30" or "13:30:05"."""
    found = _CLOCK.fullmatch(token)
    return (int(found[1]), int(found[2])) if found else None


def date_keys(token: str, today: date) -> set[str]:
    """Return the keys of a date in figures: "2026-11-26", "26.11.", "26/11/2026", "11/26"."""
    if found := _ISO.fullmatch(token):
        return day_keys(int(found[3]), int(found[2]), int(found[1])) | ({f"time:{found[4]}"} if found[4] else set())
    keys: set[str] = set()
    if found := _DAY_MONTH.fullmatch(token):
        year = int(found[3]) + (2_000 if len(found[3]) == 2 else 0) if found[3] else None
        for day, month in ((found[1], found[2]), (found[2], found[1])):
            keys |= day_keys(int(day), int(month), year)
    return keys


def day_keys(day: int, month: int, year: int | None = None) -> set[str]:
    """Return the keys of a day: with the year where it is written, without it else."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return set()
    return {f"date:{year:04}-{month:02}-{day:02}"} if year else {f"date:{month:02}-{day:02}"}


def moment_keys(moment: datetime) -> set[str]:
    """Return every key that a local time carries: its time, and its day."""
    return {_time(moment.hour, moment.minute), *calendar_keys(moment.date())}


def calendar_keys(day: date) -> set[str]:
    """Return every key that a day carries: date, weekday, month and year."""
    return {
        f"date:{day:%Y-%m-%d}",
        f"date:{day:%m-%d}",
        f"weekday:{day.weekday()}",
        f"month:{day.month}",
        str(day.year),
    }


def weekday_dates(weekday: int, near: date) -> Iterable[date]:
    """Return the days that a weekday can mean in what was said on `near`: the last one, and the next one."""
    back = (near.weekday() - weekday) % 7
    return near - timedelta(days=back), near + timedelta(days=7 - back)


def _time(hour: int, minute: int) -> str:
    return f"time:{hour:02}:{minute:02}"
