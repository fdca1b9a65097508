"""Working mornings: 09:00 from Monday to Friday, on a person's own clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9)
SATURDAY = 5

APART = timedelta(hours=1)
"""How long after a check was due a morning reminds of it again. Before, one reminder is enough."""


def latest_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the latest working morning that has begun in this time zone."""
    day = now.astimezone(zone).date()
    if _morning_of(day, zone) > now:
        day -= timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return _morning_of(day, zone)


def _morning_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, zone)
