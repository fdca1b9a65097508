"""The check-by times that a form offers, in the person's own time zone (docs/banner.md)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.forms import Form
from django.utils import timezone

from common.times import current_zone

END_OF_DAY = time(17, 0)
MORNING = time(9, 0)
IN_AN_HOUR, TODAY, TOMORROW, NONE, KEEP, OTHER = "1h", "eod", "tomorrow", "none", "keep", "other"
KEYS = (KEEP, IN_AN_HOUR, TODAY, TOMORROW, NONE, OTHER)
FIELDS = ("check_by", "follow_up_at")
"""The names of the form's fields: the choice, and the time for OTHER."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    at: datetime | None = None

    @property
    def names_day(self) -> bool:
        """Whether the label says which day it is."""
        return self.key in (TODAY, TOMORROW)


@dataclass(frozen=True)
class CheckBy:
    """The fields for a check-by time as `fixes/_check_by.html` renders them: offered at `now`, with what was sent."""

    now: datetime
    current: datetime | None = None
    sent: Form | None = None
    default: str | None = None

    @property
    def choices(self) -> list[Choice]:
        return offered(self.now, current_zone(), self.current)

    @property
    def chosen(self) -> str:
        """The key of the choice that is selected: the one sent, while it is offered, else the default."""
        keys = [choice.key for choice in self.choices]
        sent = self.sent.data.get("check_by") if self.sent is not None else None
        if sent == KEEP and sent not in keys:
            return NONE  # somebody cleared the time that was to be kept
        if sent in keys:
            return str(sent)
        return keys[0] if self.default is None else self.default

    @property
    def time_sent(self) -> str:
        return str(self.sent.data.get("follow_up_at", "")) if self.sent is not None else ""

    @property
    def errors(self) -> list[str]:
        errors = self.sent.errors if self.sent is not None else {}
        return [str(error) for field in FIELDS for error in errors.get(field, [])]

    @property
    def zone_name(self) -> str:
        return timezone.get_current_timezone_name()


def offered(now: datetime, zone: ZoneInfo, current: datetime | None) -> list[Choice]:
    """Return the choices to offer; `current` is the check-by time that the fix has already."""
    today = _today_at(END_OF_DAY, now, zone)
    return [
        *([Choice(KEEP, "Keep", current)] if current else []),
        Choice(IN_AN_HOUR, "In 1 hour", now + timedelta(hours=1)),
        *([Choice(TODAY, "End of day", today)] if today > now else []),
        Choice(TOMORROW, "Tomorrow", _tomorrow(now, zone)),
        Choice(NONE, "No check-by time"),
        Choice(OTHER, "Pick a time…"),
    ]


def time_of(key: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the time of a choice other than KEEP and OTHER, as it is when the form is recorded."""
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
