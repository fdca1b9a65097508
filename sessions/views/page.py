"""The page of one session."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import members_only
from accounts.requests import MemberRequest
from common.compiled_query import compiled
from sessions.extensions import folds_dock, read_panels
from sessions.known import read_known
from sessions.models import AISession
from sessions.windows import window_of


@members_only
@require_safe
def session_page(request: MemberRequest, sid: UUID) -> HttpResponse:
    session = session_of(request, sid)
    if request.htmx and request.GET.keys() & {"before", "after"}:
        return _render_more(request, session)
    return render_session(request, session)


def _render_more(request: MemberRequest, session: AISession) -> HttpResponse:
    """Render the lines before or after those that the page shows."""
    window = window_of(session, read_panels(request, session, {}), request.GET)
    window = replace(window, later=None) if "before" in request.GET else replace(window, earlier=None)
    response = render(request, "sessions/_window.html", {"session": session, "window": window})
    entries = "1 entry" if len(window.lines) == 1 else f"{len(window.lines)} entries"
    return trigger_client_event(response, "announce", {"value": f"{entries} added to the conversation."})


def session_of(request: MemberRequest, sid: UUID) -> AISession:
    """Return a session of the person's account with its owner; 404 for any other."""
    for session in _sessions(request.user.account_id, sid):
        return session
    raise Http404


@compiled(UUID, UUID)
def _sessions(account_id: UUID, session_id: UUID) -> QuerySet[AISession]:
    return AISession.objects.filter(account_id=account_id, pk=session_id).select_related("owner")


NOT_THERE = {"composer": None, "session_refusal": None, "out_of_band": False}
"""What templates ask for that a page mostly lacks: Django takes long to look for a name that no context has."""


def render_session(request: MemberRequest, session: AISession, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render the whole page. A refused form may come with its own part of the context.

    That is `composer`, `known`, `session_refusal`, or an app's panel by its name (`sessions.extensions`).
    """
    panels = read_panels(request, session, context)
    context = {
        "session": session,
        "panels": panels,
        "folds_dock": folds_dock(panels),
        "window": window_of(session, panels, request.GET),
        "known": context.pop("known", None) or read_known(session, request.user, request.GET),
        **panels,
        **NOT_THERE,
        **context,
    }
    return render(request, "sessions/page.html", context, status=status)
