"""Where a banner is shown, and everything that depends on it: element ids, addresses, the source of its events.

The session page is one place. Other pages with banners register theirs when Django has loaded them
(`AppConfig.ready`), so this package knows none of them. A banner's forms and addresses carry the `fields` of its
place, and `place_from` reads them back.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.requests import MemberRequest
from fixes.models import SuggestedFix
from fixes.transitions import Source
from sessions.models import AISession
from sessions.titles import page_title
from sessions.views.page import render_session

if TYPE_CHECKING:
    from fixes.banner.banner import Banner
    from fixes.banner.panel import Panel


@dataclass(frozen=True)
class Address:
    """An address in parts, from which others with a form open are made without resolving it again."""

    path: str
    query: dict[str, str]
    anchor: str = ""

    def __str__(self) -> str:
        return self.opening("")

    def opening(self, form: str) -> str:
        """Return the address with this form open."""
        query = urlencode({**self.query, "form": form} if form else self.query)
        return f"{self.path}{'?' if query else ''}{query}{'#' if self.anchor else ''}{self.anchor}"


class Place(ABC):
    """One place. `answered` and `refused`: the template of a response to htmx, the banner with the parts around it."""

    name: ClassVar[str]
    source: ClassVar[Source]
    answered: ClassVar[str]
    refused: ClassVar[str]
    keeps_outcome: ClassVar[bool] = False
    """Whether the banner stays when its fix was replaced or dismissed long ago, and nothing is left to record."""

    @classmethod
    @abstractmethod
    def read(cls, sent: QueryDict) -> "Place":
        """Return the place whose `fields` these are. What doesn't belong there is left out."""

    @property
    @abstractmethod
    def fields(self) -> dict[str, str]:
        """The fields by which forms and addresses name the place."""

    @abstractmethod
    def element_id(self, fix_id: UUID | None) -> str:
        """Return the id of the banner's root; the ids inside begin with it."""

    @abstractmethod
    def page(self, fix: SuggestedFix) -> Address:
        """Return the address of the page at the banner."""

    @abstractmethod
    def shows(self, fix: SuggestedFix) -> bool:
        """Whether the banner of this place goes on showing a fix that may have been replaced."""

    @abstractmethod
    def render_page(self, request: MemberRequest, panel: "Panel", *, status: int) -> HttpResponse:
        """Render the whole page with this banner in it, for a refused form without htmx."""

    def surroundings(self, banner: "Banner") -> dict[str, Any]:
        """Return what the templates of this place need besides banner and panel."""
        return {}

    def tab_title(self, session: AISession, banner: "Banner") -> str | None:
        """Return the new title of the browser's tab; None where it doesn't depend on the banner."""
        return None

    def fragment(self, fix: SuggestedFix) -> Address:
        """Return the address of the banner alone."""
        return Address(reverse("banner", args=[fix.session_id, fix.pk]), self.fields)


class SessionPage(Place):
    """The dock of a session's page."""

    name = "session"
    source = Source.BANNER
    answered, refused = "fixes/_done.html", "fixes/_refused.html"
    fields: ClassVar[dict[str, str]] = {"place": name}

    @classmethod
    def read(cls, sent: QueryDict) -> "SessionPage":
        return cls()

    def element_id(self, fix_id: UUID | None) -> str:
        return "fix-banner"

    def page(self, fix: SuggestedFix) -> Address:
        docked = {"fix": str(fix.pk)} if fix.is_waiting and not fix.is_current else {}
        return Address(reverse("session", args=[fix.session_id]), docked, "fix-banner")

    def shows(self, fix: SuggestedFix) -> bool:
        return fix.is_current or fix.is_waiting

    def render_page(self, request: MemberRequest, panel: "Panel", *, status: int) -> HttpResponse:
        return render_session(request, panel.session, status=status, panel=panel)

    def tab_title(self, session: AISession, banner: "Banner") -> str:
        return f"{page_title(session, banner.state)} · ResolutionFlow"


PLACES: dict[str, type[Place]] = {SessionPage.name: SessionPage}
"""Name, as `place` sends it → the place. `register` adds to it."""


def register(place: type[Place]) -> type[Place]:
    PLACES[place.name] = place
    return place


def place_from(sent: QueryDict) -> Place:
    """Return the place that these fields name; the session page where they name none that is known."""
    return PLACES.get(sent.get("place", ""), SessionPage).read(sent)
