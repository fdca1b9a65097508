"""Finds a time at one place of a text: a span, or a day and a time of day in either order.

Every function looks at a few words from one position on, so a text of any length takes linear time.
"""

from typing import NamedTuple

from fixes.said_times import moments, phrases
from fixes.said_times.clocks import clock_at
from fixes.said_times.dates import date_at
from fixes.said_times.days import TODAY, Clock, Day, Moment, Span
from fixes.said_times.spans import span_at
from fixes.said_times.words import Words, longest, text_at


class Found(NamedTuple):
    """What the words from `start` up to `end` mean; None: they mean no time ahead, and are done with."""

    start: int
    end: int
    moment: Moment | Span | None


def read_at(words: Words, at: int) -> Found | None:
    """Return the time that begins at this position, with the words before it that belong to it, or None."""
    end, span = span_at(words, at)
    found = Found(at, end, span) if end else _moment(words, at)
    if found is None or found.moment is None:
        return found
    if text_at(words, at - 1) in phrases.BEFORE_PAST:
        return found._replace(moment=None)
    return found._replace(start=_with_lead(words, at))


def _with_lead(words: Words, at: int) -> int:
    start = at
    while start > max(0, at - 3) and words[start - 1].text in phrases.LEADS and not words[start - 1].ends_clause:
        start -= 1
    return start


def _moment(words: Words, at: int) -> Found | None:
    for end, moment in (_phrase(words, at), _day(words, at), _clock(words, at)):
        if end and moment is None:
            return Found(at, end, None)
        if end and moment:
            second = _second(words, end, moment)
            alone = Found(at, end, moment) if _stands_alone(words, at, end, moment) else None
            return Found(at, *second) if second else alone
    return None


def _second(words: Words, end: int, first: Moment) -> tuple[int, Moment] | None:
    """Return the end and the sum of a time of which `first` is read: "tomorrow" goes on with "at 9"."""
    for at in range(end, min(end + 3, len(words))):
        if words[at - 1].ends_clause:
            return None
        part = _part(words, at) if at == end else NOTHING
        clock = _clock(words, at, after_day=first.day is not None)
        for found, moment in (_phrase(words, at), part, _day(words, at), clock):
            joined = _joined(first, moment) if moment else None
            if joined:
                return found, joined
        if words[at].text not in phrases.BETWEEN:
            return None
    return None


def _joined(first: Moment, second: Moment) -> Moment | None:
    if first.day and second.clock and not second.day:
        return Moment(first.day, _within(first.clock, second.clock))
    if first.clock and second.day and not first.day:
        return Moment(second.day, _within(second.clock, first.clock))
    if first.day and second.day and moments.NEXT_WEEK in (first.day, second.day):
        weekday = second.day if first.day == moments.NEXT_WEEK else first.day
        if isinstance(weekday, Day) and weekday.weekday is not None:
            return Moment(Day(weekday=weekday.weekday, week=1), first.clock or second.clock)
    return None


def _within(part: Clock | None, clock: Clock) -> Clock:
    """Return the time of day with the half of the day that its part says: "tonight at 8" is 20:00."""
    is_late = part is not None and part.at.hour >= 12 and clock.at.hour < 12
    return Clock(clock.at.replace(hour=clock.at.hour + 12)) if is_late else clock


def _stands_alone(words: Words, at: int, end: int, moment: Moment) -> bool:
    """Return whether these words are a time by themselves: a weekday may also be a name, as in "the Monday job"."""
    word, has_lead, at_end = words[at].text, text_at(words, at - 1) in phrases.BEFORE_DAY, words[end - 1].ends_clause
    if word in moments.SHORT_WEEKDAYS:
        return has_lead and at_end
    if word in moments.WEEKDAYS:
        return has_lead or at_end
    return moment.day != TODAY or moment.clock is not None


Read = tuple[int, Moment | None]
"""The position after what was read, and what it means: (0, None) when nothing was."""

NOTHING: Read = (0, None)


def _phrase(words: Words, at: int) -> Read:
    if at == 0 and words[0].text == "morgen" and words[0].ends_clause and len(words) > 1:
        return 1, None  # "Morgen, …" greets
    return longest(moments.MOMENTS, words, at)


def _part(words: Words, at: int) -> Read:
    end, clock = longest(moments.PARTS, words, at)
    return end, Moment(clock=clock) if clock else None


def _clock(words: Words, at: int, after_day: bool = False) -> Read:
    end, clock = clock_at(words, at, after_day)
    return end, Moment(clock=clock) if clock else None


def _day(words: Words, at: int) -> Read:
    word = words[at].text
    weekday = moments.WEEKDAYS.get(word, moments.SHORT_WEEKDAYS.get(word))
    if weekday is not None:
        return at + 1, Moment(Day(weekday=weekday))
    if word in moments.DAYS_WITH_PARTS:
        return at + 1, moments.DAYS_WITH_PARTS[word]
    end, day = date_at(words, at)
    return end, Moment(day) if day else None
