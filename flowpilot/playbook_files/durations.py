"""Waiting times as playbooks write them: "10 min", "2 h", "1 day"."""

import re
from datetime import timedelta

from common.values import WrongValue, quoted

UNITS = {"day": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}
LONGEST = timedelta(days=30)

_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) ?(min|h|day)s?")


def duration(text: str) -> timedelta:
    """Raises WrongValue for what isn't a waiting time of at most LONGEST."""
    parts = _WRITTEN.fullmatch(text.strip())
    if parts is None:
        raise WrongValue(f"{quoted(text)} is not a waiting time. Write it like 10 min, 2 h or 1 day.")
    waiting = int(parts[1]) * UNITS[parts[2]]
    if waiting > LONGEST:
        raise WrongValue(f"{quoted(text)} is too long. Write at most {LONGEST.days} days.")
    return waiting


def written(waiting: timedelta | None) -> str:
    """Write a waiting time in the largest unit that it fills: 90 minutes as "90 min", 120 as "2 h"."""
    if waiting is None:
        return ""
    name, unit = next((name, unit) for name, unit in UNITS.items() if waiting % unit == timedelta())
    count = waiting // unit
    return f"{count} {name}{'s' if name == 'day' and count > 1 else ''}"
