"""`{% address "board" %}`, `{% asset "css/base.css" %}`: what `url` and `static` return, looked up once.

Every page has dozens of them, and Django's own tags look each of them up every time.
"""

from functools import cache

from django import template
from django.templatetags.static import static

from common.addresses import address

register = template.Library()
register.simple_tag(address)


@register.simple_tag
@cache
def asset(path: str) -> str:
    """Return the address of a static file."""
    return static(path)
