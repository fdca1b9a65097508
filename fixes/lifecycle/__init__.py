"""The lifecycle of suggested fixes: the acts that every edge calls, and the types that they take.

Nothing else in the product writes a fix. The rules are data in `fixes.transitions` (docs/lifecycle.md).
"""

from fixes.lifecycle.acts import add_notes, apply, confirm, decide, edit, propose, record, reject, reopen, snooze, undo
from fixes.lifecycle.by import By
from fixes.lifecycle.suggestions import suggest, suggest_again
from fixes.lifecycle.validation import KEEP
from fixes.lifecycle.writer import Fixes

__all__ = [
    "KEEP",
    "By",
    "Fixes",
    "add_notes",
    "apply",
    "confirm",
    "decide",
    "edit",
    "propose",
    "record",
    "reject",
    "reopen",
    "snooze",
    "suggest",
    "suggest_again",
    "undo",
]
