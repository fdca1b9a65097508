"""Middleware that only pages need. Requests to the API and the health check skip it."""

from typing import Any

from django.contrib.messages.middleware import MessageMiddleware as DjangoMessageMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxMiddleware as DjangoHtmxMiddleware

OTHERS = ("/api/", "/healthz")


class PagesOnly:
    """A mixin for a middleware class: the class is called for pages only."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(OTHERS):
            return self.get_response(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class MessageMiddleware(PagesOnly, DjangoMessageMiddleware):
    """Provides messages that are shown on the next page."""


class HtmxMiddleware(PagesOnly, DjangoHtmxMiddleware):
    """Sets `request.htmx`."""
