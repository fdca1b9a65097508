from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from fixes.transitions import Source


@dataclass(frozen=True)
class By:
    """Who acts, through which edge, and when; without `at`, the clock once the lock is held."""

    user: User | None
    source: Source
    at: datetime | None = None

    def now(self) -> datetime:
        return self.at or timezone.now()
