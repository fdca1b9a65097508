"""Bodies as scripts really send them, over a socket to the server that people run: in chunks, coded, broken off."""

import json
import re
import socket
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.processes.checkout import PATIENCE, Checkout, Started

ENGINEER = "engineer@northwind.example"


class Answer(NamedTuple):
    status: int
    headers: str
    body: dict[str, Any]


class Wire:
    """Sends requests byte by byte as they are written here."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def send(self, method: str, path: str, *parts: bytes, **headers: str) -> Answer:
        """Send a head with these headers and then the parts; read one answer."""
        sent = {"Host": "localhost", "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(f"{method} /api/v1{path} HTTP/1.1\r\n{head}\r\n".encode())
            for part in parts:
                connection.sendall(part)
            return read(connection)

    def chunked(self, method: str, path: str, body: bytes, size: int = 7, **headers: str) -> Answer:
        """Send a body in chunks of `size` bytes."""
        chunks = [body[start : start + size] for start in range(0, len(body), size)]
        parts = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks]
        return self.send(method, path, *parts, b"0\r\n\r\n", Transfer_Encoding="chunked", **headers)


def read(connection: socket.socket) -> Answer:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65_536) or pytest.fail(f"The connection was closed after {received!r}")
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1])
    while len(body) < length:
        body += connection.recv(65_536)
    return Answer(int(head.split()[1]), head.decode(), json.loads(body))


@pytest.fixture(scope="module")
def server(prepared: Checkout) -> Iterator[Started]:
    """One server for all tests: none of them stops it."""
    with prepared.started() as server:
        yield server
        server.stop()


@pytest.fixture(scope="module")
def wire(server: Started) -> Wire:
    token = server.checkout.manage("create_token", ENGINEER, "--name", "bodies").stdout.split()[-1]
    return Wire(server.checkout.port, token)


@pytest.fixture
def session(wire: Wire) -> str:
    """The path of a new session, made by a chunked body."""
    answer = wire.chunked("POST", "/ai-sessions", json.dumps({"title": "VPN drops"}).encode())
    assert answer.status == 201, answer
    return f"/ai-sessions/{answer.body['id']}"


@pytest.fixture
def fix(wire: Wire, session: str) -> str:
    """The path of a new fix."""
    body = {"title": "Reboot", "description": "It.", "confidence_pct": 50}
    answer = wire.chunked("POST", f"{session}/suggested-fixes", json.dumps(body).encode())
    assert answer.status == 201, answer
    return f"{session}/suggested-fixes/{answer.body['id']}"


class TestAChunkedBody:
    @pytest.mark.parametrize("size", [1, 7, 10_000])
    def test_changes_what_it_says(self, wire: Wire, session: str, size: int) -> None:
        answer = wire.chunked("PATCH", session, '{"title": "Büro ohne Netz"}'.encode(), size)
        assert (answer.status, answer.body["title"]) == (200, "Büro ohne Netz")

    def test_keeps_its_notes(self, wire: Wire, fix: str) -> None:
        wire.chunked("POST", f"{fix}/ai-outcome", b'{"outcome": "applied_partial", "reason": "So it seems."}')
        answer = wire.chunked("POST", f"{fix}/ai-outcome/confirm", b'{"notes": "Two of three."}')
        assert (answer.status, answer.body["partial_notes"]) == (200, "Two of three.")

    def test_with_another_content_is_another_call(self, wire: Wire, session: str) -> None:
        path, key = f"{session}/messages", {"Idempotency_Key": "k"}
        first = wire.chunked("POST", path, b'{"content": "One"}', **key)
        again = wire.chunked("POST", path, b'{"content": "One"}', size=3, **key)
        other = wire.chunked("POST", path, b'{"content": "Two"}', **key)
        assert (first.status, again.body["id"]) == (201, first.body["id"])
        assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")

    def test_above_the_limit_is_413(self, wire: Wire, session: str) -> None:
        answer = wire.chunked("PATCH", session, b'{"title": "%s"}' % (b"x" * 1024 * 1024), 65_536)
        assert (answer.status, answer.body["code"]) == (413, "too_large")

    def test_at_the_limit_is_read(self, wire: Wire, session: str) -> None:
        body = b'{"title": "VPN"}'
        answer = wire.chunked("PATCH", session, body + b" " * (1024 * 1024 - len(body)), 65_536)
        assert (answer.status, answer.body["title"]) == (200, "VPN")

    @pytest.mark.parametrize("parts", [[b"zz\r\n"], [b"1\r\n{\r\nzz\r\n"], [b"0\r\n\r\n"]])
    @pytest.mark.parametrize("act", ["apply", "reopen", "ai-outcome/confirm"])
    def test_that_breaks_off_is_never_taken_for_none(self, wire: Wire, fix: str, act: str, parts: list[bytes]) -> None:
        answer = wire.send("POST", f"{fix}/{act}", *parts, Transfer_Encoding="chunked")
        assert (answer.status, answer.body["code"]) == (400, "invalid_input")
        assert wire.send("GET", fix).body["version"] == 1

    def test_is_counted_and_refused_as_any_other(self, wire: Wire, session: str) -> None:
        stranger = Wire(wire.port, "rf_nonsense")
        assert stranger.chunked("PATCH", session, b"{}").status == 401
        assert wire.chunked("PATCH", "/ai-sessions/nonsense", b"{").status == 404


class TestACodedBody:
    @pytest.mark.parametrize("coding", ["gzip", "br", "GZIP", "nonsense", "identity, gzip"])
    def test_is_415_and_nothing_is_recorded(self, wire: Wire, fix: str, coding: str) -> None:
        answer = wire.send("POST", f"{fix}/apply", b"\x1f\x8b", Content_Length="2", Content_Encoding=coding)
        assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")
        assert "accept-encoding: identity" in answer.headers.lower()
        assert wire.send("GET", fix).body["applied_at"] is None

    def test_on_its_way_is_415(self, wire: Wire, fix: str) -> None:
        answer = wire.send("POST", f"{fix}/apply", b"2\r\n{}\r\n0\r\n\r\n", Transfer_Encoding="gzip, chunked")
        assert (answer.status, answer.body["code"]) == (415, "unsupported_media_type")

    def test_as_it_is_is_read(self, wire: Wire, session: str) -> None:
        answer = wire.send("PATCH", session, b'{"title": "VPN"}', Content_Length="16", Content_Encoding="identity")
        assert (answer.status, answer.body["title"]) == (200, "VPN")


def test_put_to_healthz_is_405(wire: Wire) -> None:
    with socket.create_connection(("127.0.0.1", wire.port), timeout=PATIENCE) as connection:
        connection.sendall(b"PUT /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        received = connection.recv(65_536).decode()
    assert received.startswith("HTTP/1.1 405")
    assert "allow: GET, HEAD" in received
