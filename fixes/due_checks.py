"""Checks that are due: fixes that await verification whose check-by time has come, and whose they are.

A check is the session owner's. If the owner was deactivated, it is every admin's of the account (docs/reminders.md).
"""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from common.times import HOUR
from fixes.models import SuggestedFix
from fixes.models.queries import due_order

SOON = HOUR
"""How long before its time a check is listed."""

MOST = 20
"""How many checks are listed. The board has the others."""


def checked_by(user: User) -> Q:
    """Return the condition for fixes of the person's account whose check is theirs."""
    own = Q(session__owner=user)
    return own | Q(session__owner__is_active=False) if user.is_account_admin else own


def due_checks(user: User, now: datetime) -> list[SuggestedFix]:
    """Return the person's checks that are overdue, or due soon, the longest overdue first: one query."""
    waiting = SuggestedFix.objects.visible_to(user).awaiting().filter(checked_by(user))
    due = waiting.alias(due=due_order()).filter(due__lt=now + SOON)
    return list(due.select_related("session").order_by(due_order(), "id")[:MOST])
