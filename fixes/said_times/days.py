"""Days, times of day and spans as people say them, and the point in time that they mean."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fixes.transitions import FOLLOW_UP_LIMIT


@dataclass(frozen=True, slots=True)
class Day:
    """A day counted from today: some days ahead, the coming weekday (0 is Monday), or one of a later week."""

    ahead: int = 0
    weekday: int | None = None
    week: int = 0
    or_today: bool = False
    """Whether the weekday can be today: "by the end of the week" on a Friday."""

    def after(self, today: date) -> date:
        if self.weekday is None:
            return today + timedelta(days=self.ahead)
        if self.week:
            return today + timedelta(days=7 * self.week + self.weekday - today.weekday())
        ahead = (self.weekday - today.weekday()) % 7
        return today + timedelta(days=ahead if ahead or self.or_today else 7)


@dataclass(frozen=True, slots=True)
class OfMonth:
    """A day of a month, this year's or next year's; without a month, the day of next month."""

    day: int
    month: int | None = None
    year: int | None = None

    def after(self, today: date) -> date:
        if self.year:
            return date(self.year, self.month or 1, self.day)
        if not self.month:
            return date(today.year + today.month // 12, today.month % 12 + 1, self.day)
        this_year = date(today.year, self.month, self.day)
        return this_year if this_year >= today else date(today.year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `later` is what it means when it has passed: "this afternoon", said at four."""

    at: time
    later: time | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time of day, or both."""

    day: Day | OfMonth | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Time from now on. Minutes are counted; days keep the time of day when the clocks change."""

    minutes: int = 0
    days: int = 0


TODAY = Day()
TOMORROW = Day(1)
MORNING = Clock(time(9))


def point(moment: Moment | Span, now: datetime) -> datetime | None:
    """Return the point in time in the zone of `now`, or None when it isn't within the year after `now`."""
    if isinstance(moment, Span):
        found = _ahead(moment, now)
    elif moment.day:
        found = _on_day(moment, moment.day, now)
    else:
        found = _next(moment.clock or MORNING, now)
    return found if found and _is_ahead(found, now) else None


def _ahead(span: Span, now: datetime) -> datetime | None:
    if span.days > FOLLOW_UP_LIMIT.days:
        return None
    later_day = _existing(now.replace(fold=0) + timedelta(days=span.days)) if span.days else now
    return (later_day.astimezone(UTC) + timedelta(minutes=span.minutes)).astimezone(now.tzinfo)


def _on_day(moment: Moment, day: Day | OfMonth, now: datetime) -> datetime | None:
    clock = moment.clock
    if clock is None and day == TODAY:
        return None
    try:
        on = day.after(now.date())
    except ValueError:  # 31 February
        return None
    first = _at(on, (clock or MORNING).at, now)
    return _at(on, clock.later, now) if clock and clock.later and not _is_ahead(first, now) else first


def _next(clock: Clock, now: datetime) -> datetime:
    today = _at(now.date(), clock.at, now)
    return today if _is_ahead(today, now) else _at(TOMORROW.after(now.date()), clock.at, now)


def _at(on: date, clock: time, now: datetime) -> datetime:
    """Return that time of that day; of an hour that the clocks repeat, the first that is still ahead."""
    first = _existing(datetime.combine(on, clock, tzinfo=now.tzinfo))
    return first if _is_ahead(first, now) else _existing(first.replace(fold=1))


def _existing(local: datetime) -> datetime:
    """Move a time that the clocks skip to one that exists."""
    return local.astimezone(UTC).astimezone(local.tzinfo)


def _is_ahead(found: datetime, now: datetime) -> bool:
    return timedelta() < found.astimezone(UTC) - now.astimezone(UTC) <= FOLLOW_UP_LIMIT
