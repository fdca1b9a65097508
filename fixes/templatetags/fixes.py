"""What the session pages show of a session's fixes. `sessions` knows these tags, not the app behind them."""

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext

from fixes.banner.banner import Banner
from fixes.banner.panel import Panel, panel_for
from fixes.board.counts import Counts, counts_for
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Status
from sessions.models import AISession, Message

register = template.Library()

LOOKS = {
    Status.PROPOSED: ("muted", "proposed"),
    Status.SUCCESS: ("success", "success"),
    Status.FAILED: ("danger", "failed"),
    Status.PARTIAL: ("warning", "partial"),
    Status.PENDING: ("info", "pending"),
    Status.DISMISSED: ("muted", "dismissed"),
}
"""Status → tone and icon, where a fix is one line among others."""


@register.simple_tag(takes_context=True)
def fix_panel(context: RequestContext, session: AISession) -> Panel:
    """The panel that the view has drawn already (with a refused form in it), else a fresh one."""
    drawn = context.get("panel") or context.render_context.get("panel")
    if isinstance(drawn, Panel):
        return drawn
    request = context["request"]
    docked, open_form = _uuid(request.GET.get("fix")), request.GET.get("form", "")
    fresh = panel_for(session, request.user, docked=docked, open_form=open_form)
    context.render_context["panel"] = fresh  # blocks of a template don't see each other's variables
    return fresh


@register.simple_tag
def timeline(panel: Panel, messages: list[Message]) -> list[Message | FixEvent]:
    return panel.timeline(messages)


@register.filter
def is_event(entry: Message | FixEvent) -> bool:
    return isinstance(entry, FixEvent)


@register.inclusion_tag("fixes/_state.html")
def fix_state(fix: SuggestedFix) -> dict[str, Any]:
    """Where a fix stands, as icon and word; one that was applied and not answered asks its question."""
    tone, icon = LOOKS[Status(fix.status)]
    word = fix.get_status_display()
    if fix.status == Status.PROPOSED and fix.applied_at:
        tone, icon, word = "accent", "verifying", "Did it work?"
    return {"tone": tone, "icon": icon, "word": word, "fix": fix}


@register.filter
def tone(event: FixEvent) -> str:
    return "accent" if event.action in {"apply", "decide"} else LOOKS[Status(event.to_status)][0]


@register.filter
def event_icon(event: FixEvent) -> str:
    icons = {"apply": "play", "decide": "play", "reopen": "undo"}
    return icons.get(event.action) or LOOKS[Status(event.to_status)][1]


@register.simple_tag
def fixes_of(sessions: list[AISession]) -> dict[UUID, SuggestedFix]:
    """Session's id → its current fix, for a list of sessions, in one query."""
    fixes = SuggestedFix.objects.current().filter(session__in=[session.pk for session in sessions])
    return {fix.session_id: fix for fix in fixes.defer("description", "ai_drafted_script", "ai_drafted_parameters")}


@register.filter
def of(by_session: dict[UUID, SuggestedFix], session: AISession) -> SuggestedFix | None:
    return by_session.get(session.pk)


@register.simple_tag
def page_with(banner: Banner, form: str = "") -> str:
    """The address of the banner's page, with this form open in it."""
    return banner.page(form)


@register.simple_tag
def fragment_with(banner: Banner, form: str = "") -> str:
    return banner.fragment(form)


@register.simple_tag(takes_context=True)
def awaiting_counts(context: RequestContext) -> Counts | None:
    """What the navigation says of the board, counted already or now; nothing for whoever has no account."""
    user = context["request"].user
    return context.get("awaiting") or (counts_for(user) if user.account_id else None)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
