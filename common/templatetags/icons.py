"""`{% icon "check" %}`: one of static/icons.svg, beside the word it goes with."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

MOVING = {"chevron": " chevron", "back": " icon-turns", "next": " icon-turns"}
"""CSS classes of icons that turn: with what they open, or with the direction of writing."""


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return the icon as SVG; `size` is "" or "large". Screen readers skip it, so put a word beside it."""
    return _svg(name, f"icon{' icon-large' if size == 'large' else ''}{MOVING.get(name, '')}")


@cache
def _svg(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("icons.svg"), name
    )
