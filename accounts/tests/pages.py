"""A site small enough to test the doors of the real one: its own sign-in pages, and three guarded rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from accounts.guards import engineers_only, members_only

handler404 = "resolutionflow.errors.handler404"


@members_only
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"read in {timezone.get_current_timezone_name()}")


@engineers_only
def act(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"seen in {timezone.get_current_timezone_name()}")


urlpatterns = [
    path("", include("accounts.urls")),
    path("sessions/", read, name="session-list"),
    path("act/", act),
    path("open/", open_to_all),
    path("api/v1/open", open_to_all),
]
