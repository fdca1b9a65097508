"""The page of one session."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.guards import members_only
from accounts.requests import MemberRequest
from sessions.conversation import lines_of, messages_of, shown_now
from sessions.extensions import read_panels
from sessions.models import AISession


@members_only
@require_safe
def session_page(request: MemberRequest, sid: UUID) -> HttpResponse:
    return render_session(request, session_of(request, sid))


def session_of(request: MemberRequest, sid: UUID) -> AISession:
    """Return a session of the person's account with its owner; 404 for any other."""
    return get_object_or_404(AISession.objects.visible_to(request.user).select_related("owner"), pk=sid)


def render_session(request: MemberRequest, session: AISession, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render the whole page. A refused form may come with its own part of the context.

    That is `composer`, `session_refusal`, or an app's panel by its name (`sessions.extensions`).
    """
    messages = messages_of(session)
    panels = read_panels(request, session, context)
    context = {
        "session": session,
        "panels": panels,
        "lines": lines_of(messages, panels),
        "shown": shown_now(session, messages),
        **panels,
        **context,
    }
    return render(request, "sessions/page.html", context, status=status)
