"""Every error that leaves the ordinary way, in words: a page, a notice for a fragment, or the API's own shape.

None of them asks the database anything, so they work while it is away.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from common.error_pages import error_response

API = "/api/v1/"
RETRY_AFTER_SECONDS = "5"


def _answer(request: HttpRequest, status: int, code: str, title: str, words: list[str]) -> HttpResponse:
    if request.path_info.startswith(API):
        from resolutionflow.api.errors import problem  # here, so that pages don't load the API

        return problem(request, status, code, f"{title}.")
    return error_response(request, status, title, words)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        words = ["Nothing was recorded. Go back and send less at once."]
        return _answer(request, 400, "bad_request", "More was sent than can be taken in at once", words)
    words = ["Something in the address or in what was sent is not as it should be. Nothing was recorded."]
    return _answer(request, 400, "bad_request", "That request could not be read", words)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "permission_denied", "You may not do that", ["Ask an admin of your team."])


def handler404(request: HttpRequest, exception: Http404) -> HttpResponse:
    words = ["It may have moved, or it may never have been here. Check the address, or look for it in your sessions."]
    return _answer(request, 404, "not_found", "There is nothing here", words)


def handler500(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _database_away(request)
    words = [
        "What you were doing was not recorded. The people who run this will find it in the logs.",
        "Go back and try again; what you typed is kept on this device.",
    ]
    return _answer(request, 500, "server_error", "Something went wrong here", words)


def _database_away(request: HttpRequest) -> HttpResponse:
    words = ["The database does not answer. What you were doing was not recorded.", "Wait a moment and try again."]
    answer = _answer(request, 503, "unavailable", "We are away for a moment", words)
    answer["Retry-After"] = RETRY_AFTER_SECONDS
    return answer


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    words = [
        "It was open while you signed in or out elsewhere, or your browser keeps no cookies for this address.",
        "Nothing was recorded. Go back, reload the page and try again; what you typed is kept on this device.",
    ]
    return _answer(request, 403, "permission_denied", "This page is out of date", words)
