"""Outcomes for several fixes at once, from the admin's list: those that need no notes. Each is recorded by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.staff import staff
from common.refusals import Refusal
from fixes import lifecycle
from fixes.board.bulk_form import picks_of
from fixes.lifecycle import By, Fixes
from fixes.models import SuggestedFix
from fixes.transitions import Source, Status

MOST = 100
"""Fixes at once."""
VERSION = "version"
"""The field beside each box of the list: `<fix>:<version>`, as the row was drawn."""

Action = Callable[[admin.ModelAdmin, HttpRequest, Fixes], HttpResponse | None]


@dataclass
class Result:
    """What came of it, fix by fix; refused ones with the reason."""

    recorded: list[SuggestedFix] = field(default_factory=list)
    refused: list[tuple[SuggestedFix, str]] = field(default_factory=list)


def records(outcome: Status) -> Action:
    """The list's action that records this outcome."""

    @admin.action(description=f"Record “{outcome.label}”")
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, selected: Fixes) -> HttpResponse | None:
        fixes = list(selected.select_related("session")[: MOST + 1])
        if len(fixes) > MOST:
            messages.error(request, f"At most {MOST} fixes at once. Nothing was recorded: select fewer.")
            return None
        if gone := len(set(request.POST.getlist(ACTION_CHECKBOX_NAME))) - len(fixes):
            messages.warning(
                request, f"{_fixes(gone)} of your selection left this list meanwhile, and stayed as it is."
            )
        drawn = {pick.fix_id: pick.version for pick in picks_of(request.POST.getlist(VERSION))}
        result = record(fixes, outcome, By(staff(request), Source.ADMIN), model_admin.get_queryset(request), drawn)
        if result.refused:
            return _told(request, outcome, result)
        if result.recorded:
            messages.success(request, f"Recorded “{outcome.label}” on {_fixes(len(result.recorded))}.")
        return None

    action.__name__ = f"record_{outcome.value}"
    return action


def record(fixes: list[SuggestedFix], outcome: Status, by: By, visible: Fixes, drawn: dict[UUID, int]) -> Result:
    """Record it on each, in a transaction of its own: one refusal holds no other back.

    `drawn`: the versions that the list showed.
    """
    result = Result()
    for fix in fixes:
        try:
            recorded = lifecycle.record(fix.pk, outcome, by, version=drawn.get(fix.pk), fixes=visible)
            result.recorded.append(recorded)
        except Refusal as refusal:
            result.refused.append((fix, refusal.message))
    return result


def _told(request: HttpRequest, outcome: Status, result: Result) -> HttpResponse:
    """A page: a hundred refusals are no message."""
    context = {
        **admin.site.each_context(request),
        "opts": SuggestedFix._meta,
        "title": f"{_fixes(len(result.refused))} refused".capitalize(),
        "outcome": outcome.label,
        "result": result,
    }
    return TemplateResponse(request, "admin/fixes/suggestedfix/refused.html", context)


def _fixes(count: int) -> str:
    return "1 fix" if count == 1 else f"{count} fixes"


ACTIONS = [records(outcome) for outcome in (Status.SUCCESS, Status.FAILED, Status.DISMISSED)]
"""The outcomes that need no notes."""
