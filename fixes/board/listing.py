"""One page of the board, as its template shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common import keyset
from common.compiled_query import compiled
from fixes.banner.banner import Banner
from fixes.board.counts import BoardCounts, board_counts_for
from fixes.board.filters import Filters, Tab
from fixes.board.groups import GROUPS, Days
from fixes.board.order import BY_DUE
from fixes.board.rows import Row, row_of
from fixes.evidence import with_counts
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet

PAGE_SIZE = 50


@dataclass(frozen=True)
class Group:
    """Rows under one heading. `count`: how many the whole list has, as it is shown."""

    key: str
    heading: str
    count: str
    rows: list[Row]


@dataclass
class Board:
    """`people`: those that the list can be narrowed to; none for *Mine*. `banner`: the open one.

    `selected`: ids of the fixes whose boxes are ticked.
    """

    user: User
    filters: Filters
    page: keyset.Page[SuggestedFix]
    people: list[User]
    counts: BoardCounts
    now: datetime
    banner: Banner | None = None
    selected: set[UUID] = field(default_factory=set)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that have rows on this page, in the list's order."""
        days = Days(self.now)
        found = groupby(self.page.rows, key=lambda fix: days.group_of(fix.follow_up_at))
        return [
            Group(key, GROUPS[key], self.counts.groups[key], [self._row(fix) for fix in fixes]) for key, fixes in found
        ]

    def _row(self, fix: SuggestedFix) -> Row:
        banner = self.banner if self._is_open(fix) else None
        return row_of(fix, self.user, self.filters, self.now, banner=banner, is_selected=fix.pk in self.selected)

    def _is_open(self, fix: SuggestedFix) -> bool:
        return self.banner is not None and self.banner.fix == fix

    @property
    def tabs(self) -> list[tuple[Tab, str]]:
        """Each with its number."""
        return [(tab, self.counts.tabs[tab.key]) for tab in self.filters.tabs()]

    @property
    def extra_rows(self) -> list[Row]:
        """The open fix if it isn't on this page: it was answered meanwhile, or is on another page."""
        fix = self.banner.fix if self.banner else None
        return [self._row(fix)] if fix and fix not in self.page.rows else []

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
    def engineer(self) -> User | None:
        """The person that the list is narrowed to; None also if the account has nobody with this id."""
        return next((person for person in self.people if str(person.pk) == self.filters.engineer), None)

    @property
    def clients(self) -> list[str]:
        """The client names to choose from: those on this page."""
        return sorted({fix.session.client_name for fix in self.page.rows} - {""})


def board_for(user: User, filters: Filters, banner: Banner | None = None, selected: Iterable[UUID] = ()) -> Board:
    """Return the page of the board that the filters name. Raises InvalidInput on `cursor`."""
    now = timezone.now()
    page = keyset.page(
        with_counts(_with_what_rows_show(filters.rows(user, now)), user.account_id),
        order=BY_DUE,
        cursor=filters.cursor,
        bound_to=("board", user.account_id, filters.show, filters.engineer, filters.client),
        size=PAGE_SIZE,
    )
    people = [] if filters.show == "mine" else _people_of(user)
    _name_owners(page.rows, people or [user])
    return Board(user, filters, page, people, board_counts_for(user, filters, now), now, banner, set(selected))


def _with_what_rows_show(fixes: SuggestedFixQuerySet) -> SuggestedFixQuerySet:
    return fixes.select_related("session").only(
        *("title", "pending_reason", "status", "status_changed_at", "follow_up_at", "superseded_at", "version"),
        *(
            "session__title",
            "session__ticket_ref",
            "session__client_name",
            "session__resolution_kind",
            "session__owner",
        ),
    )


def _people_of(user: User) -> list[User]:
    return _people_with_names(user.account_id)


@compiled(UUID)
def _people_with_names(account_id: UUID) -> QuerySet[User]:
    return User.objects.filter(account=account_id).order_by("display_name", "pk").only("display_name", "email")


def _name_owners(fixes: list[SuggestedFix], people: list[User]) -> None:
    """Give each session its owner from the people read for the filter, rather than with another join."""
    by_id = {person.pk: person for person in people}
    for fix in fixes:
        if owner := by_id.get(fix.session.owner_id):
            fix.session.owner = owner
