"""How many fixes of an account are waiting and overdue: for the navigation of every page, and for the board itself."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from accounts.models import User
from fixes.board.filters import TABS, Filters
from fixes.board.groups import GROUPS, Days
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet, due_order

COUNTED = 99
"""The highest number that is shown; above it stands "99+"."""

SCANNED = 200
"""How many waiting fixes the board's own counts read. If there are more, its numbers are lower bounds: "12+"."""

FIRST_WAITING = """
    SELECT count(*), count(*) FILTER (WHERE follow_up_at < %s)
    FROM (SELECT follow_up_at FROM session_suggested_fixes WHERE account_id = %s AND status = 'applied_pending'
          ORDER BY coalesce(follow_up_at, 'infinity'), id LIMIT %s) AS first_waiting
"""
"""In SQL because every page runs it: Django takes ten times as long to write it as PostgreSQL takes to run it."""


@dataclass(frozen=True)
class Counts:
    """The numbers in the navigation."""

    waiting: int
    overdue: int

    @property
    def key(self) -> str:
        """What the page shows, as its next request for counts reports it."""
        return f"{self.waiting}-{self.overdue}"

    @property
    def shown(self) -> str:
        return _shown(self.waiting)

    @property
    def overdue_shown(self) -> str:
        return _shown(self.overdue)

    @property
    def summary(self) -> str:
        """ "3 waiting, 1 overdue"."""
        late = f", {self.overdue_shown} overdue" if self.overdue else ""
        return f"{self.shown} waiting{late}"

    @property
    def title(self) -> str:
        """The board's title in the browser's tab."""
        return f"{self.overdue_shown} overdue · Awaiting verification" if self.overdue else "Awaiting verification"


def counts_for(user: User, now: datetime | None = None) -> Counts:
    """Count for the navigation: one statement, which reads at most 100 entries of the board's index."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_WAITING, [now or timezone.now(), user.account_id, COUNTED + 1])
        return Counts(*cursor.fetchone())


@dataclass(frozen=True)
class BoardCounts:
    """The numbers on the board's tabs and above its groups, as they are shown; "" in place of 0."""

    awaiting: Counts
    tabs: dict[str, str]
    groups: dict[str, str]

    @property
    def by_place(self) -> dict[str, str]:
        """Where on the page (`data-count`) → the number there."""
        tabs = {f"tab-{key}": number for key, number in self.tabs.items()}
        return tabs | {f"group-{key}": number for key, number in self.groups.items()}


def board_counts_for(user: User, filters: Filters, now: datetime) -> BoardCounts:
    """Count for the board with its filters: one statement, which reads at most SCANNED entries of its index."""
    rows = list(
        _first_waiting(user, SCANNED).values_list(
            "follow_up_at",
            _flag(filters.narrowing()),
            _flag(filters.narrowing(engineer=False) & Q(session__owner=user)),
        )
    )
    days, tabs, groups = Days(now), Counter[str](), Counter[str]()
    for due, is_wanted, is_mine in rows:
        group = days.group_of(due)
        shown_in = {"": is_wanted, "mine": is_mine, "overdue": is_wanted and group == "overdue"}
        tabs.update(key for key, is_shown in shown_in.items() if is_shown)
        groups[group] += shown_in[filters.show]
    overdue = sum(due is not None and due < now for due, *_ in rows)
    is_cut = len(rows) == SCANNED
    return BoardCounts(
        Counts(*(min(number, COUNTED + 1) for number in (len(rows), overdue))),
        {key: _shown(tabs[key], is_cut=is_cut) if tabs[key] else "" for key in TABS},
        {key: _shown(groups[key], is_cut=is_cut) if groups[key] else "" for key in GROUPS},
    )


def _first_waiting(user: User, most: int) -> SuggestedFixQuerySet:
    return SuggestedFix.objects.visible_to(user).awaiting().order_by(due_order(), "id")[:most]


def _flag(condition: Q) -> Case | Value:
    if not condition:
        return Value(True, output_field=BooleanField())
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _shown(count: int, *, is_cut: bool = False) -> str:
    if count > COUNTED:
        return f"{COUNTED}+"
    return f"{count}+" if is_cut else str(count)
