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
from sessions.views.page import session_of
from tickets import drafts
from tickets.models import Kind, Preview
from tickets.views import alert
from tickets.views.alert import Alert
from tickets.views.closing import context_of, page_of, render_closed, render_page
from tickets.views.closing_addresses import ACT
from tickets.views.closing_page import ClosingPage, is_same
from tickets.views.redirected import leads_to_page
from tickets.views.saving import save_typed
from tickets.views.warnings import replaced
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown


@engineers_only
@leads_to_page("?edit=1")
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
    status = save_typed(page, request.POST.get("over", ""))
    if "accept" in request.POST and page.draft:
        page.take(drafts.accept_changes(page.draft, page.as_written))
    if not request.htmx:
        page.alert = _not_saved(page)
        return render_page(request, page, status=status)
    return _checked(request, page, status)


def _not_saved(page: ClosingPage) -> Alert | None:
    if page.draft_conflict:
        return alert.about_refusal(page.draft_conflict, "Not saved")
    return alert.about_fields([("text", errors)], "Not saved") if (errors := page.errors["text"]) else None


def _checked(request: MemberRequest, page: ClosingPage, status: int) -> HttpResponse:
    follows = page.is_unedited and not is_same(page.markdown, page.form.data.get("began", ""))
    template = "tickets/_edit.html" if follows or "use" in request.POST else "tickets/_checked.html"
    response = render(request, template, context_of(page), status=status)
    if follows:
        retarget(response, "#text")
    count = len(page.warnings)
    if status == 422 or request.POST.get("warned") == str(count):
        return response
    said = alert.claims(count) if count else "Nothing goes beyond the record."
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
