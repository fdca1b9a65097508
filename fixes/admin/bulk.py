"""Records an outcome on several fixes from the admin's list, after a page for the notes."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.staff import staff
from common.refusals import InvalidInput
from fixes.lifecycle import By, Fixes, bulk
from fixes.lifecycle.bulk import Result, Selected
from fixes.models import SuggestedFix
from fixes.transitions import Source, Status

VERSION = "version"
"""The hidden field of each row: `<fix>:<version>`, as the list showed it."""

QUESTIONS = {
    Status.SUCCESS: "How was it verified?",
    Status.FAILED: "What happened instead?",
    Status.PARTIAL: "What worked, and what didn’t?",
    Status.DISMISSED: "Why dismiss them?",
}
"""Outcomes that can be recorded in bulk → the label of the notes. *Awaiting* needs its own reason for each fix."""

Action = Callable[[admin.ModelAdmin, HttpRequest, Fixes], HttpResponse | None]


def records(outcome: Status) -> Action:
    """Return the admin action that records this outcome."""

    @admin.action(description=f"Record “{outcome.label}”…")
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, selected: Fixes) -> HttpResponse | None:
        selection = _selection(request)
        try:
            bulk.check(selection)
        except InvalidInput as invalid:
            messages.error(request, f"{invalid} Nothing has been recorded.")
            return None
        fixes = model_admin.get_queryset(request)
        if "notes" not in request.POST:
            return _ask(request, fixes, outcome, selection)
        return _record(request, fixes, outcome, selection)

    action.__name__ = f"record_{outcome.value}"
    return action


def _selection(request: HttpRequest) -> list[Selected]:
    """Return the selected rows with the versions that the list showed."""
    ticked = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
    shown = bulk.selection_of(request.POST.getlist(VERSION))
    selection = [each for each in shown if str(each.fix_id) in ticked]
    if len(selection) < len(ticked):
        raise BadRequest("Rows were selected without the version that was shown.")
    return selection


def _record(request: HttpRequest, fixes: Fixes, outcome: Status, selection: list[Selected]) -> HttpResponse | None:
    notes = request.POST["notes"]
    try:
        result = bulk.record(selection, outcome, By(staff(request), Source.ADMIN), fixes=fixes, notes=notes)
    except InvalidInput as invalid:
        return _ask(request, fixes, outcome, selection, invalid, status=422)
    if not result.is_complete:
        return _refused(request, outcome, result)
    message = f"Recorded “{outcome.label}” on {_fixes(result.done)}."
    messages.success(request, message, extra_tags=_draft_key(request, outcome, selection))
    return None


def _ask(
    request: HttpRequest,
    fixes: Fixes,
    outcome: Status,
    selection: list[Selected],
    invalid: InvalidInput | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page for the notes. `invalid`: the errors in the notes that were sent."""
    rows = fixes.select_related("session").filter(pk__in=[each.fix_id for each in selection])
    context = {
        **_context(request, f"Record “{outcome.label}” on {_fixes(len(selection))}"),
        "fixes": rows.only("title", "status", "session__ticket_ref", "session__title").order_by("title", "pk"),
        "selection": selection,
        "outcome": outcome,
        "question": QUESTIONS[outcome],
        "needs_notes": outcome in bulk.NOTES_NEEDED,
        "notes": request.POST.get("notes", ""),
        "errors": list(invalid.errors.values()) if invalid else [],
        "draft": _draft_key(request, outcome, selection),
    }
    return TemplateResponse(request, "admin/fixes/suggestedfix/bulk.html", context, status=status)


def _refused(request: HttpRequest, outcome: Status, result: Result) -> HttpResponse:
    """Render the refusals on a page of their own: a hundred don't fit into a message."""
    context = {
        **_context(request, f"{_fixes(len(result.refused) + result.missing)} not recorded".capitalize()),
        "outcome": outcome,
        "result": result,
    }
    return TemplateResponse(request, "admin/fixes/suggestedfix/refused.html", context)


def _context(request: HttpRequest, title: str) -> dict[str, object]:
    return {**admin.site.each_context(request), "opts": SuggestedFix._meta, "title": title}


def _draft_key(request: HttpRequest, outcome: Status, selection: list[Selected]) -> str:
    """Return the draft key of the notes. It names the fixes, so that notes aren't offered for another selection."""
    fixes = ",".join(sorted(str(each.fix_id) for each in selection))
    return f"{staff(request).pk}:admin-bulk:{outcome}:{fixes}"


def _fixes(count: int) -> str:
    return "1 fix" if count == 1 else f"{count} fixes"


ACTIONS = [records(outcome) for outcome in QUESTIONS]
