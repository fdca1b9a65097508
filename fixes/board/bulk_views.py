"""Answers to many fixes at once, and taking them back, over HTTP."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.redirects import see_other
from fixes.board.bulk_form import BulkForm
from fixes.board.filters import Filters
from fixes.board.results import Result
from fixes.board.views import RESULT, draw_board
from fixes.lifecycle import bulk


@engineers_only
@require_POST
def answer(request: MemberRequest) -> HttpResponse:
    """Record one answer for every ticked row. Refused rows come back ticked, with the words still in the form."""
    filters = Filters.read_back(request.POST.get("back", ""))
    form = BulkForm(request.POST)
    if not form.is_valid():
        return draw_board(request, filters, status=422, bulk=form)
    result = bulk.answer_all(form, request.user)
    if not result.is_complete:
        return draw_board(request, filters, status=409, bulk=form, result=result)
    result.draft = f"{request.user.pk}:bulk:{form.pressed}"
    return _back(request, filters, result)


@engineers_only
@require_POST
def undo(request: MemberRequest) -> HttpResponse:
    """Take back what one bulk answer did."""
    filters = Filters.read_back(request.POST.get("back", ""))
    result = bulk.take_back(request.POST.get("undo", ""), request.user)
    if not result.is_complete:
        return draw_board(request, filters, status=409, result=result)
    return _back(request, filters, result)


def _back(request: MemberRequest, filters: Filters, result: Result) -> HttpResponse:
    request.session[RESULT] = result.plain()
    return see_other(filters.address())
