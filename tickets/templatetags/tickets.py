"""What pages say of texts."""

from dataclasses import dataclass
from typing import cast

from django import template
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.templatetags.times import clock
from sessions.models import ResolutionKind
from tickets.addenda import Offer
from tickets.put_off import is_put_off
from tickets.session_page import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def texts_panel(context: RequestContext) -> Panel:
    """Return the panel of the page's session, also in a response that hasn't read it: once for each request."""
    if panel := context.get("tickets"):
        return cast(Panel, panel)
    request, session = context["request"], context["session"]
    kept = getattr(request, "texts_panel", None)
    if kept is None or kept.session is not session:
        kept = request.texts_panel = Panel(session, request.user)
    return cast(Panel, kept)


@dataclass(frozen=True)
class Offered:
    """An addendum to post. `is_put_off`: the person said *Not now*."""

    offer: Offer
    is_put_off: bool
    version: int


@register.simple_tag(takes_context=True)
def addendum_offer(context: RequestContext) -> Offered | None:
    """Return the addendum that the page's session offers to people who can post it."""
    request, fixes = context["request"], context.get("panel")
    if not request.user.can_work or "session" not in context or fixes is None:
        return None
    panel = texts_panel(context)
    if not panel.has_outcome_since(fixes.events) or panel.offer is None:
        return None
    return Offered(panel.offer, is_put_off(request, panel.session), panel.session.state_version)


@register.simple_tag(takes_context=True)
def verified_line(context: RequestContext) -> SafeString | str:
    """Return "verified 13:38, provisional before" for a session whose note was posted before its fix was verified."""
    session = context["session"]
    if session.resolution_kind != ResolutionKind.VERIFIED or not texts_panel(context).was_provisional:
        return ""
    fixes = context["panel"].fixes if "panel" in context else []
    verified = next((fix.verified_at for fix in fixes if fix.is_current and fix.verified_at), None)
    return format_html("<span>verified {}, provisional before</span> ", clock(verified)) if verified else ""
