from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts import backends
from accounts.models import User


class PersonMiddleware(AuthenticationMiddleware):
    """Sets `request.user` with all of Django’s checks, but without a query: the session’s row brings the person along.

    It also stores when a browser was last seen. A fragment that pages request by themselves (`accounts.guards.polled`)
    doesn’t count: nobody may be there.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        request.is_polled = getattr(view, "is_polled", False)  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        device = request.session.device  # type: ignore[attr-defined]
        seen = not getattr(request, "is_polled", False) and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if device and device.user_id and seen:
            device.note_seen(timezone.now())
        return response


def _person(request: HttpRequest) -> User | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        with backends.already_loaded(request.session.person):  # type: ignore[attr-defined]
            request._cached_user = auth.get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined,no-any-return]


class TimeZoneMiddleware:
    """Shows times in the person’s own time zone. The API uses UTC for everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = _zone(request)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


def _zone(request: HttpRequest) -> ZoneInfo | None:
    # Without the cookie nobody is signed in, and a query would fail while the database is down
    if request.path_info.startswith("/api/") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.zone if request.user.is_authenticated else None
