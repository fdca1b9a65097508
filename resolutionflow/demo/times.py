"""Times as the stories write them: "2h 10m ago", "in 3d"."""

import re
from datetime import datetime, timedelta

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def moment(words: str, now: datetime) -> datetime:
    if words.startswith("in "):
        return now + _span(words.removeprefix("in "))
    if words.endswith(" ago"):
        return now - _span(words.removesuffix(" ago"))
    raise ValueError(f"“{words}” is no time of a story; write “2h 10m ago” or “in 3d”")


def _span(words: str) -> timedelta:
    parts = [re.fullmatch(r"(\d+)([dhms])", part) for part in words.split()]
    if not all(parts):
        raise ValueError(f"“{words}” is no span of time; write it as “1d 2h 10m”")
    return sum((timedelta(**{_UNITS[part[2]]: int(part[1])}) for part in parts if part), timedelta())
