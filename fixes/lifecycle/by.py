from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from fixes.transitions import Source


@dataclass(frozen=True)
class By:
    """Who acts, through which edge, and when. Without `at` that is the time at which the act holds its lock."""

    user: User | None
    source: Source
    at: datetime | None = None

    def now(self) -> datetime:
        return self.at or timezone.now()
