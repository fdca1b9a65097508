"""The page that compares FlowPilot's confidence with what came of its fixes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from flowpilot.calibration.chart import Chart
from flowpilot.calibration.counts import ENOUGH, calibration_of


@engineers_only
@require_safe
def calibration(request: MemberRequest) -> HttpResponse:
    assert request.user.account_id
    charts = [Chart(each) for each in calibration_of(request.user.account_id)]
    return render(request, "flowpilot/calibration.html", {"charts": charts, "enough": ENOUGH})
