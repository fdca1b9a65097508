"""How many fixes of an account are waiting and overdue, how many escalations are unclaimed, how many notices unread.

For the navigation of every page, and for the board itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User
from fixes.board.filters import TABS, Filters
from fixes.board.groups import GROUPS, Days
from fixes.due_checks import OWNER_WORKS, checked_by
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet, due_order

COUNTED = 99
"""The highest number that is shown; above it stands "99+"."""

SCANNED = 200
"""How many waiting fixes the board's own counts read. If there are more, its numbers are lower bounds: "12+"."""

UNREAD = """
    SELECT count(*) FROM (SELECT FROM notices WHERE user_id = %s AND read_at IS NULL LIMIT %s) AS first_unread
"""
UNCLAIMED = """
    SELECT count(*) FROM (SELECT FROM handoffs WHERE account_id = %s AND state = 'waiting' LIMIT %s) AS first_unclaimed
"""
"""The table belongs to `tickets`, an app above this one; a statement of its own would cost every page one more."""

FOR_NAVIGATION = f"""
    SELECT count(*), count(*) FILTER (WHERE is_overdue), ({UNREAD}), ({UNCLAIMED}),
        count(*) FILTER (WHERE CASE WHEN is_overdue THEN EXISTS (
            SELECT FROM ai_sessions AS session JOIN users AS owner ON owner.id = session.owner_id
            WHERE session.id = session_id AND CASE WHEN {OWNER_WORKS} THEN owner.id = %s ELSE %s END
        ) ELSE false END)
    FROM (SELECT session_id, follow_up_at < %s AS is_overdue FROM session_suggested_fixes
          WHERE account_id = %s AND status = 'applied_pending'
          ORDER BY coalesce(follow_up_at, 'infinity'), id LIMIT %s) AS first_waiting
"""  # noqa: S608 - constants
"""In SQL because every page runs it: Django takes ten times as long to write it as PostgreSQL takes to run it.

Whose checks they are: see `fixes.due_checks`.
"""


@dataclass(frozen=True)
class Counts:
    """The numbers in the navigation. `unread`: notices of the person; `late`: overdue checks that are theirs.

    `unclaimed`: escalations of the account.
    """

    waiting: int
    overdue: int
    unread: int = 0
    unclaimed: int = 0
    late: int = 0

    @property
    def key(self) -> str:
        """What the page shows, as its next request for counts reports it."""
        return "-".join(map(str, (self.waiting, self.overdue, self.unread, self.unclaimed, self.late)))

    @classmethod
    def read(cls, key: str) -> "Counts":
        """Return the counts of a key. What can't be read counts as more than all, so that nothing new is announced."""
        parts = key.split("-")
        if len(parts) != 5 or not all(part.isdecimal() and part.isascii() and len(part) <= 3 for part in parts):
            return cls(*[COUNTED + 1] * 5)
        return cls(*map(int, parts))

    @property
    def shown(self) -> str:
        return _shown(self.waiting)

    @property
    def overdue_shown(self) -> str:
        return _shown(self.overdue)

    @property
    def unread_shown(self) -> str:
        return _shown(self.unread)

    @property
    def unclaimed_shown(self) -> str:
        return _shown(self.unclaimed)

    @property
    def late_shown(self) -> str:
        return _shown(self.late)

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
    """Count for the navigation: one statement, which reads at most 100 entries of each of its indexes."""
    limit, is_admin = COUNTED + 1, user.is_account_admin
    values: list[Any] = [user.pk, limit, user.account_id, limit, user.pk, is_admin]
    values += [now or timezone.now(), user.account_id, limit]
    with connection.cursor() as cursor:
        cursor.execute(FOR_NAVIGATION, values)
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
            _flag(checked_by(user)),
            RawSQL(UNREAD, [user.pk, COUNTED + 1]),  # noqa: S611 - a constant
            RawSQL(UNCLAIMED, [user.account_id, COUNTED + 1]),  # noqa: S611 - a constant
        )
    )
    days, tabs, groups = Days(now), Counter[str](), Counter[str]()
    for due, is_wanted, is_mine, *_ in rows:
        group = days.group_of(due)
        shown_in = {"": is_wanted, "mine": is_mine, "overdue": is_wanted and group == "overdue"}
        tabs.update(key for key, is_shown in shown_in.items() if is_shown)
        groups[group] += shown_in[filters.show]
    overdue = [is_theirs for due, _, _, is_theirs, *_ in rows if due is not None and due < now]
    unread, unclaimed = rows[0][-2:] if rows else _besides_waiting(user, now)
    is_cut = len(rows) == SCANNED
    return BoardCounts(
        Counts(*(min(number, COUNTED + 1) for number in (len(rows), len(overdue), unread, unclaimed, sum(overdue)))),
        {key: _shown(tabs[key], is_cut=is_cut) if tabs[key] else "" for key in TABS},
        {key: _shown(groups[key], is_cut=is_cut) if groups[key] else "" for key in GROUPS},
    )


def _besides_waiting(user: User, now: datetime) -> tuple[int, int]:
    counts = counts_for(user, now)
    return counts.unread, counts.unclaimed


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
