"""The work on the admin's home: the fixes that are due first, and the sessions that changed last."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from fixes.models import FixEvent, SuggestedFix
from fixes.models.queries import due_order
from sessions.models import AISession

MOST = 10
"""The most rows in each part."""


OF_EVENTS = ("session_id", "action", "to_status", "at", "actor__display_name", "actor__email", "fix__title")
"""The columns of the history to load."""


@dataclass(frozen=True)
class Change:
    """A session that changed, and the latest entry in its fixes' history, if there is one."""

    session: AISession
    event: FixEvent | None


def work_for(request: HttpRequest) -> dict[str, Any]:
    """Return the work that this person may see. It takes three SQL statements at most."""
    return {"waiting": _waiting(request), "changes": _changes(request), "now": timezone.now()}


def _waiting(request: HttpRequest) -> list[SuggestedFix]:
    rows = admin.site.get_model_admin(SuggestedFix).get_queryset(request)
    found = rows.filter(status="applied_pending").select_related("session").order_by(due_order(), "id")
    return list(found.only("title", "status", "follow_up_at", "session__ticket_ref", "session__client_name")[:MOST])


def _changes(request: HttpRequest) -> list[Change]:
    rows = admin.site.get_model_admin(AISession).get_queryset(request)
    latest = rows.order_by("-updated_at", "-id").only("title", "status", "ticket_ref", "updated_at")
    sessions = list(latest[:MOST])
    events = FixEvent.objects.filter(session__in=sessions).order_by("session_id", "-state_version", "-position")
    shown = events.distinct("session_id").select_related("actor", "fix").only(*OF_EVENTS)
    by_session = {event.session_id: event for event in shown}
    return [Change(session, by_session.get(session.pk)) for session in sessions]
