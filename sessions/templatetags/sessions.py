"""What the session pages say about a session, and where other apps show their parts."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast
from uuid import uuid4

from django import template
from django.template import RequestContext, Template
from django.template.backends.django import Template as Backend
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import markdown
from common.templatetags.icons import icon
from sessions import status, titles
from sessions.conversation import Line
from sessions.extensions import Panel, read_panels, registered
from sessions.known import Known, facts_of
from sessions.message_lines import PreparedLine, prepared
from sessions.models import AISession, ResolutionKind, SessionStatus
from sessions.updates import shown_by, updates_since

register = template.Library()

LOOKS = {
    SessionStatus.ACTIVE: ("accent", "play"),
    SessionStatus.PAUSED: ("muted", "pause"),
    SessionStatus.RESOLVED: ("success", "success"),
    SessionStatus.ESCALATED: ("warning", "flag"),
    SessionStatus.ABANDONED: ("muted", "abandoned"),
}
"""Status → tone and icon."""

RESOLUTIONS = {
    ResolutionKind.PROVISIONAL.value: ("info", "pending", "Resolved (unverified)"),
    ResolutionKind.WITHOUT_FIX.value: ("muted", "success", "Resolved without a fix"),
}
"""A resolution that nothing verified doesn't look like one that was verified."""


@register.simple_tag
def page_title(session: AISession, panels: dict[str, Panel]) -> str:
    return titles.page_title(session, *(panel.tab_state for panel in panels.values()))


@register.filter
def prose(text: str) -> SafeString:
    return markdown.render(text)


@register.simple_tag
def session_state(session: AISession) -> SafeString:
    """Return the status as icon and word; of a resolved session also what the resolution rests on."""
    return state(*_look(session))


def _look(session: AISession) -> tuple[str, str, str]:
    if resolution := RESOLUTIONS.get(session.resolution_kind or ""):
        return resolution
    status = SessionStatus(session.status)
    return *LOOKS[status], status.label


@register.simple_tag
@cache
def state(tone: str, icon_name: str, word: str) -> SafeString:
    """Return any status as icon and word in its tone."""
    return format_html('<span class="state" data-tone="{}">{} {}</span>', tone, icon(icon_name), word)


@register.simple_tag(takes_context=True)
def may_undo_status(context: RequestContext, session: AISession) -> bool:
    return status.may_undo(session, context["request"].user, timezone.now())


@register.simple_tag
def form_key(element_id: str = "form-key") -> SafeString:
    """Return the field that makes a form repeatable: whatever it creates is created once (`sessions.acts`)."""
    field = '<input type="hidden" name="form_key" id="{}" value="{}" autocomplete="off">'
    return format_html(field, element_id, uuid4())


@register.simple_tag(takes_context=True)
def known_facts(context: RequestContext, session: AISession) -> Known:
    """Return what is known in the session, without a form."""
    user = context["request"].user
    return Known(session, user, facts_of(session, user))


@register.simple_tag(takes_context=True)
def prepared_lines(context: RequestContext, lines: Iterable[Line]) -> Iterator[PreparedLine]:
    panels = {each.name: context.get(each.name) for each in registered()}
    return prepared(lines, context["session"], context["request"].user, panels)


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str) -> SafeString:
    """Render what other apps show in this place of the session page (`sessions.extensions`)."""
    templates = [_compiled(each.templates[name]) for each in registered() if name in each.templates]
    return mark_safe("".join(each.render(context) for each in templates))  # noqa: S308 - templates escape


def _compiled(path: str) -> Template:
    return cast(Backend, get_template(path)).template


@register.simple_tag(takes_context=True)
def session_updates(context: RequestContext, session: AISession, with_head: bool = False) -> SafeString:
    """Render what the page has missed of `session` besides what the surrounding response replaces in it."""
    request = context["request"]
    panels = read_panels(request, session, cast("dict[str, Any]", context.flatten()))
    updates = updates_since(shown_by(request), session, panels)
    with context.push(updates=updates, with_head=with_head, **panels):
        return _compiled("sessions/_updates.html").render(context)
