from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class TimeZoneMiddleware:
    """Shows times in the zone of the person who looks; the API speaks UTC to everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request)):
            return self.get_response(request)


def _zone(request: HttpRequest) -> ZoneInfo | None:
    # Without the cookie nobody is signed in, and asking would load nothing but trouble while the database is away
    if request.path_info.startswith("/api/") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.zone if request.user.is_authenticated else None
