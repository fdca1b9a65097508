"""Which of a fix's outcomes still count: an outcome that was undone or reopened doesn't."""

from collections.abc import Iterable
from dataclasses import replace

from fixes.transitions import TERMINAL
from tickets.bundle.statements import Outcome, Reopening


def counting(history: Iterable[Outcome | Reopening], until: int | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes that count, oldest first; `until`: as the session's state version was then.

    Updates of an outcome are one outcome with it: its latest notes and check-by time.
    """
    standing: list[Outcome] = []
    for each in history:
        if until is not None and each.version > until:
            break
        if isinstance(each, Outcome):
            standing.append(each)
        else:
            _take_back(standing, each)
    return _without_updates(standing)


def _take_back(standing: list[Outcome], reopening: Reopening) -> None:
    """Remove the outcome; of a terminal one, also the notes that were added to it."""
    if standing:
        standing.pop()
    while reopening.status in TERMINAL and standing and standing[-1].status == reopening.status:
        standing.pop()


def _without_updates(standing: list[Outcome]) -> tuple[Outcome, ...]:
    merged: list[Outcome] = []
    for each in standing:
        if merged and merged[-1].status == each.status:
            earlier = merged.pop()
            # notes added to a verdict are about the moment when it was recorded
            each = _with_notes(earlier, each) if each.status in TERMINAL else each
        merged.append(each)
    return tuple(merged)


def _with_notes(verdict: Outcome, added: Outcome) -> Outcome:
    return replace(verdict, notes=added.notes, notes_cite=added.cites, version=added.version)
