"""What the board shows: read from its address, and applied to the waiting fixes."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote_plus

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from common.ids import uuid_or_none
from common.search import TYPED_MAX, holds_words, lacks_words, read_search
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet

TABS = {"": "Everyone", "mine": "Mine", "overdue": "Overdue"}
"""Value of `?show=` → the tab's label."""

NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Tab:
    """One tab of the board. `key` is its value of `?show=`."""

    key: str
    label: str
    address: str
    is_shown: bool


@dataclass(frozen=True)
class Filters:
    """`engineer`: a person's id; `client`: words of a client's name; `cursor`: the page (common.keyset)."""

    show: str = ""
    engineer: str = ""
    client: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Read the query string. An unknown tab is ignored; an unknown engineer stays, and finds nothing."""
        show = query.get("show", "")
        return cls(
            show=show if show in TABS else "",
            engineer="" if show == "mine" else query.get("engineer", "").strip()[:TYPED_MAX],
            client=read_search(query.get("client", "")),
            cursor=query.get("cursor", ""),
        )

    @classmethod
    def read_back(cls, back: str) -> "Filters":
        """Read the `query` that a form on the board carries, to return to the same page of it."""
        return cls.read(QueryDict(back))

    @property
    def given(self) -> dict[str, str]:
        """The filters that are set, by their names in the query string."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value}

    @cached_property
    def query(self) -> str:
        """The query string, empty for the whole board."""
        return urlencode(self.given)

    @cached_property
    def here(self) -> str:
        """The board's address with these filters."""
        return self.address()

    def address(self, **more: str) -> str:
        """Return the board's address with these filters. `more` names what is open on it."""
        query = "&".join(part for part in (self.query, urlencode(more)) if part)
        return reverse("board") + (f"?{query}" if query else "")

    @cached_property
    def up_to_open_row(self) -> str:
        """The board's address up to the id of the fix whose row is open."""
        return self.address(answer="")

    @cached_property
    def quoted(self) -> str:
        """The query string as a value within another one."""
        return quote_plus(self.query)

    def tabs(self) -> list[Tab]:
        return [
            Tab(show, label, replace(self, show=show, cursor="").address(), show == self.show)
            for show, label in TABS.items()
        ]

    def at(self, cursor: str) -> "Filters":
        """Return the same filters for the page that begins at `cursor`."""
        return replace(self, cursor=cursor)

    @property
    def narrows(self) -> bool:
        """Whether the list is limited to an engineer or a client."""
        return bool(self.engineer or self.client)

    def narrowing(self, *, engineer: bool = True) -> Q:
        """The condition on engineer and client. `engineer` is False for *Mine*, which names one itself."""
        wanted = Q()
        if self.engineer and engineer:
            person = uuid_or_none(self.engineer)
            wanted &= Q(session__owner=person) if person else NOBODY
        if self.client:
            wanted &= Q(holds_words(self.client, "session__client_name"))
        return wanted

    @property
    def lacks_words(self) -> bool:
        """Return whether a client is filtered by that has no word to search for."""
        return lacks_words(self.client)

    def rows(self, user: User, now: datetime) -> SuggestedFixQuerySet:
        """Return the waiting fixes of the person's account that the filters select, in no order."""
        waiting = SuggestedFix.objects.visible_to(user)
        waiting = waiting.overdue(now) if self.show == "overdue" else waiting.awaiting()
        if self.show == "mine":
            waiting = waiting.filter(session__owner=user)
        return waiting.filter(self.narrowing())
