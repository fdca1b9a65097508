"""Session list and session page, and the acts on a session itself. What its fixes do stands in `fixes`."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common import keyset
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from common.search import lacks_words, read_search
from sessions import acts
from sessions.forms import HeaderForm, MessageForm, ReasonForm
from sessions.models import OPEN, AISession, Author, Message, SessionStatus

FILTERS = {"open": "Open", **dict(SessionStatus.choices), "all": "All"}
"""Value of `?status=` → the tab's word."""


@members_only
@require_safe
def session_list(request: MemberRequest) -> HttpResponse:
    """The account's sessions, the last change first."""
    search = read_search(request.GET.get("q", ""))
    status = request.GET.get("status", "open")
    if status not in FILTERS:
        raise Http404("No such status.")
    try:
        page = _page(request, search, status, request.GET.get("cursor"))
    except InvalidInput:  # of another list, or kept for too long
        messages.warning(request, "That page of the list is not there any more. This is the first one.")
        page = _page(request, search, status, None)
    context = {
        "page": page,
        "search": search,
        "lacks_words": lacks_words(search),
        "status": status,
        "filters": FILTERS,
        "filter_word": FILTERS[status],
    }
    return render(request, "sessions/list.html", context)


def _page(request: MemberRequest, search: str, status: str, cursor: str | None) -> keyset.Page[AISession]:
    return keyset.page(
        _filtered(request, search, status).select_related("owner"),
        order=("-updated_at", "-id"),
        cursor=cursor,
        bound_to=("sessions", request.user.account_id, status, search),
    )


def _filtered(request: MemberRequest, search: str, status: str) -> QuerySet[AISession]:
    sessions = AISession.objects.visible_to(request.user).matching(search)
    if status == "all":
        return sessions
    return sessions.filter(status__in=OPEN if status == "open" else [status])


@members_only
@require_safe
def session_page(request: MemberRequest, sid: UUID) -> HttpResponse:
    return draw_session(request, _session(request, sid))


def draw_session(request: MemberRequest, session: AISession, *, status: int = 200, **context: Any) -> HttpResponse:
    """The whole page. `context` may hold what a refused form leaves: `panel`, `composer`, `session_refusal`."""
    conversation = list(session.messages.select_related("user").order_by("sequence"))
    context = {"session": session, "messages_of": conversation, **context}
    return render(request, "sessions/page.html", context, status=status)


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: MemberRequest) -> HttpResponse:
    form = HeaderForm(_sent(request))
    draft = f"{request.user.pk}:new-session"
    if form.is_valid():
        assert request.user.account_id  # the guard has seen to it
        session = acts.begin(request.user.account_id, request.user, form.cleaned_data)
        messages.success(request, "The session is open.", extra_tags=draft)
        return see_other("session", session.pk, anchor="composer")
    return _draw_header(request, form, draft=draft)


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Correct title, client, ticket and problem. Two people who mend different fields don't undo each other."""
    session = _session(request, sid)
    form = HeaderForm(_sent(request), initial={name: getattr(session, name) for name in HeaderForm.base_fields})
    draft = f"{request.user.pk}:{sid}:header"
    if form.is_valid():
        acts.edit(sid, form.changes, sessions=AISession.objects.visible_to(request.user))
        messages.success(request, "Saved.", extra_tags=draft)
        return see_other("session", sid, anchor="main")
    return _draw_header(request, form, draft=draft, session=session)


def _sent(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _draw_header(request: MemberRequest, form: HeaderForm, **context: Any) -> HttpResponse:
    return render(request, "sessions/header.html", {"form": form, **context}, status=422 if form.is_bound else 200)


@engineers_only
@require_POST
def post_message(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Store the engineer's message. A refusal gives it back as it was typed."""
    form, sessions = MessageForm(request.POST), AISession.objects.visible_to(request.user)
    if not form.is_valid():
        return _message_refused(request, sid, 422, str(form.errors["content"][0]))
    content = form.cleaned_data["content"]
    try:
        message = acts.post(sid, Author.ENGINEER, content, user=request.user, sessions=sessions)
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        return _message_refused(request, sid, 422, invalid.errors["content"])
    except Refusal as refusal:
        return _message_refused(request, sid, 409, refusal.message)
    return _message_posted(request, message)


def _message_posted(request: MemberRequest, message: Message) -> HttpResponse:
    if not request.htmx:
        return see_other("session", message.session_id, anchor="composer")
    was_refused = "refused" in request.POST  # then the error and the words still stand in the composer
    context = {"message": message, "session": message.session, "was_refused": was_refused}
    response = render(request, "sessions/_posted.html", context)
    trigger_client_event(response, "announce", {"value": "Message sent."})
    trigger_client_event(response, "message:posted")
    draft = f"{request.user.pk}:{message.session_id}:message"
    return trigger_client_event(response, "draft:clear", {"value": draft})


def _message_refused(request: MemberRequest, sid: UUID, status: int, error: str) -> HttpResponse:
    session = _session(request, sid)
    composer = {"content": request.POST.get("content", ""), "error": error}
    if not request.htmx:
        return draw_session(request, session, status=status, composer=composer)
    context = {"session": session, "composer": composer}
    response = render(request, "sessions/_composer.html", context, status=status)
    return reswap(retarget(response, "#composer"), "outerHTML")


@engineers_only
@require_POST
def set_status(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Pause, resume or abandon."""
    status = request.POST.get("status", "")
    if status not in SessionStatus.values:
        return _act_refused(request, sid, 422, "There is no such status. Nothing was changed.")
    sessions = AISession.objects.visible_to(request.user)
    return _acted(request, sid, lambda: acts.edit(sid, {"status": status}, sessions=sessions))


@engineers_only
@require_POST
def reopen(request: MemberRequest, sid: UUID) -> HttpResponse:
    form, sessions = ReasonForm(request.POST), AISession.objects.visible_to(request.user)
    if not form.is_valid():
        return _act_refused(request, sid, 422, str(form.errors["reason"][0]))
    reason = form.cleaned_data["reason"]
    return _acted(request, sid, lambda: acts.reopen(sid, reason, user=request.user, sessions=sessions))


def _acted(request: MemberRequest, sid: UUID, act: Callable[[], AISession]) -> HttpResponse:
    try:
        session = act()
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        return _act_refused(request, sid, 422, str(invalid))
    except Refusal as refusal:
        return _act_refused(request, sid, 409, refusal.message)
    draft = f"{request.user.pk}:{sid}:reopen"
    messages.success(request, f"This session is {session.get_status_display().lower()}.", extra_tags=draft)
    return see_other("session", sid, anchor="main")


def _act_refused(request: MemberRequest, sid: UUID, status: int, error: str) -> HttpResponse:
    session = _session(request, sid)
    refusal = {
        "error": error,
        "reason": request.POST.get("reason", ""),
        "beside_field": "reason" in request.POST and not session.is_open,
    }
    return draw_session(request, session, status=status, session_refusal=refusal)


def _session(request: MemberRequest, sid: UUID) -> AISession:
    return get_object_or_404(AISession.objects.visible_to(request.user).select_related("owner"), pk=sid)
