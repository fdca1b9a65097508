"""The board as a place for banners: each opens in its fix's row."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from accounts.requests import MemberRequest
from fixes.banner.places import Address, Place, register
from fixes.board.filters import Filters
from fixes.models import SuggestedFix
from fixes.transitions import Source

if TYPE_CHECKING:
    from fixes.banner.banner import Banner
    from fixes.banner.panel import Panel


@register
class BoardPlace(Place):
    """A row of the board. `filters`: which page of which list."""

    name = "board"
    source = Source.BOARD
    answered = refused = "fixes/board/_answered.html"
    keeps_outcome = True

    def __init__(self, filters: Filters) -> None:
        self.filters = filters

    @classmethod
    def read(cls, sent: QueryDict) -> "BoardPlace":
        return cls(Filters.read_back(sent.get("back", "")))

    @property
    def fields(self) -> dict[str, str]:
        back = self.filters.query
        return {"place": self.name, "back": back} if back else {"place": self.name}

    def element_id(self, fix_id: UUID | None) -> str:
        return f"fix-banner-{fix_id}"

    def page(self, fix: SuggestedFix) -> Address:
        return Address(reverse("board"), {**self.filters.given, "answer": str(fix.pk)}, self.element_id(fix.pk))

    def shows(self, fix: SuggestedFix) -> bool:
        return True

    def render_page(self, request: MemberRequest, panel: "Panel", *, status: int) -> HttpResponse:
        from fixes.board.views import render_board  # the board's pages are built with this place

        return render_board(request, self.filters, status=status, banner=panel.banner)

    def surroundings(self, banner: "Banner") -> dict[str, Any]:
        from fixes.board.rows import row_of

        if banner.fix is None:
            return {}
        return {"rows": [row_of(banner.fix, banner.user, self.filters, banner.now, only_head=True)]}
