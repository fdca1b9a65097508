"""Saying no, in words: a page that leads on, or for htmx the same words as a notice.

None of it asks the database anything, so it works while that is away.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_guid import get_guid

PAGE = "errors/page.html"
NOTICE = "errors/_notice.html"


def refuse(request: HttpRequest, status: int, title: str, words: list[str], template: str = PAGE) -> HttpResponse:
    """`words` are whole sentences, a paragraph each; a template of its own may offer other ways on."""
    ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    context = {
        "title": title,
        "words": words,
        "status": f"{status} {HTTPStatus(status).phrase}",
        "request_id": get_guid() if ours else None,  # only our own faults are worth looking for in the logs
        "again": request.get_full_path() if ours and request.method == "GET" else None,
    }
    if request.headers.get("HX-Request") == "true":
        template = NOTICE
    # The request brings context processors with it: only a page with ways of its own (and a form) needs them
    return HttpResponse(
        render_to_string(template, context, None if template in {PAGE, NOTICE} else request), status=status
    )
