"""The addendum to a posted text: posted as it is offered, edited first, or put off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.numbers import whole_number
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.forms import form_key_of
from sessions.models import AISession
from sessions.views.page import session_of
from tickets import addenda
from tickets.put_off import put_off
from tickets.refusals import KeepsUnverifiedWords
from tickets.views import alert
from tickets.views.warnings import shown
from tickets.writing.rendering import as_markdown


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def addendum_page(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Show the addendum in a field, or post it: as it was edited, or, from the banner, as it is offered."""
    if request.method != "POST":
        return _render(request, session_of(request, sid))
    typed = request.POST.get("text")
    by, sessions = By(request.user, Source.BANNER), AISession.objects.visible_to(request.user)
    version, key = whole_number(request.POST.get("version")), form_key_of(request.POST)
    if version is None or key is None:
        return _render(request, session_of(request, sid), status=400, alert=alert.incomplete())
    options: dict[str, Any] = {
        "text": None if typed is None else typed.replace("\r\n", "\n"),
        "version": version,
        "form_key": key,
        "my_words": bool(request.POST.get("my_words")),
    }
    try:
        text = addenda.post(sid, by, sessions=sessions, **options)
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        why = alert.about_fields((name, [message]) for name, message in invalid.errors.items())
        return _render(request, session_of(request, sid), status=422, alert=why, errors=list(invalid.errors.values()))
    except Refusal as refusal:
        warnings = shown(refusal.warnings) if isinstance(refusal, KeepsUnverifiedWords) else []
        why = alert.about_refusal(refusal)
        return _render(request, session_of(request, sid), status=409, alert=why, warnings=warnings, reason=refusal)
    messages.success(request, "Addendum posted.", extra_tags=f"{request.user.pk}:{sid}:addendum")
    return see_other("session", sid, anchor=f"text-{text.pk}")


def _render(request: MemberRequest, session: AISession, *, status: int = 200, **context: Any) -> HttpResponse:
    offer, typed = addenda.offer_for(session, user=request.user), request.POST.get("text")
    if offer is None:
        context = {"session": session, "text": typed, "reason": context.get("reason")}
        return render(request, "tickets/nothing_to_add.html", context, status=status)
    text = as_markdown(offer.document).strip() if typed is None else typed
    return render(
        request, "tickets/addendum.html", {"session": session, "offer": offer, "text": text, **context}, status=status
    )


@engineers_only
@post_only
def not_now(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Stop offering the addendum in the banner. The list of texts goes on offering it."""
    session = session_of(request, sid)
    put_off(request, session)
    return see_other("session", session.pk, anchor="fix-banner")
