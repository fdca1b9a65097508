"""Why a page of the tickets did nothing, as it says at its top: with what to mend, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.refusals import Refusal, Stale
from tickets.drafts import DraftChanged
from tickets.forms.closing import NOTES
from tickets.refusals import KeepsUnverifiedWords
from tickets.views.words import ANSWERS

STILL_HERE = "What you typed is still here."
INCOMPLETE = "The form came without what says which state of the session it was written for."

LABELS: Mapping[str, str] = {
    "fix_outcome": "Did the fix work?",
    "follow_up_at": "Check by",
    "check_by": "Check by",
    "root_cause": "What was the cause?",
    "impact": "Impact",
    "access": "Access",
    "question": "Question for them",
    "to": "Escalate to",
    "text": "The text",
    **{NOTES + outcome: words.asks for answers in ANSWERS.values() for outcome, words in answers.items() if words.asks},
}
"""Field → what the page calls it."""

IDS = {"text": "words", "follow_up_at": "wait-at", "check_by": "wait-at", "fix_outcome": "fix-outcome"}
"""Field → the id of its element, where that isn't the field's name."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field. `field`: the id of its element, "" where no field is to blame."""

    message: str
    label: str = ""
    field: str = ""


@dataclass(frozen=True)
class Alert:
    """`did`: "Not posted". `why`: in one sentence. `is_about_claims`: the focus goes to the claims instead."""

    did: str
    why: str
    then: str = ""
    problems: tuple[Problem, ...] = ()
    is_about_claims: bool = False


def about_refusal(refusal: Refusal, did: str = "Not posted") -> Alert:
    if isinstance(refusal, KeepsUnverifiedWords):
        then = "Change the text, or post it as your own words."
        return Alert(did, claims(len(refusal.warnings)), then, is_about_claims=True)
    if isinstance(refusal, Stale):
        then = f"Read what changed, then post again. {STILL_HERE}"
        return Alert(did, "the session changed while you were writing.", then)
    if isinstance(refusal, DraftChanged):
        who = f"{refusal.draft.edited_by} saved another text" if refusal.draft else "someone discarded this text"
        return Alert(did, f"{who} meanwhile.", STILL_HERE)
    return Alert(did, "", f"{refusal.message} {STILL_HERE}")


def about_fields(errors: Iterable[tuple[str, Iterable[object]]], did: str = "Not posted") -> Alert:
    """Return the alert about these fields: the name of each, and what is wrong with it."""
    problems = tuple(_problem(name, str(error)) for name, found in errors for error in found)
    count = len(problems)
    why = "1 answer has to be changed." if count == 1 else f"{count} answers have to be changed."
    return Alert(did, why, STILL_HERE, problems)


def incomplete() -> Alert:
    return Alert("Not posted", "the form was incomplete.", f"{INCOMPLETE} Check it, then post again. {STILL_HERE}")


def claims(count: int) -> str:
    """Return how many claims the check warns of, as a sentence."""
    return f"{count} claim{' goes' if count == 1 else 's go'} beyond the record."


def _problem(name: str, message: str) -> Problem:
    label = LABELS.get(name, "")
    return Problem(message, label, IDS.get(name, name) if label else "")
