"""The check-by times that the waiting form offers, in the person's own time zone (docs/banner.md)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

END_OF_DAY = time(17, 0)
MORNING = time(9, 0)
IN_AN_HOUR, TODAY, TOMORROW, NONE, KEEP, OTHER = "1h", "eod", "tomorrow", "none", "keep", "other"
KEYS = (KEEP, IN_AN_HOUR, TODAY, TOMORROW, NONE, OTHER)


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    at: datetime | None = None

    @property
    def names_day(self) -> bool:
        """Whether the label says which day it is."""
        return self.key in (TODAY, TOMORROW)


def offered(now: datetime, zone: ZoneInfo, standing: datetime | None) -> list[Choice]:
    """The choices to draw; `standing` is the check-by time that the fix has already."""
    today = _today_at(END_OF_DAY, now, zone)
    return [
        *([Choice(KEEP, "As it is", standing)] if standing else []),
        Choice(IN_AN_HOUR, "In 1 hour", now + timedelta(hours=1)),
        *([Choice(TODAY, "End of day", today)] if today > now else []),
        Choice(TOMORROW, "Tomorrow", _tomorrow(now, zone)),
        Choice(NONE, "No reminder"),
        Choice(OTHER, "Another time…"),
    ]


def time_of(key: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The time that a choice other than KEEP and OTHER stands for, at the moment it is recorded."""
    return {
        IN_AN_HOUR: now + timedelta(hours=1),
        TODAY: _today_at(END_OF_DAY, now, zone),
        TOMORROW: _tomorrow(now, zone),
        NONE: None,
    }[key]


def _today_at(clock: time, now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), clock, zone)


def _tomorrow(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING, zone)
