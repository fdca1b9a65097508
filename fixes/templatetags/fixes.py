"""What pages say about a fix, in words and icons."""

from datetime import datetime

from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import times
from common.templatetags.icons import icon
from common.templatetags.times import ago, clock
from fixes.banner.banner import Banner, Button
from fixes.banner.controls import Slot
from fixes.banner.next_steps import NextStep
from fixes.banner.next_steps import next_steps as steps_after
from fixes.banner.places import SessionPage
from fixes.board.counts import Counts, counts_for
from fixes.looks import look_of
from fixes.models import SuggestedFix
from sessions.templatetags.sessions import state

register = template.Library()


@register.simple_tag
def fix_state(fix: SuggestedFix) -> SafeString:
    """Return the state of a fix as icon and word."""
    return state(*look_of(fix))


LINK = '<a class="{}" href="{}" hx-get="{}" hx-target="#{}" hx-swap="outerHTML" data-draft-opens="{}"{}>{}{}</a>'
BUTTON = '<button class="{}" type="submit" form="{}-{}"{}{}>{}{}</button>'


@register.simple_tag
def control(button: Button, in_menu: bool = False) -> SafeString:
    """Return one of the banner's controls: a button of one of its forms, or a link that opens a form."""
    what, banner = button.control, button.banner
    shortcut = format_html(' aria-keyshortcuts="{}"', what.key) if what.key else ""
    image = format_html("{} ", icon(what.icon)) if what.icon and (in_menu or what.slot != Slot.APART) else ""
    classes = "button button-plain" if in_menu else button.classes
    if what.form:
        places = (button.page, button.fragment, banner.id, button.draft_key)
        return format_html(LINK, classes, *places, shortcut, image, what.label)
    value = format_html(' name="{}" value="{}"', what.field, what.value) if what.field else ""
    return format_html(BUTTON, classes, banner.id, what.posts, value, shortcut, image, what.label)


@register.simple_tag(takes_context=True)
def next_steps(context: RequestContext, banner: Banner) -> list[NextStep]:
    """Return what this person can do after the outcome, on the page of a session."""
    fix = banner.fix
    if fix is None or not banner.user.can_work or not isinstance(banner.place, SessionPage):
        return []
    return steps_after(fix, context.get("session") or fix.session)


@register.simple_tag
def since(value: datetime) -> SafeString:
    """Return "since 14:20", or "just now"."""
    return ago(value) if timezone.now() - value < times.MINUTE else format_html("since {}", clock(value))


@register.simple_tag(takes_context=True)
def awaiting_counts(context: RequestContext) -> Counts | None:
    """Return the counts of the board for the navigation, from the context or counted now; None without an account."""
    user = context["request"].user
    return context.get("awaiting") or (counts_for(user) if user.account_id else None)
