"""What the claimer says of a package: enough to start, or what was missing (docs/handoffs.md)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from common.refusals import InvalidInput
from common.text import clean_text
from common.versions import Seen
from fixes.lifecycle import By
from tickets import notice_kinds
from tickets.actors import engineer_of
from tickets.gaps import GAPS, labels_of
from tickets.handoffs.writer import (
    Handoffs,
    act_on_handoff,
    append_event,
    refuse_stale_handoff,
    save,
    tell_originator,
)
from tickets.models import Handoff, HandoffAction
from tickets.refusals import NotYours


def rate(
    handoff_id: UUID,
    by: By,
    *,
    was_enough: bool,
    missing: Sequence[str] = (),
    notes: str | None = None,
    handoffs: Handoffs,
    version: Seen | None = None,
) -> Handoff:
    """Say whether the package was enough to start, or what was missing: keys of `gaps.GAPS`, and words.

    The claimer may change their mind; the latest rating counts. It isn't an act on the session, whose state version
    stays. Raises InvalidInput on `missing` or `notes`, NotYours, IllegalTransition.
    """
    columns = _rating(was_enough, missing, notes)
    with act_on_handoff(handoff_id, handoffs) as (handoff, _):
        person, now = engineer_of(by), by.now()
        refuse_stale_handoff(handoff, version)
        if handoff.claimed_by_id != person.pk:
            raise NotYours("Only the person who claimed it can rate its package. Nothing was recorded.")
        if all(getattr(handoff, name) == value for name, value in columns.items()):
            return handoff
        save(handoff, **columns, rated_at=now)
        said = "Enough to start." if was_enough else _what_was_missing(columns)
        event = append_event(handoff, HandoffAction.RATE, person, now, said)
        tell_originator(handoff, notice_kinds.RATED, event, quote=said)
        return handoff


def _rating(was_enough: bool, missing: Sequence[str], notes: str | None) -> dict[str, Any]:
    """Return the columns of a rating. Raises InvalidInput."""
    keys = [gap.key for gap in GAPS]
    words = clean_text(notes, "notes") or ""
    if unknown := [key for key in missing if key not in keys]:
        raise InvalidInput(missing=f"“{unknown[0][:50]}” is none of: {', '.join(keys)}.")
    if was_enough and (missing or words):
        raise InvalidInput(missing="Nothing can be missing from a package that was enough.")
    if not was_enough and not missing and not words:
        raise InvalidInput(missing="Say what was missing: choose at least one, or write it below.")
    return {"was_enough": was_enough, "missing": [key for key in keys if key in missing], "missing_notes": words}


def _what_was_missing(columns: dict[str, Any]) -> str:
    named = ", ".join(labels_of(columns["missing"]))
    return f"{named}. {columns['missing_notes']}".strip() if named else str(columns["missing_notes"])
