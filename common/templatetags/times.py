"""`{% ago at %}`, `{% clock at %}`, `{% time_of_day at %}`, `{{ at|due }}`: times in words, the exact one on hover."""

from collections.abc import Callable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from common import times

register = template.Library()


@register.simple_tag
def ago(value: datetime) -> SafeString:
    return _time(value, times.ago)


@register.simple_tag
def clock(value: datetime) -> SafeString:
    return _time(value, times.clock)


@register.simple_tag
def time_of_day(value: datetime) -> SafeString:
    return _time(value, times.time_of_day)


@register.filter
def due(value: datetime) -> str:
    return times.due(value, timezone.now())


def _time(value: datetime, in_words: Callable[[datetime, datetime], str]) -> SafeString:
    """Return a `time` element. Nothing in it comes from people, so nothing is escaped: a page has dozens of them."""
    local = timezone.localtime(value)
    machine = local.isoformat(timespec="seconds")
    words = in_words(local, timezone.now())
    return mark_safe(f'<time datetime="{machine}" title="{times.exact(local)}">{words}</time>')  # noqa: S308
