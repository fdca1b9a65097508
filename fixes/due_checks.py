"""Checks that are due: fixes that await verification whose check-by time has come, and whose they are.

A check is the session owner's while they can work in its account: they are active, no viewer, and belong to it. Else it
is every admin's of the account (docs/reminders.md). This rule stands here only: in SQL, for querysets, and in Python.
"""

from datetime import datetime

from django.db.models import F, Q

from accounts.models import Role, User
from common.times import HOUR
from fixes.models import SuggestedFix
from fixes.models.queries import due_order
from sessions.models import AISession

SOON = HOUR
"""How long before its time a check is listed."""

MOST = 20
"""How many checks are listed. The board has the others."""


OWNER_WORKS = (
    "(owner.is_active AND owner.role <> 'viewer' AND owner.account_id IS NOT DISTINCT FROM session.account_id)"
)
"""Whether the check is the owner's, for statements with the tables `users AS owner` and `ai_sessions AS session`."""


def checked_by(user: User) -> Q:
    """Return the condition for fixes of the person's account whose check is theirs."""
    own = Q(session__owner=user) if user.is_active and user.can_work else Q(pk=None)
    works = Q(session__owner__is_active=True, session__owner__account=F("session__account"))
    return own | ~(works & ~Q(session__owner__role=Role.VIEWER)) if user.is_account_admin else own


def is_checked_by(user: User, session: AISession) -> bool:
    """Return whether the checks of this session are this person's."""
    owner = session.owner
    owner_works = owner.is_active and owner.can_work and owner.account_id == session.account_id
    if owner_works:
        return owner.pk == user.pk
    return user.is_active and user.is_account_admin and user.account_id == session.account_id


def due_checks(user: User, now: datetime) -> list[SuggestedFix]:
    """Return the person's checks that are overdue, or due soon, the longest overdue first: one query."""
    waiting = SuggestedFix.objects.visible_to(user).awaiting().filter(checked_by(user))
    due = waiting.alias(due=due_order()).filter(due__lt=now + SOON)
    return list(due.select_related("session").order_by(due_order(), "id")[:MOST])
