"""The board over HTTP: its page, and the counts in every page’s navigation (many fixes at once: `bulk_views`)."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import members_only, polled
from accounts.requests import MemberRequest
from common.ids import uuid_or_none
from common.refusals import InvalidInput
from fixes.banner.banner import Banner
from fixes.board import results
from fixes.board.bulk_form import BulkForm
from fixes.board.counts import Counts, board_counts_for, counts_for
from fixes.board.filters import Filters
from fixes.board.listing import Board, board_for
from fixes.board.place import BoardPlace
from fixes.models import SuggestedFix


@members_only
@require_safe
def board(request: MemberRequest) -> HttpResponse:
    """Show what is waiting in the account; `?answer=` opens one fix's banner in its row, `?form=` a form in it."""
    filters = Filters.read(request.GET)
    return render_board(request, filters, banner=_open(request, filters))


def render_board(
    request: MemberRequest,
    filters: Filters,
    *,
    status: int = 200,
    banner: Banner | None = None,
    bulk: BulkForm | None = None,
) -> HttpResponse:
    """Render the whole page. `banner`: open in its row; `bulk`: the form of many, as it was sent."""
    page = _page(request, filters, banner, bulk)
    context: dict[str, Any] = {
        "board": page,
        "filters": filters,
        "bulk": bulk or BulkForm(),
        "reports": results.take(request.session, page.now),
        "awaiting": page.counts.awaiting,
    }
    return render(request, "fixes/board/page.html", context, status=status)


def _page(request: MemberRequest, filters: Filters, banner: Banner | None, bulk: BulkForm | None) -> Board:
    selected = bulk.still_selected if bulk else ()
    try:
        return board_for(request.user, filters, banner, selected)
    except InvalidInput:  # a cursor of other filters, or kept for too long
        messages.warning(request, "That page no longer exists. Showing the first.")
        return board_for(request.user, filters.at(""), banner, selected)


def _open(request: MemberRequest, filters: Filters) -> Banner | None:
    wanted = uuid_or_none(request.GET.get("answer"))
    if wanted is None:
        return None
    fixes = SuggestedFix.objects.visible_to(request.user).with_banner().select_related("session__owner")
    fix = fixes.filter(pk=wanted).first()
    form = request.GET.get("form", "")
    return None if fix is None else Banner(fix, request.user, BoardPlace(filters), form)


@polled
@require_safe
def counts(request: MemberRequest) -> HttpResponse:
    """Answer the navigation's counts if they differ from `?shown=`; 204 if not. The board gets its own counts, too."""
    before, board = request.GET.get("shown", ""), _board_that_asks(request)
    on_board = board_counts_for(request.user, board, timezone.now()) if board else None
    now = on_board.awaiting if on_board else counts_for(request.user)
    response = HttpResponse(status=204) if now.key == before else _news(request, now, before)
    if on_board:
        trigger_client_event(response, "counts", on_board.by_place)
        trigger_client_event(response, "title", {"value": f"{now.title} · ResolutionFlow"})
    return response


def _news(request: MemberRequest, now: Counts, before: str) -> HttpResponse:
    response = render(request, "fixes/board/_counts.html", {"awaiting": now})
    seen = Counts.read(before)
    news = [
        f"{now.summary}." if now.overdue > seen.overdue else "",
        f"Notices: {now.unread_shown} new." if now.unread > seen.unread else "",
    ]
    if words := " ".join(filter(None, news)):
        trigger_client_event(response, "announce", {"value": words})
    return response


def _board_that_asks(request: MemberRequest) -> Filters | None:
    """The filters of the board from which htmx sends this request; None from another page."""
    page = urlsplit(request.htmx.current_url_abs_path or "")
    return Filters.read_back(page.query) if page.path == reverse("board") else None
