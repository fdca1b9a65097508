"""The page of a fix in the admin. Forms change content and outcome through the lifecycle; the rest is read-only."""

from django.contrib import admin, messages
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.staff import staff
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.admin.forms import FORMS, EditForm, FixForm, OutcomeForm, ReopenForm, UndoForm
from fixes.lifecycle import By, Fixes
from fixes.lifecycle.legality import Act, may
from fixes.models import SuggestedFix
from fixes.transitions import NOTES_COLUMN, Source, Status

LATEST = 100
"""The most events that the page shows."""

MOST_SINCE = 5
"""The most events that a refused form lists as having happened since it was rendered."""

MESSAGES = {
    "edit": "Changes saved.",
    "record": "Recorded: {}.",
    "undo": "Undone. The fix is {} again.",
    "reopen": "Reopened as {}.",
}


def act(request: HttpRequest, fix: SuggestedFix, name: str, fixes: Fixes) -> HttpResponse:
    """Carry out the act of the form that was sent. A refusal changes nothing and keeps what was typed.

    `fixes`: the fixes that this person may change.
    """
    form = FORMS[name](request.POST, fix=fix)
    if not form.is_valid():
        return render(request, fix, form, 422)
    try:
        written = form.perform(fix.pk, By(staff(request), Source.ADMIN), fixes)
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return render(request, fix, form, 422)
    except Refusal as refusal:
        return _refused(request, fixes.select_related("session").get(pk=fix.pk), form, refusal)
    if written.version == form.cleaned_data["version"]:
        message, level = "Already so; nothing changed.", messages.INFO
    else:
        message, level = MESSAGES[name].format(f"“{written.get_status_display()}”"), messages.SUCCESS
    messages.add_message(request, level, message, extra_tags=form.draft(staff(request)))
    return see_other("admin:fixes_suggestedfix_change", fix.pk)


def _refused(request: HttpRequest, fix: SuggestedFix, form: FixForm, refusal: Refusal) -> HttpResponse:
    since = fix.version - form.cleaned_data["version"]
    form.render_again(fix)
    form.add_error(None, refusal.message)
    return render(request, fix, form, 409, since)


def render(
    request: HttpRequest, fix: SuggestedFix, sent: FixForm | None = None, status: int = 200, since: int = 0
) -> HttpResponse:
    """Render the page. `sent`: a refused form, with what was typed; `since`: how many acts have happened since."""
    events = list(fix.events.select_related("actor").order_by("-state_version", "-position")[: LATEST + 1])
    fix.history = events[::-1]
    forms = _forms(request, fix, sent)
    context = {
        **admin.site.each_context(request),
        "opts": SuggestedFix._meta,
        "title": fix.title,
        "fix": fix,
        "forms": [(form, form.draft(staff(request))) for form in forms],
        "media": sum((form.media for form in forms), start=Media()),
        "events": events[:LATEST],
        "more": len(events) > LATEST,
        "most": LATEST,
        "outcome_notes": fix.outcome_notes if NOTES_COLUMN[Status(fix.status)] is None else None,
        "proposed": Status(fix.ai_outcome_proposal["outcome"]).label if fix.ai_outcome_proposal else "",
        "since": events[: max(0, min(since, MOST_SINCE))],
        "has_session_page": staff(request).account_id is not None,
    }
    return TemplateResponse(request, "admin/fixes/suggestedfix/page.html", context, status=status)


def _forms(request: HttpRequest, fix: SuggestedFix, sent: FixForm | None) -> list[FixForm]:
    """Return the forms of the acts that are allowed now, and the form that was sent."""
    user, now = staff(request), timezone.now()

    def allowed(act: Act) -> bool:
        return may(act, fix, user, now) is None

    has = {
        EditForm: allowed(Act.EDIT),
        OutcomeForm: fix.is_open and allowed(Act.RECORD),
        UndoForm: allowed(Act.UNDO),
        ReopenForm: allowed(Act.REOPEN) and not allowed(Act.UNDO),
    }
    kinds = (kind for kind, shown in has.items() if shown or type(sent) is kind)
    return [sent if sent and type(sent) is kind else kind(fix=fix) for kind in kinds]
