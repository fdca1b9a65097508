"""What the claimer of a handoff does on its session's page: ask, return, rate."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.forms import form_key_of
from sessions.views.page import render_session, session_of
from tickets import handoffs
from tickets.models import Handoff
from tickets.pickup import PickupForm, draft_key
from tickets.session_page import Panel


@engineers_only
@post_only
def ask(request: MemberRequest, hid: UUID) -> HttpResponse:
    question, key = request.POST.get("question", ""), form_key_of(request.POST)
    act = lambda **given: handoffs.ask(hid, question, form_key=key, **given)  # noqa: E731
    return _done(request, hid, act, PickupForm("ask", "", question), said="Question sent.")


@engineers_only
@post_only
def give_back(request: MemberRequest, hid: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    act = lambda **given: handoffs.give_back(hid, reason, **given)  # noqa: E731
    return _done(request, hid, act, PickupForm("return", "", reason), said="Returned to {giver}.")


@engineers_only
@post_only
def rate(request: MemberRequest, hid: UUID) -> HttpResponse:
    """`enough` is the pressed button; what was missing counts for “no” only."""
    was_enough = request.POST.get("enough") == "yes"
    missing, notes = tuple(request.POST.getlist("missing")), request.POST.get("notes", "")
    rating: dict[str, Any] = {"was_enough": was_enough} | ({} if was_enough else {"missing": missing, "notes": notes})
    act = lambda **given: handoffs.rate(hid, **rating, **given)  # noqa: E731
    return _done(request, hid, act, PickupForm("rate", "", notes, missing), said="Thanks. {giver} sees your rating.")


def _done(
    request: MemberRequest, hid: UUID, act: Callable[..., Handoff], form: PickupForm, *, said: str
) -> HttpResponse:
    by, visible = By(request.user, Source.ESCALATE), Handoff.objects.visible_to(request.user)
    try:
        handoff = act(by=by, handoffs=visible)
    except Handoff.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        return _refused(request, hid, 422, form, " ".join(invalid.errors.values()))
    except Refusal as refusal:
        return _refused(request, hid, 409, form, refusal.message)
    draft = draft_key(request.user, handoff.session, form.name)
    messages.success(request, said.format(giver=handoff.from_user), extra_tags=draft)
    return see_other("session", handoff.session_id, anchor="main")


def _refused(request: MemberRequest, hid: UUID, status: int, form: PickupForm, error: str) -> HttpResponse:
    """Render the page with the form as it was sent; where the card is gone, its text with the reason above."""
    handoff = get_object_or_404(Handoff.objects.visible_to(request.user), pk=hid)
    session = session_of(request, handoff.session_id)
    panel = Panel(session, request.user, form=PickupForm(form.name, error, form.text, form.missing))
    refusal = None if panel.pickup else {"error": error, "reason": form.text}
    return render_session(request, session, status=status, tickets=panel, session_refusal=refusal)
