"""What pages say of texts."""

from typing import cast

from django import template
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.templatetags.times import clock
from sessions.models import ResolutionKind
from tickets.session_page import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def texts_panel(context: RequestContext) -> Panel:
    """Return the panel of the page's session, also in a response that hasn't read it."""
    panel = context.get("tickets")
    return cast(Panel, panel) if panel else Panel(context["session"], context["request"].user)


@register.simple_tag(takes_context=True)
def verified_line(context: RequestContext) -> SafeString | str:
    """Return "verified 13:38, provisional before" for a session whose note was posted before its fix was verified."""
    session = context["session"]
    if session.resolution_kind != ResolutionKind.VERIFIED or not texts_panel(context).was_provisional:
        return ""
    fixes = context["panel"].fixes if "panel" in context else []
    verified = next((fix.verified_at for fix in fixes if fix.is_current and fix.verified_at), None)
    return format_html("<span>verified {}, provisional before</span> ", clock(verified)) if verified else ""
