"""A site small enough to test the doors of the real one: its own sign-in pages, and three guarded rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from accounts.guards import signed_in_member, works

handler404 = "resolutionflow.errors.handler404"


@signed_in_member
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"read in {timezone.get_current_timezone_name()}")


@works
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
