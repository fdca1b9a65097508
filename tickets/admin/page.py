"""The pages of the admin that resolve and escalate a session, by the same acts as everywhere."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.staff import staff
from common.redirects import see_other
from common.refusals import InvalidInput, Refusal
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.forms import form_key_of
from sessions.models import AISession
from sessions.one_act import Sessions
from tickets import closing
from tickets.admin.forms import FORMS, ClosingForm
from tickets.models import Language
from tickets.previews import preview_of
from tickets.refusals import KeepsUnverifiedWords
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown

ACTS = {"resolve": closing.resolve, "escalate": closing.escalate}
DONE = {"resolve": "Note posted. The session is resolved.", "escalate": "Package posted. The session is escalated."}
SHOW = "show"
"""The name of the button that shows the text and records nothing."""


def render(request: HttpRequest, session: AISession, name: str) -> HttpResponse:
    return _rendered(request, session, name, _form(request, session, name))


def act(request: HttpRequest, session: AISession, name: str, sessions: Sessions) -> HttpResponse:
    """Carry out the act of the form that was sent. A refusal changes nothing and keeps what was typed."""
    form = _form(request, session, name, request.POST)
    if not form.is_valid():
        return _rendered(request, session, name, form, 422)
    if SHOW in request.POST:
        return _rendered(request, session, name, form)
    by, key = By(staff(request), Source.ADMIN), form_key_of(request.POST)
    version = form.cleaned_data["version"]
    try:
        ACTS[name](session.pk, form.closing, by, sessions=sessions, version=version, form_key=key)
    except InvalidInput as invalid:
        form.add_refusals(invalid)
        return _rendered(request, session, name, form, 422)
    except Refusal as refusal:
        return _refused(request, sessions.get(pk=session.pk), name, refusal)
    messages.success(request, DONE[name])
    return see_other("admin:ai_sessions_aisession_change", session.pk)


def _refused(request: HttpRequest, session: AISession, name: str, refusal: Refusal) -> HttpResponse:
    """Render the form as the session is now, with what was typed."""
    form = _form(request, session, name, request.POST)
    form.is_valid()
    form.render_again(session)
    form.add_error(None, refusal.message)
    warnings = refusal.warnings if isinstance(refusal, KeepsUnverifiedWords) else ()
    return _rendered(request, session, name, form, 409, warnings=warnings)


def _form(request: HttpRequest, session: AISession, name: str, data: Any = None) -> ClosingForm:
    fix = session.suggested_fixes.current().first()
    language = session.account.language
    return FORMS[name](data, session=session, fix=fix, user=staff(request), language=language)


def _rendered(
    request: HttpRequest, session: AISession, name: str, form: ClosingForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "opts": AISession._meta,
        "title": f"{form.heading}: {session}",
        "session": session,
        "form": form,
        "media": form.media,
        "text": _text(request, session, form),
        "address": request.path,
        **more,
    }
    return TemplateResponse(request, "admin/tickets/closing.html", context, status=status)


def _text(request: HttpRequest, session: AISession, form: ClosingForm) -> str:
    """Return the text as it would be posted, of what the form says; of a wrong one, as if nothing were said."""
    is_wrong = form.is_bound and form.errors
    fresh = type(form)(session=session, fix=form.fix, user=staff(request), language=session.account.language)
    said = fresh if is_wrong else form
    language = Language(session.account.language if is_wrong or not form.is_bound else form.cleaned_data["language"])
    preview, _ = preview_of(session, form.kind, user=staff(request), inputs=said.inputs, language=language)
    return as_markdown(Document.from_json(preview.document))
