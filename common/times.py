"""Times in the words a person says, in that person's own time zone."""

from datetime import datetime, timedelta

from django.utils import timezone

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def duration(length: timedelta) -> str:
    """ "50 min", "1 h 50 min", "3 days": one unit, or hours with minutes below a day."""
    if length < HOUR:
        return f"{max(1, length // MINUTE)} min"
    if length < DAY:
        hours, minutes = length // HOUR, length % HOUR // MINUTE
        return f"{hours} h {minutes} min" if minutes and hours < 6 else f"{hours} h"
    return f"{length // DAY} day{'s' if length // DAY > 1 else ''}"


def clock(value: datetime, now: datetime) -> str:
    """ "14:20" today, "yesterday 14:20", "tomorrow 09:00", "Fri 14:20" within a week, else with the date."""
    local, today = timezone.localtime(value), timezone.localdate(now)
    days = (local.date() - today).days
    time = time_of_day(value, now)
    if days == 0:
        return time
    if days in (-1, 1):
        return f"{'yesterday' if days < 0 else 'tomorrow'} {time}"
    if -7 < days < 7:
        return f"{local:%a} {time}"
    year = f" {local:%Y}" if local.year != today.year else ""
    return f"{local.day} {local:%b}{year}, {time}"


def time_of_day(value: datetime, now: datetime) -> str:
    """ "14:20", where the day is named beside it."""
    return f"{timezone.localtime(value):%H:%M}"


def ago(value: datetime, now: datetime) -> str:
    """ "just now", "34 min ago", "5 h ago", and as `clock` says it from the day before."""
    passed = now - value
    if passed < MINUTE:
        return "just now"
    if passed < HOUR or (passed < DAY and timezone.localdate(value) == timezone.localdate(now)):
        return f"{duration(passed if passed < HOUR else passed // HOUR * HOUR)} ago"
    return clock(value, now)


def due(value: datetime, now: datetime) -> str:
    """ "in 1 h 50 min", or "overdue 50 min"."""
    return f"overdue {duration(now - value)}" if value < now else f"in {duration(value - now)}"


def exact(value: datetime) -> str:
    """ "Monday 24 August 2026, 13:30 BST": what the relative words stand for."""
    local = timezone.localtime(value)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"
