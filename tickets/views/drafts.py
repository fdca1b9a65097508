"""The edited text of a closing page: saved as it is typed, checked, discarded, and downloaded."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_htmx.http import retarget, trigger_client_event

from accounts.guards import engineers_only
from accounts.requests import MemberRequest
from common.http_methods import post_only
from common.redirects import see_other
from common.refusals import InvalidInput
from sessions.views.page import session_of
from tickets import drafts
from tickets.models import Kind, Preview
from tickets.views.closing import context_of, page_of, render_closed, render_page
from tickets.views.closing_page import ACT, ClosingPage, is_same
from tickets.views.warnings import replaced
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown


@engineers_only
@post_only
def save_draft(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Save the text and say what the check warns of; with `use`, after a sentence was replaced by the one offered."""
    page = page_of(request, sid, kind)
    if not page.session.is_open:
        return render_closed(request, page.session, page=page, status=409)
    page.is_editing, page.is_part = True, bool(request.htmx)
    if page.typed is None:
        page.typed = request.POST.get("text", "").replace("\r\n", "\n")
    if key := request.POST.get("use"):
        page.typed = replaced(page.typed, page.warnings, key)
        page.__dict__.pop("warnings", None)
    status = _save(page, request.POST.get("over", ""))
    if "accept" in request.POST and page.draft:
        drafts.accept_changes(page.session, kind, page.begun)
        page.forget_draft()
    if not request.htmx:
        return render_page(request, page, status=status)
    return _checked(request, page, status)


def _save(page: ClosingPage, over: str) -> int:
    """Save what was typed, and return the response's status. A text as it was written is no draft."""
    typed = page.typed or ""
    if page.is_unedited or (page.draft is None and is_same(typed, page.markdown)):
        return 200
    version = int(over) if over.isdecimal() and len(over) < 10 else page.draft_version
    try:
        drafts.save(
            *(page.session, page.kind, typed),
            user=page.user,
            language=page.language,
            begun=page.begun,
            version=version,
        )
    except drafts.DraftChanged as conflict:
        page.draft_conflict = conflict
        return 409
    except InvalidInput as invalid:
        page.form.is_valid()
        page.form.add_refusals(invalid)
        return 422
    page.typed = None
    page.forget_draft()
    return 200


def _checked(request: MemberRequest, page: ClosingPage, status: int) -> HttpResponse:
    follows = page.is_unedited and not is_same(page.markdown, page.form.data.get("began", ""))
    template = "tickets/_edit.html" if follows or "use" in request.POST else "tickets/_checks.html"
    response = render(request, template, context_of(page), status=status)
    if follows:
        retarget(response, "#text")
    count = len(page.warnings)
    if request.POST.get("warned") == str(count):
        return response
    goes = "1 claim goes" if count == 1 else f"{count} claims go"
    said = f"{goes} beyond the record." if count else "Nothing goes beyond the record."
    return trigger_client_event(response, "announce", {"value": said})


@engineers_only
@post_only
def discard_draft(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Discard the edited text. The page shows the text as it is written now, in a field."""
    session = session_of(request, sid)
    drafts.discard(session, kind)
    messages.success(request, "Your text was discarded.", extra_tags=f"{request.user.pk}:{sid}:{ACT[kind]}")
    return see_other(f"session-{ACT[kind]}", session.pk)


@engineers_only
@require_safe
def draft_file(request: MemberRequest, sid: UUID, kind: Kind) -> HttpResponse:
    """Download the edited text."""
    session = session_of(request, sid)
    draft = drafts.draft_of(session, kind)
    if draft is None:
        raise Http404
    return _file(draft.markdown, session.ticket_ref, kind)


@engineers_only
@require_safe
def preview_file(request: MemberRequest, sid: UUID, pid: UUID) -> HttpResponse:
    """Download the text as a page shows it."""
    session = session_of(request, sid)
    preview = get_object_or_404(Preview.objects.filter(session=session), pk=pid)
    document = Document.from_json(preview.document)
    return _file(as_markdown(document), session.ticket_ref, document.kind)


def _file(markdown: str, ticket: str, kind: Kind) -> HttpResponse:
    safe = "".join(each if each.isalnum() and each.isascii() else "-" for each in ticket).strip("-").lower()
    name = "-".join(part for part in (safe, kind.value.replace("_", "-")) if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}.md"'}
    return HttpResponse(markdown, content_type="text/markdown; charset=utf-8", headers=headers)
