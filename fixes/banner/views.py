"""The banner over HTTP: its fragment, and the acts behind its buttons.

One address serves htmx (a fragment comes back) and plain forms (a redirect to the page, or the whole page with the
refused form in it). Where the banner is shown decides what else comes with it (`fixes.banner.places`).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common.compiled_query import compiled
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.banner.banner import Banner, Refused
from fixes.banner.drafts import draft_key
from fixes.banner.forms import ACTS, ActForm
from fixes.banner.panel import Panel, panel_for
from fixes.banner.places import Place, place_from
from fixes.banner.questions import QUESTIONS
from fixes.lifecycle import By
from fixes.lifecycle.refusals import Superseded
from fixes.models import SuggestedFix
from fixes.models.queries import columns_besides
from sessions.models import AISession

DONE = {
    "apply": "Marked as applied. Did it work?",
    "decide": "Recorded as run. Did it work?",
    "add-notes": "Notes added.",
    "reject": "FlowPilot’s guess was dismissed.",
    "undo": "Undone.",
    "reopen": "Reopened.",
    "suggest-again": "Suggested again.",
}
"""Act → what is announced when it is done; outcomes are announced by name."""

REPLACED = "A newer fix replaced the one this form was for. Nothing has been recorded."


@members_only
@require_safe
def banner(request: MemberRequest, sid: UUID, fid: UUID) -> HttpResponse:
    """Render the banner of one fix, with the form that `?form=` names open in it."""
    fix = next(iter(_fixes(request.user.account_id, sid, fid)), None)
    if fix is None:
        raise Http404
    place = place_from(request.GET)
    shown = Banner(fix, request.user, place, request.GET.get("form", ""))
    response = render(request, "fixes/_banner.html", {"banner": shown})
    return _with_title(response, place, fix.session, shown)


@compiled(UUID, UUID, UUID)
def _fixes(account_id: UUID, session_id: UUID, fix_id: UUID) -> QuerySet[SuggestedFix]:
    """Return this fix with what its banner shows of its session."""
    fixes = SuggestedFix.objects.filter(account_id=account_id, session_id=session_id, pk=fix_id).with_banner()
    return fixes.select_related("session").defer(
        *columns_besides(AISession, "session", {"title", "ticket_ref", "status"})
    )


@engineers_only
@post_only
def act(request: MemberRequest, sid: UUID, fid: UUID, act: str) -> HttpResponse:
    """Run one act on a fix. A refusal changes nothing and gives the form back as it was sent."""
    form, place = ACTS[act](request.POST), place_from(request.POST)
    fixes = SuggestedFix.objects.visible_to(request.user).filter(session_id=sid)
    if not form.is_valid():
        return _refused(request, place, sid, act, Refused(form, fid), status=422)
    try:
        fix = form.perform(fid, By(request.user, place.source), fixes)
    except SuggestedFix.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return _refused(request, place, sid, act, Refused(form, fid), status=422)
    except Refusal as refusal:
        return _refused(request, place, sid, act, Refused(form, fid, refusal), status=409)
    return _done(request, place, fix, act)


def _done(request: MemberRequest, place: Place, fix: SuggestedFix, act: str) -> HttpResponse:
    done = DONE.get(act) or f"Recorded: {fix.get_status_display().lower()}."
    draft = draft_key(request.user, fix.pk, request.POST.get("form", ""))
    if not request.htmx:
        messages.success(request, done, extra_tags=draft)
        return see_other(str(place.page(fix)))
    if fix.session.owner_id == request.user.pk:
        fix.session.owner = request.user  # the page's head names the owner: mostly this person, read already
    panel = panel_for(fix.session, request.user, docked=fix.pk, place=place)
    response = render(request, place.answered, _context(panel, place))
    trigger_client_event(response, "announce", {"value": done})
    trigger_client_event(response, "fix:changed", after="settle")
    trigger_client_event(response, "draft:clear", {"value": draft})
    return _with_title(response, place, fix.session, panel.banner)


def _refused(
    request: MemberRequest, place: Place, sid: UUID, act: str, refused: Refused, *, status: int
) -> HttpResponse:
    session = get_object_or_404(AISession.objects.visible_to(request.user).select_related("owner"), pk=sid)
    get_object_or_404(session.suggested_fixes, pk=refused.fix_id)
    form_name = _form_name(act, refused.form)
    panel = panel_for(session, request.user, docked=refused.fix_id, form_name=form_name, place=place)
    if refused.refusal and panel.banner.fix and panel.banner.fix.pk != refused.fix_id:
        refused = Refused(refused.form, refused.fix_id, Superseded(REPLACED))
    panel.banner.refused = refused
    if not request.htmx:
        return place.render_page(request, panel, status=status)
    response = render(request, place.refused, _context(panel, place), status=status)
    if refused.refusal:
        trigger_client_event(response, "fix:changed", after="settle")
    return _with_title(response, place, session, panel.banner)


def _form_name(act: str, form: ActForm) -> str:
    """Return the name of the banner's form that was sent; for a button, of the one that asks the same."""
    sent = str(form.data.get("form", ""))
    if sent in QUESTIONS:
        return sent
    return str(form.data.get("outcome", "")) if act == "record" else act


def _context(panel: Panel, place: Place) -> dict[str, Any]:
    return {"panel": panel, "banner": panel.banner, "session": panel.session, **place.surroundings(panel.banner)}


def _with_title(response: HttpResponse, place: Place, session: AISession, banner: Banner) -> HttpResponse:
    """Tell the tab its new title, where this place has a say in it."""
    title = place.tab_title(session, banner)
    return trigger_client_event(response, "title", {"value": title}) if title else response
