"""FlowPilot's answers in the browser: what is written so far, Stop, Try again."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.ids import uuid_or_none
from common.redirects import see_other
from common.refusals import Refusal
from flowpilot import answers
from flowpilot.copilot import FlowPilot
from flowpilot.models import Answer, AnswerState
from flowpilot.models.answer import BUILT_IN
from flowpilot.session_page import Panel
from sessions.extensions import read_panels
from sessions.models import AISession
from sessions.titles import page_title
from sessions.updates import shown_by, updates_since
from sessions.views.page import session_of

Act = Callable[..., Answer]
"""An act of `flowpilot.answers` that lacks only its `sessions`."""

ENDED = {
    AnswerState.DONE: "FlowPilot answered.",
    AnswerState.FAILED: "FlowPilot couldn’t answer.",
    AnswerState.STOPPED: "The answer was stopped.",
}
"""What is announced when an answer that was open has ended."""


@members_only
@require_safe
def poll(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Render the answer that is being written, and what else the page has missed."""
    return _answering(request, sid, request.GET.get("known", ""))


@engineers_only
@post_only
def stop(request: MemberRequest, sid: UUID, aid: UUID) -> HttpResponse:
    """Stop an answer. One that has ended meanwhile is shown as it ended."""
    return _act(request, sid, aid, partial(answers.stop, aid), shows_it=False)


@engineers_only
@post_only
def retry(request: MemberRequest, sid: UUID, aid: UUID) -> HttpResponse:
    """Ask again for an answer that failed or was stopped. `provider=built-in` asks the built-in copilot."""
    provider = BUILT_IN if request.POST.get("provider") == BUILT_IN else None
    return _act(request, sid, aid, partial(answers.retry, aid, provider=provider), shows_it=True)


def _act(request: MemberRequest, sid: UUID, aid: UUID, act: Act, *, shows_it: bool) -> HttpResponse:
    """Run an act on an answer. `shows_it`: the page shows how the answer had ended, which is over now."""
    said = ""
    try:
        FlowPilot().go_on(act(sessions=AISession.objects.visible_to(request.user).filter(pk=sid)))
    except Answer.DoesNotExist as error:
        raise Http404 from error
    except Refusal as refusal:
        said = refusal.message
    if request.htmx:
        return _answering(request, sid, request.POST.get("known", ""), said, acted_on=aid, shows_it=shows_it)
    if said:
        messages.warning(request, said)
    return see_other("session", sid, anchor="composer")


def _answering(
    request: MemberRequest,
    sid: UUID,
    known: str,
    said: str = "",
    *,
    acted_on: UUID | None = None,
    shows_it: bool = False,
) -> HttpResponse:
    """Render the open answer. `known`: the answers that the page shows as open (`Panel.known`)."""
    session = session_of(request, sid)
    shown = shown_by(request)
    has_missed = shown is not None and session.state_version > shown.version
    watched = {id_ for part in known.split(",") if (id_ := uuid_or_none(part.partition(".")[0]))}
    watched |= {acted_on} if acted_on else set()
    panel = Panel(session, request.user, named=None if has_missed else watched)
    ended = [answer for answer in panel.answers if answer.pk in watched and not answer.is_open]
    context = {
        "session": session,
        "copilot": panel,
        "has_changed": known != panel.known,
        "ended": [answer for answer in ended if answer.reply_id is None],
        "remove": acted_on if shows_it else None,
    }
    if has_missed:
        panels = read_panels(request, session, {"copilot": panel})
        context |= {**panels, "updates": updates_since(shown, session, panels)}
    response = render(request, "flowpilot/_polled.html", context)
    if has_missed:
        title = page_title(session, *(each.tab_state for each in panels.values()))
        trigger_client_event(response, "title", {"value": f"{title} · ResolutionFlow"})
        trigger_client_event(response, "fix:changed", after="settle")
    words = said or next((ENDED[AnswerState(answer.state)] for answer in ended), "")
    return trigger_client_event(response, "announce", {"value": words}) if words else response
