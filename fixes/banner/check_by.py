"""The check-by times that a form offers, in the person's own time zone (docs/banner.md)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.forms import Form
from django.utils import timezone

from common.times import clock, current_zone, duration
from fixes.banner.known_times import NOTHING_KNOWN, KnownTimes

END_OF_DAY = time(17, 0)
MORNING = time(9, 0)
SAID, USUAL = "said", "usual"
IN_AN_HOUR, TODAY, TOMORROW, NONE, KEEP, OTHER = "1h", "eod", "tomorrow", "none", "keep", "other"
KEYS = (KEEP, IN_AN_HOUR, TODAY, TOMORROW, NONE, OTHER)
KNOWN = (SAID, USUAL)
"""Choices of one fix (`fixes.banner.known_times`)."""
FIELDS = ("check_by", "follow_up_at")
"""The names of the form's fields: the choice, and the time for OTHER."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    at: datetime | None = None
    note: str = ""
    """What is said beside the label in place of the time."""

    @property
    def names_day(self) -> bool:
        """Whether the label says which day it is."""
        return self.key in (TODAY, TOMORROW)


@dataclass(frozen=True)
class CheckBy:
    """The fields for a check-by time as `fixes/_check_by.html` renders them: offered at `now`, with what was sent.

    `current`: the one that the fix has already.
    """

    now: datetime
    current: datetime | None = None
    sent: Form | None = None
    default: str | None = None
    known: KnownTimes = NOTHING_KNOWN

    @property
    def choices(self) -> list[Choice]:
        return offered(self.now, current_zone(), self.current, self.known)

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


def offered(now: datetime, zone: ZoneInfo, current: datetime | None, known: KnownTimes = NOTHING_KNOWN) -> list[Choice]:
    """Return the choices to offer; `current` is the check-by time that the fix has already."""
    today = _today_at(END_OF_DAY, now, zone)
    said = _said(known, now)
    choices = [
        *([said] if said else []),
        *([Choice(KEEP, "Keep", current)] if current else []),
        *([usual] if (usual := _usual(known)) else []),
        Choice(IN_AN_HOUR, "In 1 hour", now + timedelta(hours=1)),
        *([Choice(TODAY, "End of day", today)] if today > now else []),
        Choice(TOMORROW, "Tomorrow", _tomorrow(now, zone)),
        Choice(NONE, "No check-by time"),
        Choice(OTHER, "Pick a time…"),
    ]
    return [each for each in choices if not (said and each.at == said.at and each.key in (TODAY, TOMORROW))]


def at_hand(now: datetime, zone: ZoneInfo, known: KnownTimes) -> list[Choice]:
    """Return the two choices with which a proposed wait is confirmed in one tap; [] where nothing is known."""
    choices = [choice for choice in (_said(known, now), _usual(known)) if choice]
    return [*choices, Choice(IN_AN_HOUR, "In 1 hour", now + timedelta(hours=1))][:2] if choices else []


def _said(known: KnownTimes, now: datetime) -> Choice | None:
    """Return the time that the reason names. Its words are in the reason, so the label is the time alone."""
    if known.said is None:
        return None
    at = known.said.at
    label = f"{'today ' if timezone.localdate(at) == timezone.localdate(now) else ''}{clock(at, now)}"
    return Choice(SAID, label[:1].upper() + label[1:], at, note="from the reason")


def _usual(known: KnownTimes) -> Choice | None:
    usual = known.usual
    return Choice(USUAL, f"Usually known after {duration(usual.wait)}", usual.at) if usual else None


def time_of(key: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the time of a choice other than KEEP, OTHER and KNOWN, as it is when the form is recorded."""
    return {
        IN_AN_HOUR: now + timedelta(hours=1),
        TODAY: _today_at(END_OF_DAY, now, zone),
        TOMORROW: _tomorrow(now, zone),
        NONE: None,
    }[key]


def _today_at(hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), hour, zone)


def _tomorrow(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING, zone)
