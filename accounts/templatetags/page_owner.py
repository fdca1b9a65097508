"""`{% csrf_token %}`, in every template, the admin's included: Django's own, and beside it whose page it is.

`settings.TEMPLATES` loads this library after Django's, so that no form can have one token without the other.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode

from accounts.page_owner import FIELD, owner_id

register = template.Library()


class FormTokensNode(CsrfTokenNode):
    """Renders the CSRF token and the page's owner as hidden fields."""

    def render(self, context: Any) -> str:
        token: str = super().render(context)
        request: HttpRequest | None = getattr(context, "request", None)
        if not token or request is None:
            return token
        return f'{token}<input type="hidden" name="{FIELD}" value="{owner_id(request)}">'  # an id: nothing to escape


@register.tag("csrf_token")
def form_tokens(parser: Parser, token: Token) -> FormTokensNode:
    return FormTokensNode()


@register.simple_tag(takes_context=True)
def page_owner(context: Any) -> str:
    """Render the id of the person whose page this is, for the header of htmx requests."""
    return owner_id(context.request)
