"""FlowPilot in the admin (docs/admin.md)."""

from flowpilot.admin.calls import ModelCallAdmin
from flowpilot.admin.playbooks import PlaybookAdmin

__all__ = ["ModelCallAdmin", "PlaybookAdmin"]
