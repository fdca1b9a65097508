"""`{% ago at %}`, `{% clock at %}`, `{% time_of_day at %}`, `{{ at|due }}`: times in words, the exact one on hover."""

from collections.abc import Callable
from datetime import datetime, tzinfo

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


@register.simple_tag
def day(value: datetime) -> SafeString:
    return _time(value, times.day)


@register.simple_tag
def full_time(value: datetime) -> SafeString:
    """Return the date with its year, for pages that are read long afterwards."""
    return _time(value, times.full)


@register.filter
def due(value: datetime) -> str:
    return times.due(value, timezone.now())


@register.simple_tag
def check_time(value: datetime) -> SafeString:
    """Return "check in 3 h" or "overdue 50 min" as a `time` element; what is overdue stands out."""
    return _time(value, times.check, exactly="check by ", overdue=' class="late"')


def _time(
    value: datetime, in_words: Callable[[datetime, datetime, tzinfo], str], *, exactly: str = "", overdue: str = ""
) -> SafeString:
    """Return a `time` element. Nothing in it comes from people, so nothing is escaped: a page has dozens of them."""
    zone, now = timezone.get_current_timezone(), timezone.now()
    local = timezone.localtime(value, zone)
    attributes = f'{overdue if value < now else ""} datetime="{local.isoformat(timespec="seconds")}"'
    title = f"{exactly}{times.exact(local, zone)}"
    return mark_safe(f'<time{attributes} title="{title}">{in_words(local, now, zone)}</time>')  # noqa: S308
