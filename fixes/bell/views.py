"""The bell over HTTP: its list, as a fragment for the bell and as a page, and the acts in it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common.error_pages import error_response
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from common.times import clock
from fixes.bell.forms import ReadAllForm, SnoozeForm
from fixes.bell.listing import notices_of
from fixes.board.counts import counts_for
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.transitions import Source
from sessions import notices as acts


@members_only
@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """Show the list: the bell's fragment to htmx, else the page."""
    return _listed(request)


@members_only
@require_safe
def open_notice(request: MemberRequest, nid: UUID) -> HttpResponse:
    """Mark the notice as read, and lead to what it is about."""
    notice = get_object_or_404(acts.of(request.user), pk=nid)
    if request.method == "GET":
        acts.mark_read(request.user, nid)
    return redirect(acts.address_of(notice))


@members_only
@post_only
def read_all(request: MemberRequest) -> HttpResponse:
    form = ReadAllForm(request.POST)
    if not form.is_valid():
        return error_response(request, 422, "Not marked as read", ["This form is incomplete. Reload the page."])
    acts.mark_all_read(request.user, form.cleaned_data["until"])
    return _done(request, "All notices marked as read.")


@engineers_only
@post_only
def snooze(request: MemberRequest, fid: UUID) -> HttpResponse:
    """Move a check-by time. A refusal changes nothing and is shown above the list."""
    fixes, form = SuggestedFix.objects.visible_to(request.user), SnoozeForm(request.POST)
    get_object_or_404(fixes, pk=fid)
    if not form.is_valid():
        return _listed(request, 422, str(next(iter(form.errors.values()))[0]))
    try:
        fix = form.perform(fid, By(request.user, Source.BANNER), fixes)
    except InvalidInput as invalid:
        return _listed(request, 422, next(iter(invalid.errors.values())))
    except Refusal as refusal:
        return _listed(request, 409, refusal.message)
    assert fix.follow_up_at
    return _done(request, f"Snoozed until {clock(fix.follow_up_at, timezone.now())}.", changed=True)


def _done(request: MemberRequest, said: str, *, changed: bool = False) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said)
        return see_other("notices")
    response = _listed(request, focused=True)
    trigger_client_event(response, "announce", {"value": said})
    return trigger_client_event(response, "fix:changed", after="settle") if changed else response


def _listed(request: MemberRequest, status: int = 200, refusal: str = "", *, focused: bool = False) -> HttpResponse:
    now, cursor = timezone.now(), request.GET.get("cursor")
    try:
        listed = notices_of(request.user, now, cursor)
    except InvalidInput:  # a cursor that was kept for too long
        messages.warning(request, "That page no longer exists. Showing the first.")
        listed = notices_of(request.user, now)
    context = {"listed": listed, "refusal": refusal, "focused": focused or bool(refusal)}
    if not request.htmx:
        return render(request, "fixes/bell/page.html", context, status=status)
    context["awaiting"] = counts_for(request.user, now)
    return render(request, "fixes/bell/_answer.html", context, status=status)
