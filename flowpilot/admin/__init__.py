"""FlowPilot in the admin (docs/admin.md)."""

from flowpilot.admin.playbooks import PlaybookAdmin

__all__ = ["PlaybookAdmin"]
