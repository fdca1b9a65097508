"""Turns every exception under /api/v1/ into a problem document (docs/api.md, *Errors*)."""

from collections import defaultdict
from functools import cached_property
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ApiView, Snapshot
from accounts.api.bodies import CodedBody
from common.refusals import InvalidInput, Refusal, Stale
from fixes.api.rows import SessionFixesView
from fixes.api.serializers import fix_json

INVALID = "invalid_input"
NOWHERE = "There is nothing at this address, or it belongs to another account."
SECONDS_TO_WAIT = 5


class Conflict(APIException):
    """A refusal. `details`: what it says besides its message."""

    status_code = HTTPStatus.CONFLICT

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message, refusal.code)
        self.details = refusal.details


class PreconditionFailed(APIException):
    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = "This has changed since the version that If-Match names. Nothing was recorded."


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The body is too large. Send at most 1 MB."


class Unavailable(APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "unavailable"
    default_detail = "The database isn’t responding. Nothing was recorded. Try again in a moment."
    wait = SECONDS_TO_WAIT


class Crash(APIException):
    default_code = "server_error"
    default_detail = "Something went wrong on the server. The log has the details under this request’s X-Request-ID."


def problem(
    request: HttpRequest | Request,
    status: int,
    code: str,
    detail: str,
    errors: dict[str, list[str]] | None = None,
    **extra: Any,
) -> JsonResponse:
    """Return an error as RFC 9457 describes it. `errors`: field → what is wrong; `extra`: more keys for the body."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        "errors": errors or {},
        **extra,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> Response | None:
    return ProblemHandler(exc, context).run()


class ProblemHandler(ExceptionHandler):
    """Converts domain exceptions into DRF's, and those into problem documents. Crashes are logged as in Django."""

    def should_not_handle(self, exc: Exception) -> bool:
        return False

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        match exc:
            case InvalidInput():
                return ValidationError({field: [message] for field, message in exc.errors.items()})
            case Stale():
                return PreconditionFailed()
            case Refusal():
                return Conflict(exc)
            case ObjectDoesNotExist():
                return NotFound()
            case OperationalError() | InterfaceError():
                return Unavailable()
            case RequestDataTooBig():
                return TooLarge()
            case SuspiciousOperation() | UnreadablePostError():
                return ParseError("This request can’t be read.")
        return super().convert_known_exceptions(exc)

    def convert_unhandled_exceptions(self, exc: Exception) -> APIException:
        return exc if isinstance(exc, APIException) else Crash()

    def format_exception(self, exc: APIException) -> dict[str, Any]:
        errors = by_field(exc) if isinstance(exc, ValidationError) else {}
        detail = " ".join(f"{field}: {' '.join(messages)}" for field, messages in errors.items()) or str(exc.detail)
        body: dict[str, Any] = {"code": exc.get_codes(), "detail": detail, "errors": errors}
        if isinstance(exc, ValidationError | ParseError):
            body["code"] = INVALID
        if isinstance(exc, NotFound):
            body["detail"] = NOWHERE
        if isinstance(exc, Conflict):
            body |= exc.details
            body["fix"] = _current_fix(self.context)
        if isinstance(exc, PreconditionFailed) and (snapshot := self.snapshot):
            body[snapshot.kind] = snapshot.body
        return body

    def get_headers(self, exc: APIException) -> dict[str, str]:
        headers: dict[str, str] = super().get_headers(exc)
        if isinstance(exc, PreconditionFailed) and (snapshot := self.snapshot):
            headers["ETag"] = snapshot.etag
        if isinstance(exc, CodedBody):
            headers["Accept-Encoding"] = "identity"
        return headers

    @cached_property
    def snapshot(self) -> Snapshot | None:
        return cast(ApiView, self.context["view"]).snapshot()

    def get_response(self, exc: APIException, data: dict[str, Any]) -> Response:
        response = problem(cast(Request, self.context["request"]), exc.status_code, **data)
        for name, value in self.get_headers(exc).items():
            response[name] = value
        return cast(Response, response)


def by_field(exc: ValidationError) -> dict[str, list[str]]:
    """Return the errors by field; those without a field are under `body`."""
    errors = defaultdict(list)
    for error in flatten_errors(exc.detail):
        errors[error.attr or "body"].append(error.detail)
    return dict(errors)


def _current_fix(context: ExceptionHandlerContext) -> dict[str, Any] | None:
    """Return the current fix of the session in the path; None without a session or without a fix."""
    if "sid" not in context["kwargs"]:
        return None
    fix = SessionFixesView(request=context["request"], kwargs=context["kwargs"]).current()
    return fix_json(fix) if fix else None
