"""Times in the words a person says, in that person's own time zone.

`zone`: the reader's, where it is known already: Django takes longer to look it up than to convert a time.
"""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def current_zone() -> ZoneInfo:
    """Return the time zone of the person whose request this is, else UTC."""
    zone = timezone.get_current_timezone()
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")


def duration(length: timedelta) -> str:
    """Return "50 min", "1 h 50 min", "3 days": one unit, or hours with minutes below six hours."""
    if length < HOUR:
        return f"{max(1, length // MINUTE)} min"
    if length < DAY:
        hours, minutes = length // HOUR, length % HOUR // MINUTE
        return f"{hours} h {minutes} min" if minutes and hours < 6 else f"{hours} h"
    days = length // DAY
    return f"{days} day{'s' if days > 1 else ''}"


def clock(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "14:20" today, "yesterday 14:20", "tomorrow 09:00", "Fri 14:20" within a week, else with the date."""
    local, today = timezone.localtime(value, zone), timezone.localdate(now, zone)
    days = local.toordinal() - today.toordinal()
    time = _clock(local)
    if days == 0:
        return time
    if days in (-1, 1):
        return f"{'yesterday' if days < 0 else 'tomorrow'} {time}"
    if -7 < days < 7:
        return f"{DAYS[local.weekday()][:3]} {time}"
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local.day} {MONTHS[local.month - 1][:3]}{year}, {time}"


def time_of_day(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "14:20", for places where the day is named beside it."""
    return _clock(timezone.localtime(value, zone))


def ago(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "just now", "34 min ago", "5 h ago", and from the day before what `clock` returns."""
    passed = now - value
    if passed < MINUTE:
        return "just now"
    if passed < HOUR:
        return f"{duration(passed)} ago"
    if passed < DAY and timezone.localdate(value, zone) == timezone.localdate(now, zone):
        return f"{passed // HOUR} h ago"
    return clock(value, now, zone)


def due(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "in 1 h 50 min", or "overdue 50 min"."""
    return f"overdue {duration(now - value)}" if value < now else f"in {duration(value - now)}"


def check(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "check in 1 h 50 min", or "overdue 50 min": for lists, where no label is beside it."""
    return due(value, now) if value < now else f"check {due(value, now)}"


def full(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "24 Aug 2026, 13:30"."""
    local = timezone.localtime(value, zone)
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local.year}, {_clock(local)}"


def exact(value: datetime, zone: tzinfo | None = None) -> str:
    """Return "Monday 24 August 2026, 13:30 BST", which says what the relative words mean."""
    local = timezone.localtime(value, zone)
    date = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{date}, {_clock(local)} {local.tzname()}"


def day(value: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return "3 November", with the year unless it is this one."""
    local = timezone.localtime(value, zone)
    year = f" {local.year}" if local.year != timezone.localdate(now, zone).year else ""
    return f"{local.day} {MONTHS[local.month - 1]}{year}"


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"
