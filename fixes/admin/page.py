"""A fix's page in the admin: what it says and its outcome to be changed through the lifecycle, all else to be read."""

from django.contrib import admin, messages
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.staff import staff
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.admin.forms import FORMS, EditForm, FixForm, OutcomeForm, ReopenForm
from fixes.lifecycle import By, Fixes
from fixes.lifecycle.legality import Act, may
from fixes.models import SuggestedFix
from fixes.transitions import Source, Status

LATEST = 100
"""Events that the page shows."""

MOST_SINCE = 5
"""Those of them that a refused form names as having come in between."""

SAID = {"edit": "The words are corrected.", "record": "Recorded: {}.", "reopen": "Reopened: it stands at {} again."}


def act(request: HttpRequest, fix: SuggestedFix, name: str, fixes: Fixes) -> HttpResponse:
    """Run the form that was sent; a refusal changes nothing and gives it back as it was typed.

    `fixes`: those that whoever looks may touch.
    """
    form = FORMS[name](request.POST, fix=fix)
    if not form.is_valid():
        return draw(request, fix, form, 422)
    try:
        written = form.perform(fix.pk, By(staff(request), Source.ADMIN), fixes)
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return draw(request, fix, form, 422)
    except Refusal as refusal:
        return _refused(request, fixes.select_related("session").get(pk=fix.pk), form, refusal)
    if written.version == form.cleaned_data["version"]:
        said, level = "It stands so already: nothing was changed.", messages.INFO
    else:
        said, level = SAID[name].format(f"“{written.get_status_display()}”"), messages.SUCCESS
    messages.add_message(request, level, said, extra_tags=form.draft(staff(request)))
    return see_other("admin:fixes_suggestedfix_change", fix.pk)


def _refused(request: HttpRequest, fix: SuggestedFix, form: FixForm, refusal: Refusal) -> HttpResponse:
    since = fix.version - form.cleaned_data["version"]
    form.draw_again(fix)
    form.add_error(None, refusal.message)
    return draw(request, fix, form, 409, since)


def draw(
    request: HttpRequest, fix: SuggestedFix, sent: FixForm | None = None, status: int = 200, since: int = 0
) -> HttpResponse:
    """`sent`: a refused form, to be drawn as it was typed; `since`: how many acts came in between."""
    events = list(fix.events.select_related("actor").order_by("-state_version")[: LATEST + 1])
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
        "proposed": Status(fix.ai_outcome_proposal["outcome"]).label if fix.ai_outcome_proposal else "",
        "since": events[: max(0, min(since, MOST_SINCE))],
        "has_session_page": staff(request).account_id is not None,
    }
    return TemplateResponse(request, "admin/fixes/suggestedfix/page.html", context, status=status)


def _forms(request: HttpRequest, fix: SuggestedFix, sent: FixForm | None) -> list[FixForm]:
    """Those that the fix's state has, and the one that was sent."""
    user, now = staff(request), timezone.now()

    def allowed(act: Act) -> bool:
        return may(act, fix, user, now) is None

    has = {
        EditForm: allowed(Act.EDIT),
        OutcomeForm: fix.is_open and allowed(Act.RECORD),
        ReopenForm: allowed(Act.REOPEN) or (fix.is_terminal and allowed(Act.UNDO)),
    }
    kinds = (kind for kind, shown in has.items() if shown or type(sent) is kind)
    return [sent if sent and type(sent) is kind else kind(fix=fix) for kind in kinds]
