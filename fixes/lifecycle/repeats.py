"""Recognizes an act that has been done already: a double click, a retry, a colleague's same outcome.

Such an act writes nothing and succeeds (docs/lifecycle.md, *Doing it twice*).
"""

from datetime import datetime

from common.versions import Seen, is_seen
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import NOTES_COLUMN, Action, Status


def is_recorded(fix: SuggestedFix, outcome: Status, notes: str | None, follow_up: datetime | None) -> bool:
    """Return whether the fix already has this outcome, these notes and this check-by time."""
    if fix.status != outcome or fix.follow_up_at != follow_up or fix.ai_outcome_proposal:
        return False
    column = NOTES_COLUMN[outcome]
    return bool(notes == (getattr(fix, column) if column else fix.outcome_notes))


def repeated(fix: SuggestedFix, version: Seen | None, action: Action) -> FixEvent | None:
    """Return the event of this act, if the same form has done it before and nothing has happened since."""
    if version is None or not is_seen(version, fix.version - 1):
        return None
    last = fix.history[-1]
    return last if last.action == action else None
