"""`{% ago at %}`, `{% clock at %}`, `{% time_of_day at %}`, `{{ at|due }}`: times in words, the exact one on hover."""

from collections.abc import Callable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
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


@register.simple_tag
def due_time(value: datetime) -> SafeString:
    """Return the same with the exact time, as every other time has it; what is overdue stands out."""
    words = times.due(value, timezone.now())
    return format_html(
        '<time{} datetime="{}" title="{}">{}</time>',
        mark_safe(' class="late"') if words.startswith("overdue") else "",
        timezone.localtime(value).isoformat(timespec="seconds"),
        times.exact(value),
        words,
    )


def _time(value: datetime, words: Callable[[datetime, datetime], str]) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        timezone.localtime(value).isoformat(timespec="seconds"),
        times.exact(value),
        words(value, timezone.now()),
    )
