"""What the session page says about FlowPilot's answers."""

from typing import cast

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from common import markdown
from flowpilot.foot import Part, foot_of
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
def ended_answer(context: RequestContext, message: Message) -> Answer | None:
    """Return the answer to this message if it failed or was stopped."""
    panel = cast("Panel | None", context.get("copilot"))
    return panel.ended_of(message) if panel and message.author == "engineer" else None


@register.simple_tag(takes_context=True)
def message_foot(context: RequestContext, message: Message) -> list[Part]:
    """Return the small line under a message of FlowPilot: who wrote it, and what it did."""
    panel = cast("Panel | None", context.get("copilot"))
    if message.author != "assistant" or not (message.origin or message.effects):
        return []
    return foot_of(message, panel.answer_with(message) if panel else None)
