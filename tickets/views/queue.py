"""The queue of escalations over HTTP: its page, its refreshed part, and *Claim* and *Take back* in its rows."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from accounts.guards import engineers_only, members_only, polled
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.views.page import render_session, session_of
from tickets import handoffs
from tickets.models import Handoff
from tickets.queue.filters import Filters
from tickets.queue.listing import Queue, queue_for, row_now


@members_only
@require_safe
def escalations(request: MemberRequest) -> HttpResponse:
    """Show the account's escalations: what waits longest first, then what was claimed and returned."""
    return render(request, "tickets/queue/page.html", {"queue": _page(request, Filters.read(request.GET))})


@polled
@require_safe
def refreshed(request: MemberRequest) -> HttpResponse:
    """Answer the part of the page that changes, which the page asks for each minute."""
    queue = _page(request, Filters.read(request.GET))
    response = render(request, "tickets/queue/_queue.html", {"queue": queue})
    return trigger_client_event(response, "title", {"value": f"{queue.counts.title} · ResolutionFlow"})


@engineers_only
@post_only
def claim(request: MemberRequest, hid: UUID) -> HttpResponse:
    """Claim, and go to the session with its package. A refusal says who was first, in the row's place."""
    visible = Handoff.objects.visible_to(request.user)
    try:
        handoff = handoffs.claim(hid, By(request.user, Source.ESCALATE), handoffs=visible)
    except Handoff.DoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        return _refused(request, hid, refusal.message)
    return _go_on(request, handoff)


@engineers_only
@post_only
def take_back(request: MemberRequest, hid: UUID) -> HttpResponse:
    """Take back what nobody has claimed, and go to the session."""
    visible = Handoff.objects.visible_to(request.user)
    try:
        handoff = handoffs.take_back(hid, By(request.user, Source.ESCALATE), handoffs=visible)
    except Handoff.DoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        return _refused(request, hid, refusal.message)
    messages.success(request, "Taken back. The session is active again.")
    return _go_on(request, handoff)


def _go_on(request: MemberRequest, handoff: Handoff) -> HttpResponse:
    page = see_other("session", handoff.session_id, anchor="package" if handoff.claimed_by else "main")
    return HttpResponseClientRedirect(page.url) if request.htmx else page  # type: ignore[attr-defined]


def _refused(request: MemberRequest, hid: UUID, reason: str) -> HttpResponse:
    """Answer 409: the row as it is now, below the reason; without htmx on the whole page that the form came from."""
    row = row_now(request.user, hid, reason)
    if request.POST.get("place") == "session":
        session = session_of(request, row.session.pk)
        return render_session(request, session, status=409, session_refusal={"error": reason})
    if request.htmx:
        return render(request, "tickets/queue/_row.html", {"row": row}, status=409)
    queue = _page(request, Filters.read_back(request.POST.get("back", "")))
    return render(request, "tickets/queue/page.html", {"queue": queue, "refused": row}, status=409)


def _page(request: MemberRequest, filters: Filters) -> Queue:
    try:
        return queue_for(request.user, filters)
    except InvalidInput:  # a cursor of another group, or kept for too long
        messages.warning(request, "That page no longer exists. Showing the first.")
        return queue_for(request.user, Filters(filters.show, filters.state))
