"""What a whole message says: the outcomes of its sentences taken together."""

from collections.abc import Mapping
from typing import NamedTuple

from fixes.transitions import Status
from flowpilot.recognition import english, german, guards
from flowpilot.recognition.patterns import Match, index, matches
from flowpilot.recognition.sentences import Sentence, sentences
from flowpilot.recognition.signals import Guard, Signal
from flowpilot.recognition.verdicts import WORKS, Doubt, contradicts, doubt, verdict

TABLES = (english.PHRASES, german.PHRASES, guards.PHRASES)
CLASSES = english.CLASSES | german.CLASSES
PATTERNS = index(TABLES, CLASSES)

INSIDE = (Signal.UNPROVEN, Guard.HEDGE, Guard.OTHER_CAUSE)
PATTERNS_INSIDE = index(({kind: table[kind] for kind in INSIDE if kind in table} for table in TABLES), CLASSES)
"""Doubts that count where another phrase passes over them, too: "she can hopefully print again"."""


class Recognized(NamedTuple):
    """An outcome, and the sentences of the message that say it, as they were typed."""

    outcome: Status
    sentence: str


def recognize(text: str) -> Recognized | None:
    """Return the outcome that `text` says about the fix just applied, or None when it says none.

    The first sentence that says one counts, unless another one takes something back: nothing is claimed to work that
    somebody still waits for or doubts, and what works in part is not called working.
    """
    found: Recognized | None = None
    doubts: dict[Doubt | None, str] = {}
    for sentence in sentences(text):
        phrases = _phrases(sentence)
        said = verdict(sentence, phrases)
        if said:
            found = _together(found, Recognized(said, sentence.text))
        elif found and contradicts(sentence, phrases):
            doubts[Doubt.DENIED] = sentence.text
        else:
            doubts.setdefault(doubt(sentence, phrases), sentence.text)
    return _doubted(found, doubts)


def _phrases(sentence: Sentence) -> list[Match]:
    found = matches(sentence.words, PATTERNS)
    hidden = (
        inside._replace(start=inside.start + match.start, end=inside.end + match.start)
        for match in found
        if match.kind in WORKS
        for inside in matches(sentence.words[match.start : match.end], PATTERNS_INSIDE)
    )
    return [*found, *hidden]


def _doubted(found: Recognized | None, doubts: Mapping[Doubt | None, str]) -> Recognized | None:
    """Return what is left of an outcome beside the sentences that doubt it."""
    if found is None or found.outcome not in CLAIMS:
        return found
    if Doubt.DENIED in doubts:
        return None
    if Doubt.UNPROVEN in doubts and found.outcome == Status.SUCCESS:
        return Recognized(Status.PENDING, f"{found.sentence} {doubts[Doubt.UNPROVEN]}")
    return found


def _together(first: Recognized | None, later: Recognized) -> Recognized:
    if first is None or (first.outcome, later.outcome) in TAKEN_BACK_WHOLLY:
        return later
    less = TAKEN_BACK.get((first.outcome, later.outcome))
    return Recognized(less, f"{first.sentence} {later.sentence}") if less else first


CLAIMS = {Status.SUCCESS, Status.PARTIAL}
"""Outcomes that a doubt concerns."""

TAKEN_BACK_WHOLLY = {(Status.SUCCESS, Status.PENDING)}
"""Outcome of a sentence and of a later one, of which only the later counts."""

TAKEN_BACK = {
    (Status.SUCCESS, Status.FAILED): Status.PARTIAL,
    (Status.SUCCESS, Status.PARTIAL): Status.PARTIAL,
    (Status.FAILED, Status.SUCCESS): Status.PARTIAL,
}
"""Outcome of a sentence and of a later one → what both say together."""
