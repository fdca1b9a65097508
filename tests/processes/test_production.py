"""Run as docs/running.md says, on a server of its own with roles of its own, the product is safe to show the world."""

import http.client
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

import pytest

from tests.processes.checkout import ORIGINAL, PATIENCE, Checkout

SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
NAME = "documented"
HOST = "desk.example.com"


@pytest.fixture(scope="module")
def production(prepared: Checkout) -> Iterator[dict[str, str]]:
    """The environment of a production server: roles and database made by the page's SQL, as a superuser.

    They stay: the cluster is a copy's, and goes with it.
    """
    assert prepared.manage("db", "start").returncode == 0
    found = SQL.search((ORIGINAL / "docs" / "running.md").read_text())
    assert found
    with prepared.cluster.connect() as superuser:
        for statement in found[1].replace("resolutionflow", NAME).split(";\n"):
            superuser.execute(statement)
    where = f"@/{NAME}?host={quote(str(prepared.cluster.sockets), safe='')}"
    yield {
        "PRODUCTION": "true",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"postgresql://{NAME}{where}",
        "DATABASE_OWNER_URL": f"postgresql://{NAME}_owner{where}",
    }
    prepared.manage("db", "stop")


@pytest.fixture(scope="module")
def port(prepared: Checkout, production: dict[str, str]) -> Iterator[int]:
    """The server's. It migrates at its start, since it knows the owner."""
    with prepared.started(**production) as server:
        yield server.checkout.port


class BrowserClient:
    """A browser behind the proxy that ends TLS: keeps cookies, sends forms."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(self, path: str, **form: str) -> http.client.HTTPResponse:
        method, body = (
            ("POST", urlencode({**form, "csrfmiddlewaretoken": self.token, "page_owner": ""}))
            if form
            else ("GET", None)
        )
        headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        return answer

    @property
    def token(self) -> str:
        return self.cookies["__Host-csrftoken"].value


def get(port: int, path: str, host: str = HOST, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host, **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def secure(port: int, path: str, host: str = HOST) -> http.client.HTTPResponse:
    """As through the proxy, which ends TLS."""
    return get(port, path, host, **{"X-Forwarded-Proto": "https"})


def test_djangos_own_check_finds_nothing_to_say(prepared: Checkout, production: dict[str, str], port: int) -> None:
    checked = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            "--database",
            "default",
        ],
        cwd=prepared.folder,
        env=prepared.environment(**production),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_everything_but_the_health_check_is_sent_to_https(port: int) -> None:
    answer = get(port, "/sign-in/")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/sign-in/")
    assert get(port, "/healthz").status == 200


def test_browsers_are_told_to_stay_with_https_for_a_year(port: int) -> None:
    for path in ("/sign-in/", "/nowhere/", "/api/v1/nowhere", "/static/nowhere.css"):
        assert secure(port, path).headers["Strict-Transport-Security"].startswith("max-age=31536000"), path


def test_cookies_belong_to_this_host_alone(port: int) -> None:
    cookies = SimpleCookie(secure(port, "/sign-in/").headers["Set-Cookie"])
    assert list(cookies) == ["__Host-csrftoken"]
    token = cookies["__Host-csrftoken"]
    assert (token["secure"], token["path"], token["domain"], token["samesite"]) == (True, "/", "", "Lax")


def test_the_first_admin_chooses_a_password_and_signs_in(
    prepared: Checkout, production: dict[str, str], port: int
) -> None:
    who = (
        "--name",
        "Harbour IT",
        "--time-zone",
        "Europe/London",
        "--email",
        "ines@harbour.example",
        "--person",
        "Ines",
    )
    link = prepared.manage("create_account", *who, **production).stdout.split()[-1]
    assert link.startswith(f"https://{HOST}/password/new/")
    browser = BrowserClient(port)
    form = browser.ask(urlsplit(link).path).headers["Location"]
    assert browser.ask(form).status == 200
    password = secrets.token_urlsafe(16)
    assert browser.ask(form, new_password1=password, new_password2=password).status in {302, 303}
    browser = BrowserClient(port)
    assert browser.ask("/sign-in/").status == 200
    answer = browser.ask("/sign-in/", username="ines@harbour.example", password=password)
    assert (answer.status, answer.headers["Location"]) == (302, "/sessions/")
    session = browser.cookies["__Host-sessionid"]
    assert (session["secure"], session["httponly"], session["path"], session["domain"]) == (True, True, "/", "")
    assert browser.ask("/sessions/").status == 200


def test_another_hosts_name_is_refused_with_every_header(port: int) -> None:
    answer = secure(port, "/sign-in/", host="elsewhere.example")
    assert answer.status == 400
    for name in ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Cross-Origin-Resource-Policy"):
        assert answer.headers[name], name


def test_static_files_are_kept_for_good(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/sign-in/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    page = connection.getresponse().read().decode()
    connection.close()
    named = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(named) > 5
    for path in named:
        answer = secure(port, path)
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
