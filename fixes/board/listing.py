"""One page of the board as its template draws it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from common import keyset
from common.times import duration
from fixes.banner.banner import Banner
from fixes.board.filters import Filters
from fixes.board.order import BY_DUE
from fixes.models import SuggestedFix

PAGE_SIZE = 50
GROUPS = {"overdue": "Overdue", "today": "Today", "later": "Later", "none": "No check-by time"}


@dataclass(frozen=True)
class Row:
    """One fix in the list; with `banner`, it is open."""

    fix: SuggestedFix
    now: datetime
    filters: Filters
    is_picked: bool = False
    banner: Banner | None = None

    @property
    def group(self) -> str:
        due = self.fix.follow_up_at
        if due is None:
            return "none"
        if due < self.now:
            return "overdue"
        return "today" if timezone.localdate(due) == timezone.localdate(self.now) else "later"

    @property
    def is_overdue(self) -> bool:
        return self.fix.is_overdue(self.now)

    @property
    def age(self) -> str:
        """How long it waits."""
        return duration(self.now - self.fix.status_changed_at) if self.fix.status_changed_at else ""

    @property
    def opens(self) -> str:
        return f"{self.filters.address(answer=str(self.fix.pk))}#fix-banner-{self.fix.pk}"

    @property
    def closes(self) -> str:
        return f"{self.filters.address()}#row-{self.fix.pk}"

    @property
    def fragment(self) -> str:
        query = urlencode({"place": "board", "back": self.filters.query})
        return f"{reverse('banner', args=[self.fix.session_id, self.fix.pk])}?{query}"

    @property
    def picks(self) -> str:
        """What its box sends: the fix, and the version that the person saw."""
        return f"{self.fix.pk}:{self.fix.version}"


@dataclass
class Board:
    """`banner`: the open one. `picked`: the ids whose boxes are ticked."""

    user: User
    filters: Filters
    page: keyset.Page[SuggestedFix]
    now: datetime
    banner: Banner | None = None
    picked: set[UUID] = field(default_factory=set)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(fix) for fix in self.page.rows]

    def _row(self, fix: SuggestedFix) -> Row:
        is_open = self.banner is not None and self.banner.fix is not None and self.banner.fix.pk == fix.pk
        return Row(fix, self.now, self.filters, fix.pk in self.picked, self.banner if is_open else None)

    @property
    def groups(self) -> Iterable[tuple[str, str, list[Row]]]:
        """Key, heading and rows, in the list's order."""
        for key, rows in groupby(self.rows, key=lambda row: row.group):
            yield key, GROUPS[key], list(rows)

    @property
    def apart(self) -> Row | None:
        """The open fix when it isn't on this page: answered in the meantime, or of another page."""
        if self.banner is None or self.banner.fix is None or any(row.banner for row in self.rows):
            return None
        return Row(self.banner.fix, self.now, self.filters, banner=self.banner)

    @property
    def first_page(self) -> str:
        return self.filters.at("").address()

    @property
    def next_page(self) -> str:
        return self.filters.at(self.page.next or "").address()

    @property
    def previous_page(self) -> str:
        return self.filters.at(self.page.previous or "").address()

    @cached_property
    def people(self) -> list[User]:
        """Whose sessions the list can be narrowed to."""
        return list(User.objects.filter(account=self.user.account).order_by("display_name", "pk"))

    @property
    def engineer(self) -> User | None:
        """Who the list is narrowed to; None also when the account has nobody of this id."""
        return next((person for person in self.people if str(person.pk) == self.filters.engineer), None)

    @property
    def clients(self) -> list[str]:
        """Names to choose from: those on this page."""
        return sorted({fix.session.client_name for fix in self.page.rows} - {""})


def board_for(user: User, filters: Filters, banner: Banner | None = None, picked: Iterable[UUID] = ()) -> Board:
    """The page of the board that the filters name. Raises InvalidInput on `cursor`."""
    now = timezone.now()
    rows = filters.rows(user, now).select_related("session__owner", "status_changed_by", "script_template")
    page = keyset.page(
        rows.defer("description", "ai_drafted_script", "ai_drafted_parameters"),
        order=BY_DUE,
        cursor=filters.cursor,
        bound_to=("board", user.account_id, filters.show, filters.engineer, filters.client),
        size=PAGE_SIZE,
    )
    return Board(user, filters, page, now, banner, set(picked))
