"""What pages say about a fix, in words, icons and addresses."""

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from fixes.banner.banner import Banner
from fixes.board.counts import Counts, counts_for
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Status
from sessions.templatetags.sessions import state

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


@register.simple_tag
def fix_state(fix: SuggestedFix) -> SafeString:
    """Return the state of a fix as icon and word."""
    return state(*look_of(fix))


def look_of(fix: SuggestedFix) -> tuple[str, str, str]:
    """Return tone, icon and word of a fix; one that was applied and has no outcome yet asks its question."""
    if fix.status == Status.PROPOSED and fix.applied_at:
        return "accent", "verifying", "Did it work?"
    return *LOOKS[Status(fix.status)], fix.get_status_display()


@register.filter
def tone(event: FixEvent) -> str:
    return "accent" if event.action in {"apply", "decide"} else LOOKS[Status(event.to_status)][0]


@register.filter
def event_icon(event: FixEvent) -> str:
    icons = {"apply": "play", "decide": "play", "reopen": "undo"}
    return icons.get(event.action) or LOOKS[Status(event.to_status)][1]


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
