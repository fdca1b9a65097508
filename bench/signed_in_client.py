"""A small HTTP client that signs in to a running server and keeps its cookies."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode


class SignedInClient:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in/")
        form = {"csrfmiddlewaretoken": self.cookies["csrftoken"].value, "username": email, "password": password}
        status, _ = self._request("POST", "/sign-in/", urlencode(form))
        if status != http.HTTPStatus.FOUND:
            raise SystemExit(f"Signing in as {email} failed with status {status}")

    @property
    def cookie(self) -> str:
        """The Cookie header that a browser would send."""
        return "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body; status 0 when the server can't be reached."""
        return self._request("GET", path, None)

    def post(self, path: str, form: dict[str, str], **headers: str) -> tuple[int, str]:
        """Send a form of a page that this person has open."""
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"].value}
        return self._request("POST", path, urlencode({**token, **form}), headers)

    def links(self, path: str, pattern: str) -> list[str]:
        return sorted(set(re.findall(pattern, self.get(path)[1])))

    def _request(self, method: str, path: str, body: str | None, more: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, **(more or {})}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
            return response.status, response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()
