"""Somebody with a browser, signed in to a running server."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode


class Visitor:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: SimpleCookie = SimpleCookie()

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in/")
        form = {"csrfmiddlewaretoken": self.cookies["csrftoken"].value, "username": email, "password": password}
        status, _ = self._ask("POST", "/sign-in/", urlencode(form))
        if status != http.HTTPStatus.FOUND:
            raise SystemExit(f"Signing in as {email} was answered with {status}")

    @property
    def cookie(self) -> str:
        """As the header that a browser sends."""
        return "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 when nobody answers."""
        return self._ask("GET", path, None)

    def links(self, path: str, pattern: str) -> list[str]:
        return sorted(set(re.findall(pattern, self.get(path)[1])))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(cookie)
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()
