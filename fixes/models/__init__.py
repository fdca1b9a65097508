"""Suggested fixes, their history, and the scripts they run (docs/domain.md §3)."""

from fixes.models.event import FixEvent
from fixes.models.fix import SuggestedFix
from fixes.models.reminder import Reminder
from fixes.models.template import DraftTemplate, ScriptTemplate

__all__ = ["DraftTemplate", "FixEvent", "Reminder", "ScriptTemplate", "SuggestedFix"]
