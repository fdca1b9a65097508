"""What the counts say, in words (docs/domain.md §6, *Evidence*)."""

from datetime import datetime

from common.times import day
from fixes.evidence.counts import Counts

NOT_TRIED = "Not tried here yet"


def headline(counts: Counts) -> str:
    """Return how often it worked: "Worked in 7 of 8 sessions", and below three verdicts without a ratio."""
    if not counts.verdicts:
        return "No outcome yet" if counts.waiting else NOT_TRIED
    if counts.verdicts == 1:
        return f"{_only(counts)} the only time it was tried here"
    if not counts.is_enough:
        return f"Tried twice: it {_twice(counts)}"
    return _ratio(counts)


def _only(counts: Counts) -> str:
    if counts.worked:
        return "Worked"
    return "Partly worked" if counts.partly else "Didn’t work"


def _twice(counts: Counts) -> str:
    match counts.worked, counts.partly:
        case 2, _:
            return "worked both times"
        case 1, 1:
            return "worked once and partly once"
        case 1, _:
            return "worked once"
        case _, 2:
            return "partly worked both times"
        case _, 1:
            return "partly worked once"
    return "didn’t work either time"


def _ratio(counts: Counts) -> str:
    of = f"of {'' if counts.is_all else 'the last '}{counts.verdicts:,} sessions"
    if counts.worked and counts.partly:
        return f"Worked in {counts.worked:,} {of}, partly in {counts.partly:,}"
    if counts.worked:
        return f"Worked in {counts.worked:,} {of}"
    if counts.partly:
        return f"Partly worked in {counts.partly:,} {of}"
    return f"Didn’t work in any {of}"


def when(counts: Counts) -> str:
    """Return what comes before the day on which it last worked: "last on", or "on" if it worked once only."""
    return "last on" if counts.worked > 1 else "on"


def waits(counts: Counts) -> str:
    """Return "1 still waits", or "" if none does."""
    return f"{counts.waiting:,} still wait{'s' if counts.waiting == 1 else ''}" if counts.waiting else ""


def sentence(counts: Counts, now: datetime) -> str:
    """Return "Worked in 7 of 8 sessions, last on 3 November; 1 still waits", in the reader's time zone."""
    said = headline(counts)
    if counts.last_worked:
        said += f", {when(counts)} {day(counts.last_worked, now)}"
    return f"{said}; {waiting}" if (waiting := waits(counts)) else said
