"""Fixes and script templates in the admin (docs/admin.md). Here too, a fix is changed only through its lifecycle."""

from fixes.admin.fixes import FixAdmin
from fixes.admin.templates import DraftTemplateAdmin, ScriptTemplateAdmin

__all__ = ["DraftTemplateAdmin", "FixAdmin", "ScriptTemplateAdmin"]
