"""`{% address "board" %}`, `{% asset "css/base.css" %}`: what `url` and `static` return, looked up once.

Every page has dozens of them, and Django's own tags look each of them up every time.
"""

from functools import cache
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString

from common.addresses import address

register = template.Library()


@register.simple_tag(name="address")
def escaped_address(name: str, *ids: UUID | str) -> SafeString:
    """Return the address, escaped here so that templates don't do it at each place where they use it."""
    return escape(address(name, *ids))


@register.simple_tag
@cache
def asset(path: str) -> SafeString:
    """Return the address of a static file."""
    return escape(static(path))
