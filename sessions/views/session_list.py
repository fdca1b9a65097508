"""The list of an account's sessions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.guards import members_only
from accounts.requests import MemberRequest
from common import keyset
from common.refusals import InvalidInput
from common.search import lacks_words, read_search
from sessions.extensions import read_summaries
from sessions.list_rows import row_of
from sessions.models import AISession
from sessions.tabs import TABS, statuses_of, tabs_with_counts

COLUMNS = (
    *("title", "client_name", "ticket_ref", "status", "resolution_kind", "updated_at"),
    *("owner__display_name", "owner__email"),
)


@members_only
@require_safe
def session_list(request: MemberRequest) -> HttpResponse:
    """Show the account's sessions, the last change first."""
    search = read_search(request.GET.get("q", ""))
    tab = request.GET.get("status", "open")
    if tab not in TABS:
        raise Http404("No such status.")
    try:
        page = _page(request, search, tab, request.GET.get("cursor"))
    except InvalidInput:  # a cursor of another list, or an old one
        messages.warning(request, "That page no longer exists. Showing the first.")
        page = _page(request, search, tab, None)
    summaries = read_summaries(page.rows)
    context = {
        "page": page,
        "rows": [row_of(session, summaries[session.pk]) for session in page.rows],
        "search": search,
        "lacks_words": lacks_words(search),
        "tab": tab,
        "tab_label": TABS[tab],
        "tabs": tabs_with_counts(AISession.objects.visible_to(request.user).matching(search)),
    }
    return render(request, "sessions/list.html", context)


def _page(request: MemberRequest, search: str, tab: str, cursor: str | None) -> keyset.Page[AISession]:
    sessions = AISession.objects.visible_to(request.user).matching(search).filter(status__in=statuses_of(tab))
    return keyset.page(
        sessions.select_related("owner").only(*COLUMNS),
        order=("-updated_at", "-id"),
        cursor=cursor,
        bound_to=("sessions", request.user.account_id, tab, search),
    )
