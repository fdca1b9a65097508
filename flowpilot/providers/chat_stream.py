"""One request to an OpenAI-compatible server, and what it sends back, piece by piece (httpx, httpx-sse)."""

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import httpx
from httpx_sse import EventSource

from flowpilot.providers import ProviderError, server_errors
from flowpilot.providers.chat_chunks import Chunk, Nonsense, ServerFailed, chunk_of_body, chunk_of_event

CONNECT_SECONDS = 10.0
BYTES_MOST = 4_000_000
"""Bytes of a response after which nobody reads on."""
ERROR_BYTES_MOST = 20_000

Request = dict[str, Any]


class ChatStream:
    """Iterate over it to send the request. `close` may be called from another thread: the iteration then ends.

    The iteration raises ProviderError.
    """

    def __init__(self, url: str, key: str, request: Request, *, server: str, seconds: float) -> None:
        self._url, self._request, self._server, self._seconds = url, request, server, seconds
        self._headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._socket: socket.socket | None = None
        self._is_closed = False

    def __iter__(self) -> Iterator[Chunk]:
        try:
            with httpx.Client(timeout=httpx.Timeout(self._seconds, connect=CONNECT_SECONDS)) as client:
                yield from self._answer(client)
        except httpx.HTTPError as error:
            raise self._error(error) from error
        except Nonsense as error:
            raise server_errors.nonsense(self._server) from error
        except ServerFailed as error:
            raise server_errors.failed_itself(self._server) from error

    def close(self) -> None:
        self._is_closed = True
        if self._socket:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _answer(self, client: httpx.Client) -> Iterator[Chunk]:
        request = self._request
        while True:
            with self._sent(client, request) as response:
                if response.status_code == 200:
                    yield from self._chunks(response)
                    return
                body = _beginning(response)
            adapted = _adapted(request, response.status_code, body)
            if adapted is None:
                raise server_errors.error_of(response.status_code, body, response.headers, self._server)
            request = adapted

    def _sent(self, client: httpx.Client, request: Request) -> contextlib.AbstractContextManager[httpx.Response]:
        return client.stream(
            "POST", self._url, json=request, headers=self._headers, extensions={"trace": self._keep_socket}
        )

    def _keep_socket(self, event: str, info: dict[str, Any]) -> None:
        """Remember the connection's socket: shutting it down ends a read that the other thread waits in."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_closed:
                self.close()

    def _chunks(self, response: httpx.Response) -> Iterator[Chunk]:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise Nonsense  # unasked-for compression may unpack to any size
        response.stream = _Capped(response.stream, server_errors.too_much(self._server))
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            yield chunk_of_body(response.read())
        elif kind == "text/event-stream":
            yield from (chunk_of_event(event.data) for event in EventSource(response).iter_sse() if event.data)
        else:
            raise Nonsense

    def _error(self, error: httpx.HTTPError) -> ProviderError:
        if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
            is_certificate = "CERTIFICATE" in str(error)
            return server_errors.is_untrusted(self._server) if is_certificate else server_errors.is_down(self._server)
        if isinstance(error, httpx.TimeoutException):
            return server_errors.too_slow(self._server, self._seconds)
        if isinstance(error, httpx.TransportError):
            return server_errors.hung_up(self._server)
        return server_errors.nonsense(self._server)


class _Capped(httpx.SyncByteStream):
    """A response's bytes, of which only so many are read."""

    def __init__(self, stream: Any, error: ProviderError) -> None:
        self._stream, self._error, self._left = stream, error, BYTES_MOST

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise self._error
            yield part

    def close(self) -> None:
        self._stream.close()


def _beginning(response: httpx.Response) -> str:
    """Return the first characters of an error's body."""
    read = b""
    for part in response.iter_raw():
        read += part
        if len(read) > ERROR_BYTES_MOST:
            break
    return read[:ERROR_BYTES_MOST].decode(errors="replace")


def _adapted(request: Request, status: int, body: str) -> Request | None:
    """Return the request as this server wants it, if it only refused a field; else None."""
    if status not in {400, 422}:
        return None
    if "max_tokens" in request and "max_completion_tokens" in body:
        rest = {name: value for name, value in request.items() if name != "max_tokens"}
        return {**rest, "max_completion_tokens": request["max_tokens"]}
    words = body.replace("_", " ")
    refused = [name for name in OPTIONAL if name in request and name.replace("_", " ") in words]
    return {name: value for name, value in request.items() if name not in refused} if refused else None


OPTIONAL = ("stream_options", "temperature", "response_format")
"""Fields that some servers don't take, and that an answer doesn't depend on."""
