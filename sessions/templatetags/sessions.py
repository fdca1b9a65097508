"""What the session pages say about a session, and markdown."""

from django import template
from django.utils.safestring import SafeString

from common import markdown
from sessions import titles
from sessions.models import AISession, Author, Message, ResolutionKind, SessionStatus

register = template.Library()

LOOKS = {
    SessionStatus.ACTIVE: ("accent", "play"),
    SessionStatus.PAUSED: ("muted", "pause"),
    SessionStatus.RESOLVED: ("success", "success"),
    SessionStatus.ESCALATED: ("warning", "flag"),
    SessionStatus.ABANDONED: ("muted", "abandoned"),
}
"""Status → tone and icon."""

KIND_LOOKS = {
    ResolutionKind.PROVISIONAL.value: ("info", "pending"),
    ResolutionKind.WITHOUT_FIX.value: ("muted", "success"),
}
"""What is resolved without proof doesn't look as if it had any."""


@register.simple_tag
def page_title(session: AISession, state: str) -> str:
    return titles.page_title(session, state)


@register.filter
def prose(text: str) -> SafeString:
    return markdown.render(text)


@register.filter
def words(message: Message) -> SafeString:
    """FlowPilot writes markdown; people write paths and accounts, and mean every sign of them."""
    return markdown.render(message.content, typed=message.author != Author.ASSISTANT)


@register.inclusion_tag("sessions/_state.html")
def session_state(session: AISession) -> dict[str, str]:
    """The status as icon and word; of a resolved session also what its resolution rests on."""
    tone, icon = KIND_LOOKS.get(session.resolution_kind or "") or LOOKS[SessionStatus(session.status)]
    kind = f", {session.get_resolution_kind_display().lower()}" if session.resolution_kind else ""
    return {"tone": tone, "icon": icon, "word": f"{session.get_status_display()}{kind}"}
