"""The history of fixes as lines of the conversation: who did what, with the title named once (docs/banner.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from fixes.banner.why import BUILT_IN
from fixes.looks import STATUS_LOOKS
from fixes.models import FixEvent
from fixes.transitions import RUNS_SCRIPT, Action, Source, Status

SHOWN = {Action.SUGGEST, Action.APPLY, Action.DECIDE, Action.RECORD, Action.CONFIRM, Action.REOPEN, Action.MIGRATE}
"""Events that have a line in the conversation."""

WITHOUT_ACTOR = {Source.IMPORT: "An import", Source.MIGRATION: "An update of ResolutionFlow"}
"""Source → who acted, where it wasn't a person. Everything else without an actor is FlowPilot's."""


class Words(NamedTuple):
    """What was done, around the fix: "marked" **fix** "as applied".

    With `preposition`, the fix is named after it ("moved check-by" of **fix**) or left out; without, it is "it".
    """

    before: str
    after: str = ""
    preposition: str = ""


SUGGESTED, APPLIED, REOPENED = Words("suggested"), Words("marked", "as applied"), Words("reopened")
RAN_SCRIPT, BUILDS = Words("ran the script", preposition="for"), Words("chose to build a template", preposition="for")
UNDID, UNDID_THAT = Words("undid the outcome", preposition="of"), Words("undid that", preposition="of")
UPDATED_NOTES, UPDATED_REASON = Words("updated the notes", "", "on"), Words("updated the reason", "", "on")
ADDED_NOTES = Words("added notes", preposition="to")
MOVED, CLEARED = Words("moved check-by", "to", "of"), Words("removed the check-by time", "", "of")

RECORDED = {
    Status.SUCCESS: Words("recorded that", "worked"),
    Status.FAILED: Words("recorded that", "didn’t work"),
    Status.PARTIAL: Words("recorded that", "partly worked"),
    Status.PENDING: Words("marked", "as awaiting verification"),
    Status.DISMISSED: Words("dismissed"),
}
CONFIRMED = {
    Status.SUCCESS: Words("confirmed that", "worked"),
    Status.FAILED: Words("confirmed that", "didn’t work"),
    Status.PARTIAL: Words("confirmed that", "partly worked"),
    Status.PENDING: Words("confirmed that", "is awaiting verification"),
}
"""Outcome → the words for confirming FlowPilot's guess."""


@dataclass(frozen=True)
class HistoryLine:
    """One event. `names_fix`: whether its fix isn't the one that the line before is about.

    `before`: the event of the same fix before it.
    """

    event: FixEvent
    names_fix: bool
    before: FixEvent | None

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def state_version(self) -> int:
        return self.event.state_version

    @property
    def anchor(self) -> str:
        return self.event.anchor

    @property
    def has_message(self) -> bool:
        return self.event.source == Source.COPILOT

    @property
    def who(self) -> str:
        event = self.event
        return str(event.actor) if event.actor else WITHOUT_ACTOR.get(Source(event.source), "FlowPilot")

    @property
    def title(self) -> str:
        """The fix's title; in the line of a suggestion, as it was suggested."""
        return str(self._suggested("title") if self._is(Action.SUGGEST) else self.event.fix.title)

    @property
    def confidence(self) -> int | None:
        """The confidence with which the fix was suggested, in per cent. None for the built-in copilot's suggestions:
        their number comes from outcomes, and the banner's line of evidence says of how many.
        """
        if not self._is(Action.SUGGEST) or self._suggested("origin") == BUILT_IN:
            return None
        return int(self._suggested("confidence_pct"))

    def _suggested(self, column: str) -> Any:
        """Return what this suggestion had in the column. Earlier releases kept it in the first edit alone."""
        event = self.event
        if column in event.details:
            return event.details[column]
        edits = [each.details for each in event.fix.history if each.action == Action.EDIT]
        return next((edit[column][0] for edit in edits if column in edit), getattr(event.fix, column))

    @cached_property
    def words(self) -> Words:
        event = self.event
        if self._is(Action.DECIDE):
            return RAN_SCRIPT if event.details.get("decision") in RUNS_SCRIPT else BUILDS
        if self._is(Action.MIGRATE):
            return Words("moved", f"to {event.get_to_status_display().lower()}")
        if self._is(Action.REOPEN):
            return self._reopen_words()
        if self._is(Action.CONFIRM):
            return CONFIRMED[Status(event.to_status)]
        if self._is(Action.RECORD):
            return self._update_words() or RECORDED[Status(event.to_status)]
        return {Action.SUGGEST: SUGGESTED, Action.APPLY: APPLIED}[Action(event.action)]

    def _reopen_words(self) -> Words:
        is_undo = self.event.is_undo or self.event.notes is None  # earlier releases: reopened without a reason
        if not is_undo:
            return REOPENED
        return UNDID_THAT if not self.names_fix and self.before and self.before.is_outcome else UNDID

    def _update_words(self) -> Words | None:
        """Return what an event that keeps the status changed; None for one that changes it."""
        event = self.event
        if event.from_status != event.to_status:
            return None
        if event.to_status == Status.PARTIAL:
            return UPDATED_NOTES
        if event.to_status != Status.PENDING:
            return ADDED_NOTES
        if event.notes != event.details.get("notes", self.before.notes if self.before else None):
            return UPDATED_REASON
        return MOVED if event.follow_up_at else CLEARED

    @cached_property
    def is_move(self) -> bool:
        """Whether only the check-by time was changed."""
        return self.words in {MOVED, CLEARED}

    @cached_property
    def notes(self) -> str | None:
        """The notes to quote: not those that a moved check-by time left as they were."""
        return None if self.is_move else self.event.notes

    @cached_property
    def check_by(self) -> datetime | None:
        """The check-by time to name: not one that came back, or that an updated reason left as it was."""
        at, before = self.event.follow_up_at, self.event.follow_up_before
        is_old = self._is(Action.REOPEN) or (self.words == UPDATED_REASON and at == before)
        return None if is_old else at

    @property
    def tone(self) -> str:
        is_applied = self.event.action in {Action.APPLY, Action.DECIDE}
        return "accent" if is_applied else STATUS_LOOKS[Status(self.event.to_status)].tone

    @property
    def icon(self) -> str:
        icons = {Action.APPLY: "play", Action.DECIDE: "play", Action.REOPEN: "undo"}
        return icons.get(Action(self.event.action)) or STATUS_LOOKS[Status(self.event.to_status)].icon

    def _is(self, action: Action) -> bool:
        return self.event.action == action


def history_lines(events: Iterable[FixEvent]) -> list[HistoryLine]:
    """Return the lines of a session's events, oldest first."""
    lines: list[HistoryLine] = []
    named: UUID | None = None
    last: dict[UUID, FixEvent] = {}
    for event in events:
        if event.action in SHOWN:
            names_fix = event.fix_id != named or event.action == Action.SUGGEST
            lines.append(HistoryLine(event, names_fix, last.get(event.fix_id)))
            named = event.fix_id
        last[event.fix_id] = event
    return lines
