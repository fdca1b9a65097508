"""Responses to errors that no view handles: a page, a notice for a fragment, or the API's own shape.

They run no query, so they work while the database is down.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from accounts.page_owner import refuse_outdated
from common.error_pages import error_response

API = "/api/v1/"
RETRY_AFTER_SECONDS = "5"


def _respond(request: HttpRequest, status: int, code: str, title: str, paragraphs: list[str]) -> HttpResponse:
    if request.path_info.startswith(API):
        from resolutionflow.api.errors import problem  # here, so that pages don't load the API

        return problem(request, status, code, f"{title}.")
    return error_response(request, status, title, paragraphs)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        paragraphs = ["Nothing was recorded. Go back and send less at once."]
        return _respond(request, 400, "bad_request", "Too much was sent", paragraphs)
    return _respond(request, 400, "bad_request", "The request was not valid", ["Nothing was recorded."])


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _respond(request, 403, "permission_denied", "You can’t do that", ["Ask an admin on your team."])


def handler404(request: HttpRequest, exception: Http404) -> HttpResponse:
    paragraphs = ["It may have moved. Check the address, or look for it in your sessions."]
    return _respond(request, 404, "not_found", "Page not found", paragraphs)


def handler500(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _database_unavailable(request)
    paragraphs = [
        "Nothing was recorded. The people who run this server will find the error in the logs.",
        "Go back and try again; what you typed is saved on this device.",
    ]
    return _respond(request, 500, "server_error", "Something went wrong", paragraphs)


def _database_unavailable(request: HttpRequest) -> HttpResponse:
    paragraphs = ["The database isn’t responding. Nothing was recorded.", "Wait a moment and try again."]
    response = _respond(request, 503, "unavailable", "Temporarily unavailable", paragraphs)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    if request.path_info.startswith(API):
        return _respond(request, 403, "permission_denied", "The CSRF token is missing or wrong", [])
    return refuse_outdated(request)
