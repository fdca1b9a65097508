"""What the session page says about FlowPilot's answers."""

from typing import cast

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from common import markdown
from fixes.models import SuggestedFix
from fixes.transitions import Status
from flowpilot.foot import Part, foot_of, skipped_in
from flowpilot.models import Answer
from flowpilot.session_page import Panel
from sessions import markers
from sessions.models import Message

register = template.Library()


@register.filter
def written_so_far(text: str) -> SafeString:
    """Render an answer that isn't complete, without its markers."""
    return markdown.render(markers.written_so_far(text))


@register.simple_tag(takes_context=True)
def unfinished_answer(context: RequestContext, message: Message) -> Answer | None:
    """Return the answer to this message if it failed or was stopped."""
    panel = cast("Panel | None", context.get("copilot"))
    return panel.ended_of(message) if panel and message.author == "engineer" else None


@register.simple_tag(takes_context=True)
def skipped_fixes(context: RequestContext, message: Message) -> list[SuggestedFix]:
    """Return the fixes of this session that FlowPilot would have suggested here, if they hadn't failed."""
    panel, fixes = cast("Panel | None", context.get("copilot")), context.get("panel")
    if message.author != "assistant" or panel is None or fixes is None:
        return []
    ids = skipped_in(message, panel.answer_with(message))
    return [fix for fix in fixes.fixes if str(fix.pk) in ids and fix.status == Status.FAILED]


@register.simple_tag(takes_context=True)
def message_foot(context: RequestContext, message: Message) -> list[Part]:
    """Return the small line under a message of FlowPilot: who wrote it, and what it did."""
    panel = cast("Panel | None", context.get("copilot"))
    if message.author != "assistant" or not (message.origin or message.effects):
        return []
    parts = foot_of(message, panel.answer_with(message) if panel else None)
    return [part for part in parts if not part.url or (panel and panel.user.can_work)]
