"""The tabs of the session list: which statuses each shows, and how many sessions it has."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from sessions.models import UNFINISHED, AISession, SessionStatus

TABS = {"open": "Open", **dict(SessionStatus.choices), "all": "All"}
"""Value of `?status=` → the tab's label."""

COUNTED = 99
"""Nobody reads further than this: beyond it the tab says "99+"."""


@dataclass(frozen=True)
class Tab:
    value: str
    label: str
    count: str


def statuses_of(tab: str) -> tuple[str, ...]:
    if tab == "all":
        return tuple(SessionStatus.values)
    return UNFINISHED if tab == "open" else (tab,)


def tabs_with_counts(sessions: QuerySet[AISession]) -> list[Tab]:
    """Count the sessions of every tab in one statement, which reads at most a hundred of each status."""
    first, *others = (
        sessions.filter(status=status).order_by().values_list("status", flat=True)[: COUNTED + 1]
        for status in SessionStatus.values
    )
    counts = Counter(first.union(*others, all=True))
    return [
        Tab(value, label, _shown(sum(counts[each] for each in statuses_of(value)))) for value, label in TABS.items()
    ]


def _shown(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)
