"""The pages that resolve and escalate a session: `/sessions/<id>/resolve/` and `/escalate/`.

One address shows the form and takes it. A refusal gives everything back as it was typed.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from accounts.guards import engineers_only, polled
from accounts.requests import MemberRequest
from common.numbers import whole_number
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.forms import form_key_of
from sessions.models import AISession, SessionStatus
from sessions.views.page import session_of
from tickets import closing, previews
from tickets.closing import Closing
from tickets.forms.closing import ClosingForm
from tickets.models import Handoff, Kind, PostedText, PreviewState
from tickets.refusals import AlreadyEnded, KeepsUnverifiedWords, already_ended
from tickets.views import alert
from tickets.views.alert import Alert
from tickets.views.closing_page import ClosingPage
from tickets.views.redirected import leads_to_page
from tickets.views.saving import save_unposted

SOURCES = {Kind.NOTE: Source.RESOLVE, Kind.PACKAGE: Source.ESCALATE}


@engineers_only
@require_http_methods(["GET", "HEAD", "POST"])
def closing_page(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Show the form that closes the session, or close it."""
    page = page_of(request, sid, kind)
    if not page.session.is_open and request.method != "POST":
        return render_closed(request, page.session)
    return _close(request, page) if request.method == "POST" else render_page(request, page)


def page_of(request: MemberRequest, sid: UUID, kind: Kind) -> ClosingPage:
    """Return the page as the request asks for it: with what was sent, and the text in a field if it is edited."""
    session, now = session_of(request, sid), timezone.now()
    if request.user.account:  # it is theirs: `session_of` finds no other
        session.account = request.user.account
    fix = session.suggested_fixes.current().first()
    data = request.POST if request.method == "POST" else None
    form = ClosingForm(data, session=session, kind=kind, fix=fix, user=request.user, now=now, asked=request.GET.dict())
    is_editing = (request.POST if data is not None else request.GET).get("edit") == "1"
    return ClosingPage(session, request.user, kind, form, now, is_editing, typed=_typed(request, is_editing))


def _typed(request: MemberRequest, is_editing: bool) -> str | None:
    return request.POST["text"].replace("\r\n", "\n") if is_editing and "text" in request.POST else None


def _close(request: MemberRequest, page: ClosingPage) -> HttpResponse:
    form, act = page.form, closing.resolve if page.is_note else closing.escalate
    key = form_key_of(request.POST)
    if key is None or page.sent_version is None:
        return _refuse(request, page, alert.incomplete(), status=400)
    if not form.is_valid():
        return _refuse_fields(request, page)
    by, sessions = By(request.user, SOURCES[page.kind]), AISession.objects.visible_to(request.user)
    try:
        done = act(page.session.pk, _asked(page), by, sessions=sessions, version=page.sent_version, form_key=key)
    except AISession.DoesNotExist as error:
        raise Http404 from error
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return _refuse_fields(request, page)
    except AlreadyEnded:
        return render_closed(request, session_of(request, page.session.pk), page=page, status=409)
    except Refusal as refusal:
        return _refuse(request, page, alert.about_refusal(refusal), status=409, refusal=refusal)
    return _closed(request, page, done)


def _refuse_fields(request: MemberRequest, page: ClosingPage) -> HttpResponse:
    return _refuse(request, page, alert.about_fields(page.form.errors.items()), status=422)


def _refuse(
    request: MemberRequest, page: ClosingPage, why: Alert, *, status: int, refusal: Refusal | None = None
) -> HttpResponse:
    """Give everything back as it was typed, and say why nothing was posted."""
    if not page.session.is_open:
        return render_closed(request, page.session, page=page, status=409)
    save_unposted(page)
    page.alert = why
    if isinstance(refusal, KeepsUnverifiedWords):
        page.refused_for = list(refusal.warnings)  # of the text as the act would have it recorded
    return render_page(request, page, status=status)


def _asked(page: ClosingPage) -> Closing:
    form = page.form
    return Closing(
        form.inputs,
        page.language,
        page.posted_writer,
        text=None if page.is_unedited else page.typed,
        my_words=bool(form.cleaned_data.get("my_words")),
        to=form.target if page.kind == Kind.PACKAGE else None,
    )


def _closed(request: MemberRequest, page: ClosingPage, done: PostedText | Handoff) -> HttpResponse:
    session = session_of(request, page.session.pk)
    if page.is_note:
        kind = session.get_resolution_kind_display() or ""
        said = f"Note posted. You resolved the session{' as provisional' if kind == 'Provisional' else ''}."
    else:
        target = page.form.target
        said = (
            f"Package posted. You escalated the session to {target}."
            if target
            else "Package posted. You escalated the session to whoever claims it first."
        )
    messages.success(request, said, extra_tags=page.draft_key)
    posted = done.text_id if isinstance(done, Handoff) else done.pk
    return see_other("session", session.pk, anchor=f"text-{posted}")


def render_page(request: MemberRequest, page: ClosingPage, *, status: int = 200) -> HttpResponse:
    return render(request, "tickets/closing.html", context_of(page), status=status)


def context_of(page: ClosingPage) -> dict[str, Any]:
    return {"page": page, "session": page.session, "form": page.form}


def render_closed(
    request: MemberRequest, session: AISession, *, page: ClosingPage | None = None, status: int = 200
) -> HttpResponse:
    """Say who closed the session and when; what was typed is kept. A page that is open says it in its notice."""
    if request.htmx and page:
        page.is_part = True
        response = render(request, "tickets/_overtaken.html", context_of(page), status=status)
        return reswap(retarget(response, "#overtaken"), "outerHTML")
    refusal = already_ended(session)
    context = {
        "session": session,
        "page": page,
        "refusal": refusal,
        "is_escalated": session.status == SessionStatus.ESCALATED,
        "text": session.texts.order_by("-posted_at", "-id").exclude(kind=Kind.ADDENDUM).first(),
    }
    return render(request, "tickets/closed.html", context, status=status)


@engineers_only
@leads_to_page()
def preview(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Show the text as the form as it is now would have it written: the text alone for htmx, else the whole page."""
    page = page_of(request, sid, kind)
    if not page.session.is_open:
        return render_closed(request, page.session, page=page, status=409)
    if not request.htmx:
        return render_page(request, page)
    page.is_part = True
    if "poll" in request.POST and page.preview.is_open:
        return HttpResponse(status=204)
    response = render(request, "tickets/_redrawn.html", context_of(page))
    said = f"{page.preview.writer} is writing." if page.preview.is_open else f"{page.noun.capitalize()} updated."
    return trigger_client_event(response, "announce", {"value": said})


@engineers_only
@leads_to_page()
def retry(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Let the model try again to write the text that the form asks for."""
    page = page_of(request, sid, kind)
    if not page.session.is_open:
        return render_closed(request, page.session, page=page, status=409)
    if page.preview.state == PreviewState.FAILED:
        page.preview = previews.retry(
            page.session,
            kind,
            user=request.user,
            inputs=page.form.inputs,
            language=page.language,
            writer=page.preview.writer,
        )
    page.is_part = bool(request.htmx)
    return render(request, "tickets/_redrawn.html", context_of(page)) if request.htmx else render_page(request, page)


@polled
@require_safe
def overtaken(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Say whether the session has changed since the page showed it; nothing (204) while it hasn't."""
    session = session_of(request, sid)
    shown = whole_number(request.GET.get("version"))
    if shown == session.state_version:
        return HttpResponse(status=204)
    form = ClosingForm(None, session=session, kind=kind, fix=None, user=request.user)
    page = ClosingPage(session, request.user, kind, form, timezone.now())
    if shown is not None:
        page.overtaking.shown_version = shown
    return render(request, "tickets/_overtaken.html", context_of(page))
