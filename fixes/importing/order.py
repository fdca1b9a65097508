"""What must hold between the values of a line, beyond what the lifecycle itself refuses (docs/import.md, *Order*)."""

from datetime import datetime

from fixes.importing.problems import Problems
from fixes.importing.records import FixRecord, SessionRecord
from sessions.models import Author


def note_disorder(record: SessionRecord, found: Problems) -> None:
    _note_messages(record, found)
    _note_fixes(record, found)
    for index, fix in enumerate(record.fixes):
        _note_actions(fix, f"fixes[{index}]", found)


def _note_messages(record: SessionRecord, found: Problems) -> None:
    before, what = record.created_at, "the session's created_at"
    for index, message in enumerate(record.messages):
        _note_unless_later(message.created_at, before, what, f"messages[{index}].created_at", found)
        before, what = message.created_at, "the message before it"


def _note_fixes(record: SessionRecord, found: Problems) -> None:
    assistant = [message.created_at for message in record.messages if message.author == Author.ASSISTANT]
    known = set()
    before, what = record.created_at, "the session's created_at"
    for index, fix in enumerate(record.fixes):
        field = f"fixes[{index}].proposed_at"
        if fix.id in known:
            found.add(f"fixes[{index}].id", "stands twice in this session; give each fix an id of its own")
        known.add(fix.id)
        _note_unless_later(fix.proposed_at, before, what, field, found)
        if not any(moment < fix.proposed_at for moment in assistant):
            found.add(field, "no assistant message comes before it; a fix is proposed by one")
        before, what = fix.proposed_at, "that of the fix before it"


def _note_unless_later(moment: datetime, before: datetime, what: str, field: str, found: Problems) -> None:
    if moment <= before:
        found.add(field, f"{_utc(moment)} is not later than {what}, {_utc(before)}")


def _note_actions(fix: FixRecord, field: str, found: Problems) -> None:
    before, applied = fix.proposed_at, False
    for index, action in enumerate(fix.actions):
        if action.at < before:
            found.add(
                f"{field}.actions[{index}].at",
                f"{_utc(action.at)} is earlier than what comes before it, {_utc(before)}",
            )
        before = max(before, action.at)
        if applied and action.action == "apply":
            found.add(f"{field}.actions[{index}].action", "a fix is applied once; remove this one")
        applied = applied or action.action == "apply"


def _utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
