"""The banner over HTTP: its fragment, and the acts behind its buttons.

The same address serves htmx (a fragment comes back) and plain forms (a redirect to the page, or the whole
page with the refused form in it).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.banner import panel
from fixes.banner.banner import Banner, draft_key
from fixes.banner.controls import QUESTIONS
from fixes.banner.forms import ACTS, ActForm
from fixes.board.filters import Filters
from fixes.board.listing import Row
from fixes.board.views import draw_board
from fixes.lifecycle import By
from fixes.lifecycle.refusals import Superseded
from fixes.models import SuggestedFix
from fixes.transitions import Source
from sessions.models import AISession
from sessions.titles import page_title
from sessions.views.page import render_session

SOURCES = {"session": Source.BANNER, "board": Source.BOARD}
DONE = {"session": "fixes/_done.html", "board": "fixes/board/_answered.html"}
REFUSED = {"session": "fixes/_refused.html", "board": "fixes/board/_answered.html"}
"""Place → what it gets of an answer: beside the banner, the parts around it that say the same."""


@members_only
@require_safe
def banner(request: MemberRequest, sid: UUID, fid: UUID) -> HttpResponse:
    """The banner of one fix, with the form that `?form=` names open in it."""
    fixes = SuggestedFix.objects.visible_to(request.user).filter(session_id=sid).with_banner().select_related("session")
    fix = get_object_or_404(fixes, pk=fid)
    place, back = _place(request.GET)
    drawn = Banner(fix, request.user, place=place, back=back, open_form=request.GET.get("form", ""))
    response = render(request, "fixes/_banner.html", {"banner": drawn})
    return _titled(response, fix.session, drawn)


@engineers_only
@require_POST
def act(request: MemberRequest, sid: UUID, fid: UUID, act: str) -> HttpResponse:
    """Run one act on a fix. A refusal changes nothing and gives the form back as it was sent."""
    form = ACTS[act](request.POST)
    fixes = SuggestedFix.objects.visible_to(request.user).filter(session_id=sid)
    if not form.is_valid():
        return _refused(request, sid, fid, act, form, 422)
    try:
        fix = form.perform(fid, By(request.user, SOURCES[_place(request.POST)[0]]), fixes)
    except SuggestedFix.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return _refused(request, sid, fid, act, form, 422)
    except Refusal as refusal:
        return _refused(request, sid, fid, act, form, 409, refusal)
    return _done(request, fix, act, form)


def _done(request: MemberRequest, fix: SuggestedFix, act: str, form: ActForm) -> HttpResponse:
    said = f"Recorded: {fix.get_status_display().lower()}." if act in {"record", "confirm"} else SAID[act]
    draft = draft_key(request.user, fix.pk, request.POST.get("form", ""))
    place, back = _place(request.POST)
    if not request.htmx:
        messages.success(request, said, extra_tags=draft)
        return _back(fix, place, back)
    drawn = panel.panel_for(fix.session, request.user, docked=fix.pk, place=place)
    drawn.banner.back = back
    context = {
        "panel": drawn,
        "banner": drawn.banner,
        "session": fix.session,
        "row": _row(drawn.banner),
    }
    response = render(request, DONE[place], context)
    trigger_client_event(response, "announce", {"value": said})
    trigger_client_event(response, "fix:changed", after="settle")
    _titled(response, fix.session, drawn.banner)
    return trigger_client_event(response, "draft:clear", {"value": draft})


def _titled(response: HttpResponse, session: AISession, drawn: Banner) -> HttpResponse:
    """With what the tab says from now on. A board has many banners, and its own title."""
    if drawn.place == "board":
        return response
    title = f"{page_title(session, drawn.state)} · ResolutionFlow"
    return trigger_client_event(response, "title", {"value": title})


SAID = {
    "apply": "Applied. Did it work?",
    "decide": "Noted that it was run. Did it work?",
    "reject": "FlowPilot’s answer was set aside.",
    "undo": "Undone.",
    "reopen": "Reopened.",
}


def _refused(
    request: MemberRequest, sid: UUID, fid: UUID, act: str, form: ActForm, status: int, refusal: Refusal | None = None
) -> HttpResponse:
    session = get_object_or_404(AISession.objects.visible_to(request.user), pk=sid)
    get_object_or_404(session.suggested_fixes, pk=fid)
    place, back = _place(request.POST)
    drawn = panel.panel_for(session, request.user, docked=fid, open_form=_form_of(act, form), place=place)
    banner = drawn.banner
    banner.back, banner.form, banner.sent_to, banner.refusal = back, form, fid, refusal
    if refusal and banner.fix and banner.fix.pk != fid:
        banner.refusal = Superseded("A newer fix replaced the one that you answered. Yours is not recorded.")
    if not request.htmx and place == "board":
        return draw_board(request, Filters.read_back(back), status=status, banner=banner)
    if not request.htmx:
        return render_session(request, session, status=status, panel=drawn)
    context = {
        "banner": banner,
        "panel": drawn,
        "session": session,
        "row": _row(banner),
    }
    response = render(request, REFUSED[place], context, status=status)
    if refusal:
        trigger_client_event(response, "fix:changed", after="settle")
    return _titled(response, session, banner)


def _form_of(act: str, form: ActForm) -> str:
    """Which form of the banner was sent; for a button, the one that asks the same."""
    sent = str(form.data.get("form", ""))
    if sent in QUESTIONS:
        return sent
    return str(form.data.get("outcome", "")) if act == "record" else act


def _place(data: QueryDict) -> tuple[str, str]:
    """Where the form stands, and of the board the query that leads back to the same page of it."""
    place = data.get("place", "session")
    if place != "board":
        return "session", ""
    return place, Filters.read_back(data.get("back", "")).query


def _row(drawn: Banner) -> Row | None:
    """What stands above it on the board."""
    if drawn.fix is None or drawn.place != "board":
        return None
    return Row(drawn.fix, drawn.now, Filters.read_back(drawn.back), banner=drawn)


def _back(fix: SuggestedFix, place: str, back: str) -> HttpResponse:
    if place == "board":
        return see_other(Filters.read_back(back).address(answer=str(fix.pk)), anchor=f"fix-banner-{fix.pk}")
    docked = "" if fix.is_current or not fix.is_waiting else f"?fix={fix.pk}"
    return see_other(f"{reverse('session', args=[fix.session_id])}{docked}", anchor="fix-banner")
