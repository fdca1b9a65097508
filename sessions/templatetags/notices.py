"""`{% sentence notice %}`: what a notice says, with the person and the ticket as units of their own."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sessions.models import Notice
from sessions.notices import NoticeKind, kind_of, ticket_of

register = template.Library()

SHORT = 20
"""A ticket of so many characters isn't broken over two lines."""


@register.simple_tag
def sentence(notice: Notice) -> SafeString:
    ticket = ticket_of(notice.session)
    shown = format_html("<bdi>{}</bdi>" if len(ticket) > SHORT else '<bdi class="nowrap">{}</bdi>', ticket)
    actor = format_html("<bdi>{}</bdi>", notice.actor or "Someone")
    return format_html(kind_of(notice).sentence, actor=actor, ticket=shown)


@register.filter
def kind(notice: Notice) -> NoticeKind:
    return kind_of(notice)
