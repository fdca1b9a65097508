"""What the pages of `sessions` show of fixes (`sessions.extensions`)."""

from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.requests import MemberRequest
from common.compiled_query import AnyOf, compiled
from common.ids import uuid_or_none
from fixes.banner.panel import Panel, panel_for
from fixes.looks import look_of
from fixes.models import SuggestedFix
from sessions.extensions import Extension, Summary
from sessions.models import AISession


def _panel(request: MemberRequest, session: AISession) -> Panel:
    """Read the panel with the fix and the form that the page's address names."""
    address = urlsplit(request.htmx.current_url or "").query if request.htmx else request.META["QUERY_STRING"]
    query = QueryDict(address)
    form_name = "" if request.htmx else query.get("form", "")
    return panel_for(session, request.user, docked=uuid_or_none(query.get("fix")), form_name=form_name)


def _summaries(sessions: list[AISession]) -> dict[UUID, Summary]:
    """Return what each session's current fix has come to, in one query."""
    shown = _current_fixes([session.pk for session in sessions])
    return {fix.session_id: Summary(*look_of(fix), due=fix.follow_up_at) for fix in shown}


@compiled(list)
def _current_fixes(session_ids: list[UUID]) -> QuerySet[SuggestedFix]:
    columns = ("session_id", "status", "applied_at", "superseded_at", "follow_up_at", "ai_outcome_proposal")
    return SuggestedFix.objects.current().filter(AnyOf("session_id", session_ids)).only(*columns)


EXTENSION = Extension(
    name="panel",
    panel=_panel,
    summaries=_summaries,
    templates={
        "dock": "fixes/slots/dock.html",
        "lane": "fixes/slots/lane.html",
        "lane-button": "fixes/slots/lane_button.html",
    },
    entry_template="fixes/_event.html",
)
