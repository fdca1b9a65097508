"""How many fixes of an account wait, and how many of them are overdue, for the navigation of every page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.models.queries import due_order

COUNTED = 99
"""Nobody reads further than this: beyond it stands "99+"."""


@dataclass(frozen=True)
class Counts:
    waiting: int
    overdue: int

    @property
    def key(self) -> str:
        """What a page shows, as its next question for news says it."""
        return f"{self.waiting}-{self.overdue}"

    @property
    def shown(self) -> str:
        return _up_to_limit(self.waiting)

    @property
    def overdue_shown(self) -> str:
        return _up_to_limit(self.overdue)

    @property
    def words(self) -> str:
        """ "3 waiting, 1 overdue"."""
        late = f", {self.overdue_shown} overdue" if self.overdue else ""
        return f"{self.shown} waiting{late}"

    @property
    def title(self) -> str:
        """Of the board, in the browser's tab."""
        return f"{self.overdue_shown} overdue · Awaiting verification" if self.overdue else "Awaiting verification"


def counts_for(user: User, now: datetime | None = None) -> Counts:
    """One statement, which reads no more than the first hundred entries of the board's index."""
    first = SuggestedFix.objects.visible_to(user).awaiting().order_by(due_order(), "id")
    late = Q(follow_up_at__lt=now or timezone.now())
    found = first.values("pk", "follow_up_at")[: COUNTED + 1]
    return Counts(**found.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=late)))


def _up_to_limit(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)
