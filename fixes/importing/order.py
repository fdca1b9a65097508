"""What must hold between the values of a line, beyond what the lifecycle itself refuses (docs/import.md, *Order*)."""

from datetime import datetime

from common.values import written
from fixes.importing.problems import Problems
from fixes.importing.records import FixRecord, SessionRecord
from sessions.models import Author


def check_order(record: SessionRecord, found: Problems) -> None:
    _check_messages(record, found)
    _check_fixes(record, found)
    for index, fix in enumerate(record.fixes):
        _check_actions(fix, f"fixes[{index}]", found)


def _check_messages(record: SessionRecord, found: Problems) -> None:
    before, which = record.created_at, "the session's created_at"
    for index, message in enumerate(record.messages):
        _check_later(message.created_at, before, which, f"messages[{index}].created_at", found)
        before, which = message.created_at, "the message before it"


def _check_fixes(record: SessionRecord, found: Problems) -> None:
    assistant = [message.created_at for message in record.messages if message.author == Author.ASSISTANT]
    known = set()
    before, which = record.created_at, "the session's created_at"
    for index, fix in enumerate(record.fixes):
        field = f"fixes[{index}].proposed_at"
        if fix.id in known:
            found.add(f"fixes[{index}].id", "Used twice in this session. Give each fix its own id.")
        known.add(fix.id)
        _check_later(fix.proposed_at, before, which, field, found)
        if not any(moment < fix.proposed_at for moment in assistant):
            found.add(field, "No assistant message comes before it. A fix is proposed by one.")
        before, which = fix.proposed_at, "that of the fix before it"


def _check_later(moment: datetime, before: datetime, which: str, field: str, found: Problems) -> None:
    if moment <= before:
        found.add(field, f"{written(moment)} is not later than {which}, {written(before)}.")


def _check_actions(fix: FixRecord, field: str, found: Problems) -> None:
    before, applied = fix.proposed_at, False
    for index, action in enumerate(fix.actions):
        if action.at < before:
            message = f"{written(action.at)} is earlier than what comes before it, {written(before)}."
            found.add(f"{field}.actions[{index}].at", message)
        before = max(before, action.at)
        if applied and action.action == "apply":
            found.add(f"{field}.actions[{index}].action", "A fix is applied once. Remove this one.")
        applied = applied or action.action == "apply"
