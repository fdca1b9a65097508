"""The board over HTTP: its page, and the counts in every page’s navigation (many answers at once: `bulk_views`)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import members_only, polled
from accounts.requests import MemberRequest
from common.refusals import InvalidInput
from fixes.banner.banner import Banner
from fixes.board.bulk_form import BulkForm
from fixes.board.counts import COUNTED, counts_for
from fixes.board.filters import Filters
from fixes.board.listing import Board, board_for
from fixes.board.place import BoardPlace
from fixes.board.results import Result
from fixes.models import SuggestedFix

RESULT = "board_result"
"""Under what the signed-in session keeps the result of one POST for the page after it."""


@members_only
@require_safe
def board(request: MemberRequest) -> HttpResponse:
    """What waits in the account; `?answer=` opens one fix's banner in its row, `?form=` a form in it."""
    filters = Filters.read(request.GET)
    result = request.session.pop(RESULT, None)
    return draw_board(request, filters, banner=_open(request, filters), result=Result(**result) if result else None)


def draw_board(
    request: MemberRequest,
    filters: Filters,
    *,
    status: int = 200,
    banner: Banner | None = None,
    bulk: BulkForm | None = None,
    result: Result | None = None,
) -> HttpResponse:
    """The whole page. `banner`: open in its row; `bulk`: as it was sent; `result`: what became of many at once."""
    drawn = _page(request, filters, banner, bulk)
    context: dict[str, Any] = {
        "board": drawn,
        "filters": filters,
        "bulk": bulk or BulkForm(),
        "result": result,
        "awaiting": counts_for(request.user, drawn.now),
    }
    return render(request, "fixes/board/page.html", context, status=status)


def _page(request: MemberRequest, filters: Filters, banner: Banner | None, bulk: BulkForm | None) -> Board:
    picked = bulk.still_picked if bulk else ()
    try:
        return board_for(request.user, filters, banner, picked)
    except InvalidInput:  # of other filters, or kept for too long
        messages.warning(request, "That page of the list is not there any more. This is the first one.")
        return board_for(request.user, filters.at(""), banner, picked)


def _open(request: MemberRequest, filters: Filters) -> Banner | None:
    try:
        asked = UUID(request.GET.get("answer", ""))
    except ValueError:
        return None
    fixes = SuggestedFix.objects.visible_to(request.user).with_banner().select_related("session__owner")
    fix = fixes.filter(pk=asked).first()
    form = request.GET.get("form", "")
    return None if fix is None else Banner(fix, request.user, BoardPlace(filters), form)


@polled
@require_safe
def counts(request: MemberRequest) -> HttpResponse:
    """The navigation's counts, if they are others than `?shown=` says that the page has; 204 if not."""
    now = counts_for(request.user)
    before = request.GET.get("shown", "")
    if now.key == before:
        return HttpResponse(status=204)
    response = render(request, "fixes/board/_count.html", {"awaiting": now})
    if (request.htmx.current_url_abs_path or "").startswith(reverse("board")):
        trigger_client_event(response, "title", {"value": f"{now.title} · ResolutionFlow"})
    if now.overdue > _overdue(before):
        trigger_client_event(response, "announce", {"value": f"{now.words}."})
    return response


def _overdue(shown: str) -> int:
    """How many the page says are overdue; what can't be read is more than all, and gives no cause to speak up."""
    overdue = shown.partition("-")[2]
    return int(overdue) if overdue.isdecimal() and overdue.isascii() and len(overdue) <= 3 else COUNTED + 1
