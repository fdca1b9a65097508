"""Errors that leave the ordinary way. None of these pages may ask the database anything, so no test here has one."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

pytestmark = pytest.mark.urls(__name__)

handler400 = "resolutionflow.errors.handler400"
handler403 = "resolutionflow.errors.handler403"
handler404 = "resolutionflow.errors.handler404"
handler500 = "resolutionflow.errors.handler500"

RAISED = {
    "odd": SuspiciousOperation,
    "much": TooManyFieldsSent,
    "forbidden": PermissionDenied,
    "crash": ZeroDivisionError,
    "away": OperationalError,
    "closed": InterfaceError,
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise RAISED[how]


urlpatterns = [path("", include("accounts.urls")), path("fail/<how>/", fail), path("api/v1/fail/<how>/", fail)]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/fail/odd/", 400, "The request was not valid"),
        ("/fail/much/", 400, "Too much was sent"),
        ("/fail/forbidden/", 403, "You can’t do that"),
        ("/fail/crash/", 500, "Something went wrong"),
        ("/fail/away/", 503, "Temporarily unavailable"),
        ("/fail/closed/", 503, "Temporarily unavailable"),
    ],
)
class TestErrors:
    def test_are_pages_in_words_with_a_way_on(self, visitor: Client, address: str, status: int, said: str) -> None:
        answer = visitor.get(address)
        page = answer.content.decode()
        assert answer.status_code == status
        assert f"<h1>{said}</h1>" in page
        assert 'href="/"' in page

    def test_are_a_notice_for_a_fragment(self, visitor: Client, address: str, status: int, said: str) -> None:
        answer = visitor.get(address, headers={"HX-Request": "true"})
        page = answer.content.decode()
        assert answer.status_code == status
        assert "data-notice" in page
        assert said in page
        assert "<html" not in page

    def test_speak_problem_json_to_scripts(self, visitor: Client, address: str, status: int, said: str) -> None:
        answer = visitor.get("/api/v1" + address)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"] == f"{said}."


def test_our_own_faults_name_the_request_and_offer_another_try(visitor: Client) -> None:
    answer = visitor.get("/fail/crash/?q=1")
    assert answer["X-Request-ID"] in answer.content.decode()
    assert 'href="/fail/crash/?q=1"' in answer.content.decode()


def test_an_absent_database_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/fail/away/")["Retry-After"] == "5"
