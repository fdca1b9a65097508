"""Validation of the filter values in the address of an admin list."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

FURTHEST_OFFSET = timedelta(hours=15, minutes=59)
"""PostgreSQL refuses times with a larger offset."""

FIRST, LAST = datetime(1, 1, 3), datetime(9999, 12, 29)
"""Every time between these two has a date in every time zone."""


def is_sound(value: str) -> bool:
    """Return whether the database accepts this value. Django itself refuses values of the wrong type."""
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
