"""What an escalation package should say, and what it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Account
from tickets.bundle import Bundle
from tickets.models import Handoff


@dataclass(frozen=True)
class Gap:
    """`key`: as handoffs store it and forms name its field; `asks`: what to write there."""

    key: str
    label: str
    asks: str


GAPS = (
    Gap("tried", "What was tried", ""),
    Gap("waited_on", "What is waited on, and until when", ""),
    Gap("impact", "Impact", "Who can’t work, and since when?"),
    Gap("access", "Access", "How to get in: jump host, which account, whom to call."),
)


def gaps_of(bundle: Bundle) -> tuple[str, ...]:
    """Return the keys of what the package lacks. What is waited on lacks only where a fix waits: when to check it."""
    lacks = {
        "tried": not bundle.applied,
        "waited_on": any(each.outcome is None or not each.outcome.check_by for each in bundle.awaiting),
        "impact": not bundle.inputs.impact,
        "access": not bundle.inputs.access,
    }
    return tuple(key for key, is_missing in lacks.items() if is_missing)


def labels_of(keys: Iterable[str]) -> list[str]:
    """Return how people call these gaps."""
    labels = {gap.key: gap.label for gap in GAPS}
    return [labels.get(key, key) for key in keys]


REMEMBERED = timedelta(days=90)
"""How long a receiver's “this was missing” counts."""


def most_missed(account: Account, *, now: datetime | None = None) -> str | None:
    """Return the gap that the account's receivers named most in the last 90 days; None where they named none.

    Of two that were named equally often, the one that stands first in GAPS.
    """
    since = (now or timezone.now()) - REMEMBERED
    rated = Handoff.objects.filter(account=account, was_enough=False, rated_at__gte=since)
    counts = {gap.key: Count("pk", filter=Q(missing__contains=[gap.key])) for gap in GAPS}
    named = rated.aggregate(**counts)
    most = max(named, key=lambda key: named[key])
    return most if named[most] else None
