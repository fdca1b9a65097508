"""Decides what one sentence says from the phrases in it."""

from collections.abc import Sequence
from enum import Enum, auto

from fixes.transitions import Status
from flowpilot.recognition import english, german
from flowpilot.recognition.patterns import Match
from flowpilot.recognition.sentences import Sentence
from flowpilot.recognition.signals import Guard, Signal

WHOLE_SENTENCE = {Guard.PAST, Guard.ABOUT_THE_PROBLEM}
"""Guards that count for every phrase of their sentence; the others only for those after them."""

DOUBTS = {Guard.HEDGE, Guard.WHETHER, Guard.CONDITION, Guard.OTHER_CAUSE}
"""Guards that count for every claim of their sentence: "that did it, I think"."""

BUT_WAITING = {Guard.WHETHER, Guard.HEDGE, Guard.PAST, Guard.QUOTE, Guard.OTHER_CAUSE}
"""Guards that don't concern waiting: "not sure yet, waiting for the sync"."""

WAITS = {Signal.WAITING, Signal.UNPROVEN}
WORKS = {Signal.WORKED, Signal.WORKS}
CLAIMS = {*WORKS, Signal.PARTLY, Signal.SOME}
FAILS = {Signal.FAILED, Signal.FAILS}
TOLD = {Signal.WORKED, Signal.FAILED, Signal.BUT}
"""Signals of which one is needed to tell "printing works, but scanning doesn't" from "ping works, DNS doesn't"."""

ASSENT = {"oder", "right", "correct", "gell", "wahr", "yes", "ja"}
"""Last words of a question that turn all before them into one: "doesn't work without a restart, right?"."""

WORDS_OF_A_GUESS, WORDS_OF_A_DENIAL = 5, 3
"""A sentence of at most so many words with a hedge or a negation doubts another one: "I think so.", "... not"."""


MOST_UNREAD, MOST_UNREAD_IN_ANOTHER_CLAUSE = 4, 2
"""Words in a row behind "it works" that no phrase need explain. Whoever goes on may be telling why it isn't the fix."""

CONTRADICTS = {"but", "however", "although", "though", "aber", "allerdings", "jedoch", "obwohl"}
DENIES = {*english.CLASSES["not"].split(), *german.CLASSES["nicht"].split(), "nobody", "niemand", "keiner", "nor"}


class Doubt(Enum):
    """What a sentence without an outcome says about one that another sentence claims."""

    DENIED = auto()
    """It is a guess, or something else is the cause."""
    UNPROVEN = auto()
    """It can't be told yet."""


def verdict(sentence: Sentence, found: Sequence[Match]) -> Status | None:
    """Return the outcome that the sentence says, or None."""
    signals = {match.kind for match in found if isinstance(match.kind, Signal) and _counts(match, sentence, found)}
    if Signal.WAITING in signals or {Signal.WORKED, Signal.UNPROVEN} <= signals:
        return Status.PENDING
    if Signal.PARTLY in signals or (Signal.SOME in signals and signals & WORKS):
        return Status.PARTIAL
    if signals & WORKS and signals & FAILS and signals & TOLD:
        return Status.PARTIAL
    if Signal.WORKED in signals:
        return Status.SUCCESS if _is_plain(sentence, found) else None
    return Status.FAILED if Signal.FAILED in signals else None


def doubt(sentence: Sentence, found: Sequence[Match]) -> Doubt | None:
    """Return the doubt that a sentence without an outcome casts on the others."""
    kinds = {match.kind for match in found}
    is_guess = Guard.HEDGE in kinds and len(sentence.words) <= WORDS_OF_A_GUESS
    if Guard.OTHER_CAUSE in kinds or is_guess:
        return Doubt.DENIED
    return Doubt.UNPROVEN if Signal.UNPROVEN in kinds else None


def contradicts(sentence: Sentence, found: Sequence[Match]) -> bool:
    """Return whether a sentence without an outcome takes back the one before: "But ...", "... not"."""
    harmless = {at for match in found if match.kind == Signal.NOTHING for at in range(match.start, match.end)}
    denies = any(word.text in DENIES for at, word in enumerate(sentence.words) if at not in harmless)
    is_denial = denies and len(sentence.words) <= WORDS_OF_A_DENIAL
    return is_denial or any(word.text in CONTRADICTS for word in sentence.words)


def _is_plain(sentence: Sentence, found: Sequence[Match]) -> bool:
    """Return whether no word of a sentence with a claim contradicts it, and little of it stays unread after the claim.

    The tables can't know every way of doubt. So what they don't know is no outcome rather than a success.
    """
    read = {at for match in found for at in range(match.start, match.end)}
    claimed = min(match.end for match in found if match.kind == Signal.WORKED)
    unread, most = 0, MOST_UNREAD
    for at, word in enumerate(sentence.words):
        unread = 0 if at in read or at < claimed else unread + 1
        is_denied = at not in read and word.text in DENIES
        if is_denied or word.text in CONTRADICTS or unread > most:
            return False
        if word.ends_clause and at + 1 >= claimed:
            unread, most = 0, MOST_UNREAD_IN_ANOTHER_CLAUSE
    return True


def _counts(match: Match, sentence: Sentence, found: Sequence[Match]) -> bool:
    """Return whether no guard of the sentence concerns this phrase."""
    if sentence.is_question and match.end > _last_clause(sentence):
        return False
    return not any(isinstance(guard.kind, Guard) and _concerns(guard, guard.kind, match) for guard in found)


def _concerns(guard: Match, kind: Guard, match: Match) -> bool:
    if match.kind in WAITS and kind in BUT_WAITING:
        return False
    if kind in WHOLE_SENTENCE or (kind in DOUBTS and match.kind in CLAIMS):
        return True
    return guard.start < match.start and kind != Guard.OTHER_CAUSE


def _last_clause(sentence: Sentence) -> int:
    """Return where the last clause begins: of "no luck, next idea?" only that asks."""
    inner = [at + 1 for at, word in enumerate(sentence.words[:-1]) if word.ends_clause]
    asks_for_assent = sentence.words[-1].text in ASSENT
    return inner[-1] if inner and not asks_for_assent else 0
