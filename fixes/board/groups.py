"""The groups of the board: overdue, and the days of the check-by times on the clock of whoever looks."""

from datetime import datetime, time, timedelta

from django.utils import timezone

GROUPS = {
    "overdue": "Overdue",
    "today": "Today",
    "tomorrow": "Tomorrow",
    "later": "Later",
    "none": "No check-by time",
}
"""Key → heading, in the board's order."""


class Days:
    """The times at which the groups begin and end, for one page."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.tomorrow, self.later = (_midnight(now, days) for days in (1, 2))

    def group_of(self, due: datetime | None) -> str:
        if due is None:
            return "none"
        if due < self.now:
            return "overdue"
        if due < self.tomorrow:
            return "today"
        return "tomorrow" if due < self.later else "later"


def _midnight(now: datetime, days: int) -> datetime:
    day = timezone.localdate(now) + timedelta(days=days)
    return datetime.combine(day, time.min, timezone.get_current_timezone())
