"""Error responses that people can read: a page, or for htmx the same sentences as a notice.

Rendering one sends no query, so it works while the database is away.
"""

from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_guid import get_guid

PAGE = "errors/page.html"
NOTICE = "errors/_notice.html"


class WayOn(NamedTuple):
    """The page's button: where someone can go from here."""

    label: str
    url: str


HOME = WayOn("Go to sessions", "/")


def error_response(
    request: HttpRequest,
    status: int,
    title: str,
    paragraphs: list[str],
    *,
    way_on: WayOn = HOME,
    template: str = PAGE,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return the error page, or a notice when htmx asked. Each paragraph is made of whole sentences.

    A `template` of its own gets the request, its context processors and the `extra` context, for instance for a form.
    """
    is_our_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    context = {
        **(extra or {}),
        "title": title,
        "paragraphs": paragraphs,
        "way_on": way_on,
        "status": f"{status} {HTTPStatus(status).phrase}",
        "request_id": get_guid() if is_our_fault else None,  # other errors aren't worth a look into the logs
        "again": request.get_full_path() if is_our_fault and request.method == "GET" else None,
    }
    if request.headers.get("HX-Request") == "true":
        template = NOTICE
    # With the request come context processors, which may query: only a template of its own needs them
    with_request = None if template in {PAGE, NOTICE} else request
    return HttpResponse(render_to_string(template, context, with_request), status=status)
