"""The buttons that pause, resume, abandon and reopen a session, and undo that."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from sessions import acts, status
from sessions.forms import ReasonForm, form_key_of
from sessions.models import AISession, SessionStatus
from sessions.views.page import render_session, session_of

SAID = {
    SessionStatus.ACTIVE: "Session resumed.",
    SessionStatus.PAUSED: "Session paused. You can undo this for ten minutes.",
    SessionStatus.ABANDONED: "Session abandoned. You can undo this for ten minutes.",
}


@engineers_only
@post_only
def set_status(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Pause, resume or abandon."""
    new = request.POST.get("status", "")
    if new not in SessionStatus.values:
        return _refused(request, sid, 422, "There is no such status. Nothing was changed.")
    sessions = AISession.objects.visible_to(request.user)
    return _done(request, sid, lambda: acts.edit(sid, {"status": new}, user=request.user, sessions=sessions))


@engineers_only
@post_only
def undo_status(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Undo a pause or an abandonment."""
    sessions = AISession.objects.visible_to(request.user)
    return _done(request, sid, lambda: status.undo(sid, user=request.user, sessions=sessions), said="Undone.")


@engineers_only
@post_only
def reopen(request: MemberRequest, sid: UUID) -> HttpResponse:
    form, sessions = ReasonForm(request.POST), AISession.objects.visible_to(request.user)
    if not form.is_valid():
        return _refused(request, sid, 422, str(form.errors["reason"][0]))
    reason, key = form.cleaned_data["reason"], form_key_of(request.POST)
    act = lambda: status.reopen(sid, reason, user=request.user, sessions=sessions, form_key=key)  # noqa: E731
    return _done(request, sid, act, said="Session reopened.")


def _done(request: MemberRequest, sid: UUID, act: Callable[[], AISession], *, said: str = "") -> HttpResponse:
    try:
        session = act()
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        return _refused(request, sid, 422, str(invalid))
    except Refusal as refusal:
        return _refused(request, sid, 409, refusal.message)
    draft = f"{request.user.pk}:{sid}:reopen"
    messages.success(request, said or SAID[SessionStatus(session.status)], extra_tags=draft)
    return see_other("session", sid, anchor="main")


def _refused(request: MemberRequest, sid: UUID, code: int, error: str) -> HttpResponse:
    session = session_of(request, sid)
    refusal = {
        "error": error,
        "reason": request.POST.get("reason", ""),
        "beside_field": "reason" in request.POST and not session.is_open,
    }
    return render_session(request, session, status=code, session_refusal=refusal)
