"""Recording for many fixes at once, and undoing it, over HTTP."""

from django.http import HttpResponse

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from fixes.board import results
from fixes.board.bulk_controls import UNDO
from fixes.board.bulk_form import BulkForm
from fixes.board.filters import Filters
from fixes.board.results import Report
from fixes.board.views import render_board
from fixes.lifecycle import By, bulk
from fixes.models import SuggestedFix
from fixes.transitions import Source


@engineers_only
@post_only
def record(request: MemberRequest) -> HttpResponse:
    """Record for every selected row. Refused rows stay selected, with the notes still in the form."""
    filters = Filters.read_back(request.POST.get("back", ""))
    form = BulkForm(request.POST)
    result = form.run(By(request.user, Source.BOARD), SuggestedFix.objects.visible_to(request.user))
    if result is None:
        return render_board(request, filters, status=422, bulk=form)
    report = results.report_of(form.pressed, result, request.user, draft=form.draft_key(request.user))
    results.keep(request.session, report)
    return _reported(request, filters, report, form)


@engineers_only
@post_only
def undo(request: MemberRequest) -> HttpResponse:
    """Undo what one bulk act did."""
    filters, token = Filters.read_back(request.POST.get("back", "")), request.POST.get("undo", "")
    written = results.written_by(token, request.user)
    if written is None:
        report = results.window_passed()
    else:
        visible = SuggestedFix.objects.visible_to(request.user)
        report = results.report_of(
            UNDO, bulk.undo(written, By(request.user, Source.BOARD), fixes=visible), request.user
        )
    results.keep(request.session, report, instead_of=token)
    return _reported(request, filters, report)


def _reported(request: MemberRequest, filters: Filters, report: Report, form: BulkForm | None = None) -> HttpResponse:
    if report.is_complete:
        return see_other(filters.address())
    return render_board(request, filters, status=409, bulk=form)
