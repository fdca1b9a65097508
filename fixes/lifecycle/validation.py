"""Validation of what is recorded: outcome, decision, notes, check-by time (docs/lifecycle.md)."""

from datetime import UTC, datetime
from enum import Enum
from typing import Final, TypeVar

from django.utils import timezone

from common.refusals import InvalidInput
from common.text import clean_text, required_text
from fixes.models import SuggestedFix
from fixes.transitions import FOLLOW_UP_LIMIT, NOTES_NEEDED, OUTCOMES, PROPOSABLE, Decision, Status


class Keep(Enum):
    """No check-by time was given: leave it as it is."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP
FollowUp = datetime | None | Keep

Choice = TypeVar("Choice", Status, Decision)


def outcome_of(value: str) -> Status:
    """Return one of the five outcomes. Raises InvalidInput on `outcome`."""
    return _one_of(OUTCOMES, value, "outcome")


def proposal_of(value: str) -> Status:
    """Return one of the four outcomes that the copilot may propose. Raises InvalidInput on `outcome`."""
    return _one_of(PROPOSABLE, value, "outcome")


def decision_of(value: str) -> Decision:
    """Return one of the decisions. Raises InvalidInput on `decision`."""
    return _one_of(tuple(Decision), value, "decision")


def _one_of(choices: tuple[Choice, ...], value: str, field: str) -> Choice:
    for choice in choices:
        if choice.value == value:
            return choice
    listed = ", ".join(choice.value for choice in choices)
    raise InvalidInput(**{field: f"“{str(value)[:50]}” is not one of {listed}."})


def notes_for(outcome: Status, notes: str | None) -> str | None:
    """Return the notes, cleaned. Raises InvalidInput on `notes` when this outcome needs notes and has none."""
    missing = NOTES_NEEDED.get(outcome)
    return required_text(notes, "notes", missing) if missing else clean_text(notes, "notes")


def follow_up_for(fix: SuggestedFix, outcome: Status, given: FollowUp, now: datetime) -> datetime | None:
    """Return the check-by time that the fix has afterwards. Raises InvalidInput on `follow_up_at`."""
    if outcome != Status.PENDING:
        if isinstance(given, datetime):
            raise InvalidInput(follow_up_at="Only a fix that is awaiting verification has a check-by time.")
        return None
    if given is KEEP:
        return fix.follow_up_at
    if given is not None and given != fix.follow_up_at:
        _refuse_unless_ahead(given, now)
    return given


def _refuse_unless_ahead(given: datetime, now: datetime) -> None:
    if timezone.is_naive(given):
        raise InvalidInput(follow_up_at="Say in which time zone: add an offset, such as +01:00 or Z.")
    if given <= now:
        raise InvalidInput(follow_up_at="This time has passed. Pick a later one.")
    if given > now + FOLLOW_UP_LIMIT:
        latest = (now + FOLLOW_UP_LIMIT).astimezone(UTC).date().isoformat()
        raise InvalidInput(follow_up_at=f"More than a year ahead. The latest day is {latest}.")
