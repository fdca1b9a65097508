"""The forms that start a session and that edit its ticket."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.redirects import see_other
from sessions import acts
from sessions.forms import TicketForm, form_key_of
from sessions.models import AISession
from sessions.refusals import EditedMeanwhile, FormReused
from sessions.views.page import session_of


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: MemberRequest) -> HttpResponse:
    """Start a session. One that is open for the same ticket is shown first; a second press starts another."""
    form = TicketForm(_sent(request))
    draft = f"{request.user.pk}:new-session"
    if not form.is_valid():
        return _render_form(request, form, draft=draft)
    twin = _open_twin(request, form)
    if twin and "again" not in request.POST:
        return _render_form(request, form, status=409, draft=draft, twin=twin)
    assert request.user.account_id  # members only
    try:
        session = acts.create(
            request.user.account_id, request.user, form.cleaned_data, form_key=form_key_of(request.POST)
        )
    except FormReused as refusal:
        return _render_form(request, form, status=409, draft=draft, twin=refusal.session, is_reused=True)
    messages.success(request, "Session started.", extra_tags=draft)
    return see_other("session", session.pk, anchor="composer")


def _open_twin(request: MemberRequest, form: TicketForm) -> AISession | None:
    """Return the latest unfinished session with this ticket reference, unless this very form started it."""
    twins = AISession.objects.visible_to(request.user).with_ticket(form.cleaned_data["ticket_ref"])
    key = form_key_of(request.POST)
    twin = twins.select_related("owner").first()
    return None if twin is None or (key and twin.form_key == key) else twin


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Edit title, client, ticket and details. Two people's edits of different fields both stay."""
    session = session_of(request, sid)
    form = TicketForm(_sent(request), initial={name: getattr(session, name) for name in TicketForm.base_fields})
    draft = f"{request.user.pk}:{sid}:header"
    if not form.is_valid():
        return _render_form(request, form, draft=draft, session=session)
    sessions = AISession.objects.visible_to(request.user)
    try:
        acts.edit(sid, form.changes, user=request.user, sessions=sessions, shown=form.shown)
    except EditedMeanwhile as refusal:
        form.show_current(refusal.fields)
        return _render_form(request, form, status=409, draft=draft, session=session, refusal=refusal)
    messages.success(request, "Saved.", extra_tags=draft)
    return see_other("session", sid, anchor="main")


def _sent(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _render_form(request: MemberRequest, form: TicketForm, *, status: int = 422, **context: Any) -> HttpResponse:
    status = status if form.is_bound else 200
    return render(request, "sessions/ticket_form.html", {"form": form, **context}, status=status)
