"""What pages say about a fix, in words and icons."""

from datetime import datetime

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import times
from common.templatetags.times import ago
from fixes.board.counts import Counts, counts_for
from fixes.looks import look_of
from fixes.models import SuggestedFix
from sessions.templatetags.sessions import state

register = template.Library()


@register.simple_tag
def fix_state(fix: SuggestedFix) -> SafeString:
    """Return the state of a fix as icon and word."""
    return state(*look_of(fix))


@register.simple_tag
def since(value: datetime) -> SafeString:
    """Return "since 14:20", or "just now"."""
    is_new = timezone.now() - value < times.MINUTE
    return format_html("{}{}", "" if is_new else "since ", ago(value))


@register.simple_tag(takes_context=True)
def awaiting_counts(context: RequestContext) -> Counts | None:
    """Return the counts of the board for the navigation, from the context or counted now; None without an account."""
    user = context["request"].user
    return context.get("awaiting") or (counts_for(user) if user.account_id else None)
