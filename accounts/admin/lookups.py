"""Which filters the address of an admin list may have."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

FURTHEST_OFFSET = timedelta(hours=15, minutes=59)
"""PostgreSQL takes no time with a larger offset."""

FIRST, LAST = datetime(1, 1, 3), datetime(9999, 12, 29)
"""Between them every time has a date in every time zone."""


def is_sound(value: str) -> bool:
    """Return whether the database can take this value. One that isn't what its column has, Django refuses itself."""
    if "\x00" in value:
        return False
    try:
        moment = parse_datetime(value) or parse_datetime(f"{value} 00:00")
    except ValueError:  # such as 30 February
        return False
    return moment is None or _is_in_range(moment)


def _is_in_range(moment: datetime) -> bool:
    if timezone.is_aware(moment) and abs(moment.utcoffset() or timedelta()) > FURTHEST_OFFSET:
        return False
    return FIRST < moment.replace(tzinfo=None) < LAST
