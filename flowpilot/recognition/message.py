"""What a whole message says: the outcomes of its sentences taken together."""

from typing import NamedTuple

from fixes.transitions import Status
from flowpilot.recognition import english, german, guards
from flowpilot.recognition.patterns import index, matches
from flowpilot.recognition.sentences import sentences
from flowpilot.recognition.verdicts import verdict

PATTERNS = index((english.PHRASES, german.PHRASES, guards.PHRASES), english.CLASSES | german.CLASSES)


class Recognized(NamedTuple):
    """An outcome, and the sentences of the message that say it, as they were typed."""

    outcome: Status
    sentence: str


def recognize(text: str) -> Recognized | None:
    """Return the outcome that `text` says about the fix just applied, or None when it says none.

    The first sentence that says one counts, unless a later one takes something back: nothing is claimed to work that
    somebody still waits for, and what works in part is not called working.
    """
    found: Recognized | None = None
    for sentence in sentences(text):
        said = verdict(sentence, matches(sentence.words, PATTERNS))
        if said:
            found = _together(found, Recognized(said, sentence.text))
    return found


def _together(first: Recognized | None, later: Recognized) -> Recognized:
    if first is None or (first.outcome, later.outcome) in TAKEN_BACK_WHOLLY:
        return later
    less = TAKEN_BACK.get((first.outcome, later.outcome))
    return Recognized(less, f"{first.sentence} {later.sentence}") if less else first


TAKEN_BACK_WHOLLY = {(Status.SUCCESS, Status.PENDING)}
"""Outcome of a sentence and of a later one, of which only the later counts."""

TAKEN_BACK = {
    (Status.SUCCESS, Status.FAILED): Status.PARTIAL,
    (Status.SUCCESS, Status.PARTIAL): Status.PARTIAL,
    (Status.FAILED, Status.SUCCESS): Status.PARTIAL,
}
"""Outcome of a sentence and of a later one → what both say together."""
