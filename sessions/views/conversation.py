"""Messages that people write in a session."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from sessions import acts, copilot
from sessions.extensions import read_panels
from sessions.forms import MessageForm, form_key_of
from sessions.models import AISession, Author, Message
from sessions.titles import page_title
from sessions.updates import shown_by, updates_after_message, updates_since
from sessions.views.page import render_session, session_of


@engineers_only
@post_only
def post_message(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Store the engineer's message. A refusal gives the text back as it was typed."""
    form, sessions = MessageForm(request.POST), AISession.objects.visible_to(request.user)
    if not form.is_valid():
        return _refused(request, sid, 422, str(form.errors["content"][0]))
    content, key, asks = form.cleaned_data["content"], form_key_of(request.POST), request.POST.get("ask") == "yes"
    try:
        message = acts.post(
            sid, Author.ENGINEER, content, user=request.user, sessions=sessions, form_key=key, asks=asks
        )
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        return _refused(request, sid, 422, invalid.errors["content"])
    except Refusal as refusal:
        return _refused(request, sid, 409, refusal.message)
    if asks:
        copilot.registered().write_answers(sid)
    return _posted(request, message, asks)


def _posted(request: MemberRequest, message: Message, asks: bool) -> HttpResponse:
    if not request.htmx:
        return see_other("session", message.session_id, anchor="composer")
    shown = shown_by(request)
    updates, panels = None if asks else updates_after_message(message, shown), {}
    if updates is None:
        message.session = session_of(request, message.session_id)
        panels = read_panels(request, message.session, {})
        updates = updates_since(shown, message.session, panels)
    context = {
        "session": message.session,
        "updates": updates,
        "next_key": uuid4(),
        "asked": asks,
        "was_refused": "refused" in request.POST,  # the error and the text are still in the composer
        **panels,
    }
    response = render(request, "sessions/_posted.html", context)
    trigger_client_event(response, "announce", {"value": "Message sent."})
    if panels:
        title = page_title(message.session, *(panel.tab_state for panel in panels.values()))
        trigger_client_event(response, "title", {"value": f"{title} · ResolutionFlow"})
    if not updates.all_parts:
        trigger_client_event(response, "message:posted")  # the banner may ask again by now
    draft = f"{request.user.pk}:{message.session_id}:message"
    return trigger_client_event(response, "draft:clear", {"value": draft})


def _refused(request: MemberRequest, sid: UUID, status: int, error: str) -> HttpResponse:
    session = session_of(request, sid)
    composer = {"content": request.POST.get("content", ""), "error": error}
    if not request.htmx:
        return render_session(request, session, status=status, composer=composer)
    context = {"session": session, "composer": composer}
    response = render(request, "sessions/_composer.html", context, status=status)
    return reswap(retarget(response, "#composer"), "outerHTML")
