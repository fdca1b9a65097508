"""The banner over HTTP: its fragment, and the acts behind its buttons.

The same address serves htmx (a fragment comes back) and plain forms (a redirect to the page, or the whole
page with the refused form in it).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from accounts.guards import signed_in_member, works
from accounts.requests import MemberRequest
from fixes import panel
from fixes.banner import Banner
from fixes.forms import ACTS, ActForm
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Source
from sessions.models import AISession
from sessions.refusals import InvalidInput, Refusal
from sessions.views import draw_session, page_title

SOURCES = {"session": Source.BANNER, "board": Source.BOARD}


@signed_in_member
@require_GET
def banner(request: MemberRequest, sid: UUID, fid: UUID) -> HttpResponse:
    """The banner of one fix, with the form that `?form=` names open in it."""
    fixes = SuggestedFix.objects.visible_to(request.user).filter(session_id=sid).with_banner()
    fix = get_object_or_404(fixes, pk=fid)
    drawn = Banner(fix, request.user, place=_place(request.GET), open_form=request.GET.get("form", ""))
    return render(request, "fixes/_banner.html", {"banner": drawn})


@works
@require_POST
def act(request: MemberRequest, sid: UUID, fid: UUID, act: str) -> HttpResponse:
    """Run one act on a fix. A refusal changes nothing and gives the form back as it was sent."""
    form = ACTS[act](request.POST)
    fixes = SuggestedFix.objects.visible_to(request.user).filter(session_id=sid)
    if not form.is_valid():
        return _refused(request, sid, fid, act, form, 422)
    try:
        fix = form.perform(fid, By(request.user, SOURCES[_place(request.POST)]), fixes)
    except SuggestedFix.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return _refused(request, sid, fid, act, form, 422)
    except Refusal as refusal:
        return _refused(request, sid, fid, act, form, 409, refusal)
    return _done(request, fix, act)


def _done(request: MemberRequest, fix: SuggestedFix, act: str) -> HttpResponse:
    said = f"Recorded: {fix.get_status_display().lower()}." if act in {"record", "confirm"} else SAID[act]
    if not request.htmx:
        messages.success(request, said)
        return _back(fix.session_id)
    drawn = panel.panel_for(fix.session, request.user, docked=fix.pk)
    context = {"panel": drawn, "banner": drawn.banner, "session": fix.session, "new_events": _new_events(drawn, fix)}
    response = render(request, "fixes/_done.html", context)
    trigger_client_event(response, "announce", {"value": said})
    trigger_client_event(response, "title", {"value": page_title(fix.session, drawn.banner.state)})
    draft = f"{request.user.pk}:{fix.pk}:{request.POST.get('form', '')}"
    return trigger_client_event(response, "draft:clear", {"value": draft})


SAID = {
    "apply": "Applied. Did it work?",
    "decide": "Noted that it was run. Did it work?",
    "reject": "FlowPilot’s answer was set aside.",
    "reopen": "Reopened: it stands as before.",
}


def _new_events(drawn: panel.Panel, fix: SuggestedFix) -> list[FixEvent]:
    """What this act added to the history; nothing, when it only repeated what stood."""
    version = fix.session.state_version
    return [event for event in drawn.events if event.state_version == version and event.action in panel.TOLD]


def _refused(
    request: MemberRequest, sid: UUID, fid: UUID, act: str, form: ActForm, status: int, refusal: Refusal | None = None
) -> HttpResponse:
    session = get_object_or_404(AISession.objects.visible_to(request.user), pk=sid)
    get_object_or_404(session.suggested_fixes, pk=fid)
    drawn = panel.panel_for(session, request.user, docked=fid, open_form=_form_of(act, form))
    drawn.banner.place = _place(request.POST)
    drawn.banner.form, drawn.banner.sent_to = form, fid
    drawn.banner.refusal = refusal
    if request.htmx:
        return render(request, "fixes/_banner.html", {"banner": drawn.banner, "panel": drawn}, status=status)
    return draw_session(request, session, status=status, panel=drawn)


def _form_of(act: str, form: ActForm) -> str:
    """Which form of the banner was sent: its outcome, or the act itself."""
    return str(form.data.get("outcome", "")) if act == "record" else act


def _place(data: object) -> str:
    place = data.get("place", "session")  # type: ignore[attr-defined]
    return place if place in SOURCES else "session"


def _back(session_id: UUID) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = f"{reverse('session', args=[session_id])}#fix-banner"
    return response
