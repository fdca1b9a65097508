"""Posted texts and handoffs in the admin, and the pages that resolve and escalate a session (docs/admin.md)."""

from tickets.admin.handoffs import HandoffAdmin
from tickets.admin.sessions import ClosableSessionAdmin
from tickets.admin.texts import PostedTextAdmin

__all__ = ["ClosableSessionAdmin", "HandoffAdmin", "PostedTextAdmin"]
