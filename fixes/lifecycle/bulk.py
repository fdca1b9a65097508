"""Records one outcome, or one check-by time, on many fixes, and undoes it. Board and admin call these functions.

Each fix is checked and written in a transaction of its own, so a refused fix doesn't stop the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from common.ids import uuid_or_none
from common.refusals import InvalidInput, Refusal
from common.text import clean_text, required_text
from fixes import lifecycle
from fixes.lifecycle.by import By
from fixes.lifecycle.validation import KEEP, FollowUp, outcome_of
from fixes.lifecycle.writer import Fixes
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import NOTES_NEEDED as NOTES_NEEDED_FOR_ONE
from fixes.transitions import Status

LIMIT = 100
"""The most fixes in one bulk act."""

NOTES_NEEDED = {**NOTES_NEEDED_FOR_ONE, Status.SUCCESS: "Say how it was verified. Nothing has been recorded yet."}
"""Outcomes that need notes. In bulk *It worked* needs notes too, because the fixes weren't looked at one by one."""


@dataclass(frozen=True)
class Selected:
    """A selected fix, and its version when the page was rendered."""

    fix_id: UUID
    version: int

    @classmethod
    def read(cls, text: str) -> "Selected | None":
        """Parse "id:version". Return None for anything else."""
        written_id, _, version = text.partition(":")
        fix_id = uuid_or_none(written_id)
        if fix_id is None:
            return None
        try:
            return cls(fix_id, min(int(version), 2**31 - 1))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.fix_id}:{self.version}"


def selection_of(sent: Iterable[str]) -> list[Selected]:
    """Parse the selection: each fix once, without entries that can't be parsed."""
    found = {each.fix_id: each for each in map(Selected.read, sent) if each}
    return list(found.values())


@dataclass(frozen=True)
class RefusedFix:
    """A fix on which nothing was written, with the reason."""

    fix_id: str
    session_id: str
    title: str
    ticket: str
    reason: str


@dataclass
class Result:
    """What a bulk act did.

    `done`: how many fixes now have what was requested; `written`: those of them that this act changed, for its undo;
    `missing`: how many selected fixes no longer exist for the caller.
    """

    done: int = 0
    written: list[Selected] = field(default_factory=list)
    refused: list[RefusedFix] = field(default_factory=list)
    missing: int = 0

    @property
    def is_complete(self) -> bool:
        return not (self.refused or self.missing)

    @property
    def refused_ids(self) -> set[UUID]:
        return {UUID(each.fix_id) for each in self.refused}


def record(selection: list[Selected], outcome: str, by: By, *, fixes: Fixes, notes: str | None = None) -> Result:
    """Record the outcome on each selected fix. Raises InvalidInput on `selection`, `outcome` and `notes`."""
    new = outcome_of(outcome)
    cleaned = notes_for(new, notes)
    check(selection)

    def act(fix: SuggestedFix, version: int) -> SuggestedFix:
        return lifecycle.record(fix.pk, new, by, notes=cleaned, version=version, fixes=fixes)

    return _each(selection, by, fixes, act)


def move_check_by(selection: list[Selected], follow_up_at: FollowUp, by: By, *, fixes: Fixes) -> Result:
    """Give each selected fix this check-by time, or none. The reason stays. Raises InvalidInput."""
    if follow_up_at is KEEP:
        raise InvalidInput(check_by="Choose a time, or “No check-by time”.")
    check(selection)

    def act(fix: SuggestedFix, version: int) -> SuggestedFix:
        reason = fix.pending_reason
        return lifecycle.record(
            fix.pk, Status.PENDING, by, notes=reason, follow_up_at=follow_up_at, version=version, fixes=fixes
        )

    return _each(selection, by, fixes, act)


def undo(written: list[Selected], by: By, *, fixes: Fixes) -> Result:
    """Undo what a bulk act wrote, fix by fix. Each fix is then exactly what it was before."""

    def act(fix: SuggestedFix, version: int) -> SuggestedFix:
        return lifecycle.undo(fix.pk, by, version=version, fixes=fixes)

    return _each(written, by, fixes, act)


def check(selection: list[Selected]) -> None:
    """Raise InvalidInput on `selection` when it is empty or larger than LIMIT."""
    if not selection:
        raise InvalidInput(selection="Select at least one fix.")
    if len(selection) > LIMIT:
        raise InvalidInput(selection=f"{len(selection):,} selected; the limit is {LIMIT}.")


def notes_for(outcome: Status, notes: str | None) -> str | None:
    """Return the notes, cleaned. Raises InvalidInput on `notes` when this outcome needs notes and has none."""
    missing = NOTES_NEEDED.get(outcome)
    return required_text(notes, "notes", missing) if missing else clean_text(notes, "notes")


def _each(selection: list[Selected], by: By, fixes: Fixes, act: Callable[[SuggestedFix, int], SuggestedFix]) -> Result:
    """Run the act on each fix. One that already has what was requested counts as done, without anything to undo."""
    rows = fixes.select_related("session").in_bulk([each.fix_id for each in selection])
    result, refusals = Result(), []
    for each in selection:
        fix = rows.get(each.fix_id)
        if fix is None:
            result.missing += 1
            continue
        try:
            version = act(fix, each.version).version
        except (Refusal, InvalidInput) as refusal:
            refusals.append((fix, each.version, refusal))
            continue
        result.done += 1
        if version != fix.version:
            result.written.append(Selected(fix.pk, version))
    result.refused = _refused(refusals, by.user)
    return result


def _refused(refusals: list[tuple[SuggestedFix, int, Refusal | InvalidInput]], user: User | None) -> list[RefusedFix]:
    """Return the refused fixes with reasons; one query finds who changed them after the page was rendered."""
    changed = [fix.pk for fix, version, _ in refusals if fix.version != version]
    meanwhile = _latest_events(changed) if changed else {}
    return [
        RefusedFix(
            fix_id=str(fix.pk),
            session_id=str(fix.session_id),
            title=fix.title,
            ticket=fix.session.ticket_ref,
            reason=_what_happened(meanwhile[fix.pk], user) if fix.pk in meanwhile else str(refusal),
        )
        for fix, _, refusal in refusals
    ]


def _latest_events(fix_ids: list[UUID]) -> dict[UUID, FixEvent]:
    events = FixEvent.objects.filter(fix__in=fix_ids).order_by("fix_id", "-state_version", "-position")
    return {event.fix_id: event for event in events.distinct("fix_id").select_related("actor")}


def _what_happened(event: FixEvent, user: User | None) -> str:
    who = "You" if user and event.actor_id == user.pk else event.actor or "FlowPilot"
    if event.is_outcome:
        return f"{who} recorded “{event.get_to_status_display()}” in the meantime."
    return f"{who} changed it in the meantime ({event.get_action_display().lower()})."
