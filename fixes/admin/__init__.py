"""Fixes and script templates in the admin (docs/admin.md). A fix is changed through its lifecycle here as elsewhere."""

from fixes.admin.fixes import FixAdmin
from fixes.admin.templates import DraftTemplateAdmin, ScriptTemplateAdmin

__all__ = ["DraftTemplateAdmin", "FixAdmin", "ScriptTemplateAdmin"]
