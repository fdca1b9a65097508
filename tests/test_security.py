"""What every answer tells browsers, whoever asks and whatever came of it; and that no page needs more than that."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from accounts.models import User
from accounts.tests.factories import PASSWORD
from resolutionflow.wsgi import application
from sessions.models import AISession
from tests.addresses import addresses, path_of, some_rows
from tests.api import call, client_of

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
SWAGGER = POLICY - {"img-src 'self'"} | {"img-src 'self' data:"}
EXACTLY = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "strict-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
TOO_LARGE = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
FAILING = "resolutionflow.tests.test_errors"


def wrong_headers(answer: HttpResponse, path: str) -> Iterator[str]:
    policy = SWAGGER if path == "/api/v1/docs" else POLICY
    if set(answer.get("Content-Security-Policy", "").split("; ")) != policy:
        yield "Content-Security-Policy"
    yield from (name for name, allowed in EXACTLY.items() if answer.get(name) not in allowed)
    if not {"camera=()", "microphone=()", "geolocation=()"} <= set(answer.get("Permissions-Policy", "").split(", ")):
        yield "Permissions-Policy"
    if not {"private", "no-store"} & set(re.split(r",\s*", answer.get("Cache-Control", ""))):
        yield "Cache-Control"
    for name, cookie in answer.cookies.items():
        if not cookie.value:
            continue  # takes one back
        script_reads_it = name == settings.CSRF_COOKIE_NAME
        if cookie["samesite"] != "Lax" or cookie["path"] != "/" or bool(cookie["httponly"]) == script_reads_it:
            yield f"cookie {name}"


class Inline(HTMLParser):
    """Collects what the policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        self.found += [f"<{tag} {name}>" for name in names if name.startswith(("on", "style", "hx-on", "data-hx-on"))]
        self.found += [f"<{tag} {name}={value}>" for name, value in attrs if re.match(r"\s*js(cript)?:", value or "")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")


@pytest.fixture
def rows(session: AISession) -> dict[str, Any]:
    return some_rows(session)


def people(rows: dict[str, Any]) -> dict[str, Client]:
    superuser = User.objects.create_superuser("root@example.com", PASSWORD)
    clients = {"nobody": Client(), "an admin": Client(), "a superuser": Client()}
    for name, user in (("an admin", rows["admin"]), ("a superuser", superuser)):
        clients[name].force_login(user, backend="accounts.backends.EmailBackend")
    return clients


def test_every_address_answers_with_every_header_and_nothing_inline(rows: dict[str, Any]) -> None:
    routes = list(addresses(get_resolver().url_patterns))
    wrong, seen = {}, 0
    for who, client in people(rows).items():
        for route in routes:
            path = path_of(route, rows)
            answer = client.get(path)
            flaws = list(wrong_headers(answer, path))
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                flaws += Inline(answer.content.decode()).found
                seen += answer.status_code == 200
            if flaws:
                wrong[f"{path} ({route}), {who}: {answer.status_code}"] = flaws
    assert wrong == {}
    assert seen > 40


ERRORS = [
    ("GET", "/nowhere/", 404, {}),
    ("GET", "/static/nowhere.css", 404, {}),
    ("GET", "/sign-out/", 405, {}),
    ("GET", "/", 400, {"HTTP_HOST": "elsewhere.example"}),
    ("POST", "/sign-in/", 403, {}),
    ("POST", "/sign-out/", 403, {"HTTP_ORIGIN": "https://elsewhere.example"}),
    ("GET", "/api/v1/nowhere", 401, {}),
]


@pytest.mark.parametrize(("method", "path", "status", "options"), ERRORS)
@pytest.mark.django_db
def test_refusals_have_every_header_too(method: str, path: str, status: int, options: dict[str, Any]) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, path, **options)
    assert answer.status_code == status
    assert list(wrong_headers(answer, path)) == []


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/nowhere", 404, None),
        ("PUT", "/ai-sessions", 405, {}),
        ("POST", "/ai-sessions", 400, {}),
        ("POST", "/ai-sessions", 413, TOO_LARGE),
    ],
)
def test_the_apis_refusals_have_every_header_too(
    engineer: User, method: str, path: str, status: int, body: Any
) -> None:
    answer = call(client_of(engineer), method, path, body)
    assert answer.status_code == status
    assert list(wrong_headers(answer, path)) == []


@pytest.mark.urls(FAILING)
@pytest.mark.parametrize("prefix", ["", "/api/v1"])
@pytest.mark.parametrize(
    ("how", "status"), [("odd", 400), ("forbidden", 403), ("none", 404), ("crash", 500), ("away", 503)]
)
def test_what_goes_wrong_has_every_header_too(prefix: str, how: str, status: int) -> None:
    path = f"{prefix}/fail/{how}/" if how != "none" else f"{prefix}/nowhere/"
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == status
    assert list(wrong_headers(answer, path)) == []
    assert Inline(answer.content.decode()).found == []


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("text/plain; charset=rot13", "text/plain"),
        ('text/plain; CharSet* = "hex"; a=b', "text/plain; a=b"),
        ("text/plain; charset=utf-16;charset=rot13", "text/plain"),
        ("multipart/form-data; boundary=x; charset=unicode_escape", "multipart/form-data; boundary=x"),
    ],
)
def test_no_codec_that_a_header_names_is_asked(claimed: str, kept: str) -> None:
    """Through the door that servers use: Django reads the header before any middleware is asked."""
    environ = RequestFactory().get("/nowhere/?q=%5Cud800").environ | {"CONTENT_TYPE": claimed}
    answered: list[str] = []
    list(application(environ, lambda status, headers: answered.append(status)))
    assert (answered, environ["CONTENT_TYPE"]) == (["404 Not Found"], kept)


def test_a_form_that_is_too_large_has_every_header_too() -> None:
    answer = Client().generic("POST", "/sign-in/", TOO_LARGE, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert list(wrong_headers(answer, "/sign-in/")) == []


@pytest.mark.django_db  # a closed answer ends its request, and that looks after the connection
def test_static_files_are_sniffed_and_embedded_by_nobody() -> None:
    answer = Client().get("/static/css/tokens.css")
    answer.close()
    assert answer.status_code == 200
    assert [flaw for flaw in wrong_headers(answer, "") if flaw != "Cache-Control"] == []
    assert "Access-Control-Allow-Origin" not in answer


TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("tag", ["{% csp_nonce", "|safe", "{% autoescape off", "mark_safe"])
def test_no_template_goes_round_escaping(tag: str) -> None:
    assert [page.name for page in TEMPLATES if tag in page.read_text()] == []


def test_no_template_has_anything_inline() -> None:
    """Also in the corners that no address above happens to show."""
    found = {page.name: Inline(re.sub(r"{%.*?%}", "", page.read_text())).found for page in TEMPLATES}
    assert {name: flaws for name, flaws in found.items() if flaws} == {}
