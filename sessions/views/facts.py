"""“What we know” over HTTP: the lane's section with its forms, and the acts behind its buttons.

One address serves htmx (the section comes back) and plain forms (a redirect to the page, or the whole page with the
refused form in it).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from accounts.guards import engineers_only, members_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from sessions import facts
from sessions.extensions import read_panels
from sessions.forms import form_key_of
from sessions.known import FactForm, Known, draft_key, facts_of, message_of, read_known
from sessions.models import AISession, Fact, FactKind
from sessions.refusals import FactChanged
from sessions.updates import shown_by, updates_after_act, updates_since
from sessions.views.page import render_session, session_of

_VERSION = re.compile(r"[0-9]{1,9}")

GONE = "{who} removed this fact while you were editing. Nothing has been saved. You can add yours as a new fact."
CHANGED = "{who} changed this fact while you were editing, to “{text}”. Nothing has been saved."
NOT_REMOVED = "{who} has changed this fact, so it wasn’t removed."


@members_only
@require_safe
def known(request: MemberRequest, sid: UUID) -> HttpResponse:
    """Render the section, with the form open that the address names."""
    session = session_of(request, sid)
    context = {"session": session, "known": read_known(session, request.user, request.GET)}
    return render(request, "sessions/_known.html", context)


@engineers_only
@post_only
def add_fact(request: MemberRequest, sid: UUID) -> HttpResponse:
    session = session_of(request, sid)
    source = message_of(session, request.POST.get("message"))
    form = replace(_sent(request), source=source)
    number = source.sequence if source else None
    act = lambda: facts.add(  # noqa: E731
        sid,
        form.text,
        form.kind,
        user=request.user,
        source=number,
        sessions=AISession.objects.visible_to(request.user),
        form_key=form_key_of(request.POST),
    )
    return _answer(request, session, form, act, "Fact added.")


@engineers_only
@post_only
def edit_fact(request: MemberRequest, sid: UUID, fact_id: UUID) -> HttpResponse:
    session = session_of(request, sid)
    form = replace(_sent(request), fact=_fact(session, fact_id))
    changes: facts.Changes = {"text": form.text, "kind": form.kind}
    return _answer(
        request, session, form, lambda: _change(request, sid, fact_id, changes, _seen(request)), "Fact saved."
    )


@engineers_only
@post_only
def remove_fact(request: MemberRequest, sid: UUID, fact_id: UUID) -> HttpResponse:
    session = session_of(request, sid)
    act = lambda: _change(request, sid, fact_id, {"removed": True}, _seen(request))  # noqa: E731
    return _answer(request, session, None, act, "Fact removed. You can undo this.", fact_id=fact_id)


@engineers_only
@post_only
def restore_fact(request: MemberRequest, sid: UUID, fact_id: UUID) -> HttpResponse:
    session = session_of(request, sid)
    act = lambda: _change(request, sid, fact_id, {"removed": False})  # noqa: E731
    return _answer(request, session, None, act, "Fact restored.", fact_id=fact_id)


def _sent(request: MemberRequest) -> FactForm:
    return FactForm(text=request.POST.get("text", ""), kind=request.POST.get("kind", FactKind.ENGINEER_NOTE))


def _fact(session: AISession, fact_id: UUID) -> Fact:
    try:
        return session.facts.get(pk=fact_id)
    except Fact.DoesNotExist as error:
        raise Http404 from error


def _change(request: MemberRequest, sid: UUID, fact_id: UUID, changes: facts.Changes, seen: int | None = None) -> Fact:
    sessions = AISession.objects.visible_to(request.user)
    return facts.change(sid, fact_id, changes, user=request.user, sessions=sessions, seen=seen)


def _seen(request: MemberRequest) -> int | None:
    """Return the version of the fact that the form was rendered from; None where a client doesn't say."""
    version = request.POST.get("version", "")
    return int(version) if _VERSION.fullmatch(version) else None


def _answer(
    request: MemberRequest,
    session: AISession,
    form: FactForm | None,
    act: Callable[[], Fact],
    said: str,
    *,
    fact_id: UUID | None = None,
) -> HttpResponse:
    """Run the act and answer with the section. `form`: the one that was sent; a refusal gives it back filled in."""
    try:
        fact = act()
    except Fact.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        form = replace(form or FactForm(), errors=invalid.errors)
        return _refused(request, Known(session, request.user, facts_of(session, request.user), form), 422)
    except Refusal as refusal:
        known = Known(session, request.user, facts_of(session, request.user))
        if form:
            known.form = _refused_form(form, refusal)
        else:
            known.refused, known.refusal = fact_id, _reason(refusal, NOT_REMOVED)
        return _refused(request, known, 409)
    draft = form.draft_key(request.user, session) if form else draft_key(request.user, session.pk, fact, None)
    return _done(request, session, fact, said, draft)


def _refused_form(form: FactForm, refusal: Refusal) -> FactForm:
    """Return the form as it was sent, for another try: to the fact as it is now, or to add it as a new one."""
    if not isinstance(refusal, FactChanged):
        return replace(form, refusal=refusal.message)
    if refusal.fact.is_removed:
        return replace(form, fact=None, source=refusal.fact.source_message, refusal=_reason(refusal, GONE))
    return replace(form, fact=refusal.fact, refusal=_reason(refusal, CHANGED))


def _reason(refusal: Refusal, words: str) -> str:
    if not isinstance(refusal, FactChanged):
        return refusal.message
    return words.format(who=refusal.fact.changed_by or "FlowPilot", text=refusal.fact.text)


def _done(request: MemberRequest, session: AISession, fact: Fact, said: str, draft: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, said, extra_tags=draft)
        page = reverse("session", args=[session.pk])
        return see_other(f"{page}?fact={fact.pk}#known" if fact.is_removed else f"{page}#fact-{fact.pk}")
    if fact.session.owner_id == session.owner_id:
        fact.session.owner = session.owner  # read already
    session, shown = fact.session, shown_by(request)
    updates, panels = updates_after_act(session, shown), {}
    if updates is None:
        panels = read_panels(request, session, {})
        updates = updates_since(shown, session, panels)
    known = Known(session, request.user, facts_of(session, request.user, fact.pk), focused=fact.pk)
    context = {"session": session, "known": known, "updates": updates, **panels}
    response = render(request, "sessions/_known_done.html", context)
    trigger_client_event(response, "announce", {"value": said})
    return trigger_client_event(response, "draft:clear", {"value": draft})


def _refused(request: MemberRequest, known: Known, status: int) -> HttpResponse:
    if not request.htmx:
        return render_session(request, known.session, status=status, known=known)
    context = {"session": known.session, "known": known}
    return render(request, "sessions/_known.html", context, status=status)
