"""Decides what one sentence says from the phrases in it."""

from collections.abc import Sequence

from fixes.transitions import Status
from flowpilot.recognition.patterns import Match
from flowpilot.recognition.sentences import Sentence
from flowpilot.recognition.signals import Guard, Signal

WHOLE_SENTENCE = (Guard.PAST, Guard.ABOUT_THE_PROBLEM)
"""Guards that count for every phrase of their sentence; the others only for those after them."""

BUT_WAITING = (Guard.WHETHER, Guard.HEDGE, Guard.PAST, Guard.QUOTE)
"""Guards that don't concern waiting: "not sure yet, waiting for the sync"."""

WORKS = {Signal.WORKED, Signal.WORKS}
FAILS = {Signal.FAILED, Signal.FAILS}
TOLD = {Signal.WORKED, Signal.FAILED, Signal.BUT}
"""Signals of which one is needed to tell "printing works, but scanning doesn't" from "ping works, DNS doesn't"."""


ASSENT = {"oder", "right", "correct", "gell", "wahr", "yes", "ja"}
"""Last words of a question that turn all before them into one: "doesn't work without a restart, right?"."""


def verdict(sentence: Sentence, found: Sequence[Match]) -> Status | None:
    """Return the outcome that the sentence says, or None."""
    signals = {match.kind for match in found if isinstance(match.kind, Signal) and _counts(match, sentence, found)}
    if Signal.WAITING in signals:
        return Status.PENDING
    if Signal.PARTLY in signals or (Signal.SOME in signals and signals & WORKS):
        return Status.PARTIAL
    if signals & WORKS and signals & FAILS and signals & TOLD:
        return Status.PARTIAL
    if Signal.WORKED in signals:
        return Status.SUCCESS
    return Status.FAILED if Signal.FAILED in signals else None


def _counts(match: Match, sentence: Sentence, found: Sequence[Match]) -> bool:
    """Return whether no guard of the sentence concerns this phrase."""
    if sentence.is_question and match.end > _last_clause(sentence):
        return False
    guards = (guard for guard in found if guard.kind in WHOLE_SENTENCE or guard.start < match.start)
    return not any(
        isinstance(guard.kind, Guard) and not (match.kind == Signal.WAITING and guard.kind in BUT_WAITING)
        for guard in guards
    )


def _last_clause(sentence: Sentence) -> int:
    """Return where the last clause begins: of "no luck, next idea?" only that asks."""
    inner = [at + 1 for at, word in enumerate(sentence.words[:-1]) if word.ends_clause]
    asks_for_assent = sentence.words[-1].text in ASSENT
    return inner[-1] if inner and not asks_for_assent else 0
