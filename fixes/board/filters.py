"""What the board is asked to show: as the address says it, and as the database does."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from common.search import TYPED_MAX, found, lacks_words, read_search
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet

TABS = {"": "Everyone", "mine": "Mine", "overdue": "Overdue"}
"""Value of `?show=` → the tab's word."""


@dataclass(frozen=True)
class Filters:
    """`engineer`: a person's id; `client`: words of a name; `cursor`: the page (common.keyset)."""

    show: str = ""
    engineer: str = ""
    client: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """What doesn't exist is left out; who doesn't exist stays, and finds nothing."""
        show = query.get("show", "")
        return cls(
            show=show if show in TABS else "",
            engineer="" if show == "mine" else query.get("engineer", "").strip()[:TYPED_MAX],
            client=read_search(query.get("client", "")),
            cursor=query.get("cursor", ""),
        )

    @classmethod
    def read_back(cls, back: str) -> "Filters":
        """From the `query` that a form on the board carries, to lead back to the same page of it."""
        return cls.read(QueryDict(back))

    @property
    def query(self) -> str:
        """The address's query string, empty for the whole board."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    def address(self, **more: str) -> str:
        """The board with these filters; `more`: what is open on it."""
        query = "&".join(part for part in (self.query, urlencode(more)) if part)
        return reverse("board") + (f"?{query}" if query else "")

    def tabs(self) -> list[tuple[str, str, bool]]:
        """Address, word, and whether it is the one that is shown."""
        return [(replace(self, show=show, cursor="").address(), word, show == self.show) for show, word in TABS.items()]

    def at(self, cursor: str) -> "Filters":
        """The same list, from there on."""
        return replace(self, cursor=cursor)

    @property
    def narrows(self) -> bool:
        """Whether they leave anything out."""
        return bool(self.show or self.engineer or self.client)

    @property
    def lacks_words(self) -> bool:
        """Return whether a client is filtered by that has no word to search for."""
        return lacks_words(self.client)

    def rows(self, user: User, now: datetime) -> SuggestedFixQuerySet:
        """The waiting fixes of the person's account that are to be shown, in no order."""
        waiting = SuggestedFix.objects.visible_to(user)
        waiting = waiting.overdue(now) if self.show == "overdue" else waiting.awaiting()
        if self.show == "mine":
            waiting = waiting.filter(session__owner=user)
        if self.engineer:
            waiting = waiting.filter(session__owner=engineer) if (engineer := _uuid(self.engineer)) else waiting.none()
        if self.client:
            waiting = found(waiting, self.client, "session__client_name")
        return waiting


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
