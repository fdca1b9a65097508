"""A real HTTP server on this machine that speaks Chat Completions, well or badly: what a model's server can do to us.

The name of the model, or the first part of the path, chooses the scenario (`SCENARIOS`); any other name answers well.
By hand, with FlowPilot in another terminal (`FLOWPILOT_URL=http://localhost:8123/v1 FLOWPILOT_MODEL=story make run`):

    python -m tests.fake_model 8123
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.fake_texts import TEXTS, good

ANSWER = "Does webmail work for this person, with the same password?"
HALF = "Clear the saved cre"
MARKER = (
    "Clear the saved sign-ins first.\n\n[SUGGEST_FIX]\n"
    '{"title": "Clear the saved sign-ins", "description": "Close the program. Remove them. Start it again.", '
    '"confidence_pct": 70, "verification_hint": "It opens without asking"}\n[/SUGGEST_FIX]'
)
RETRY_SECONDS = 7
RETRY_DATE = "Thu, 26 Nov 2026 16:00:00 GMT"
MEGABYTES = 40
PATIENCE = 60
"""Seconds after which a server that waits gives up: a test that forgot to release it fails, and doesn't hang."""


class FakeModel:
    """The server, in a thread. `requests` and `headers` are what it was sent; `text` is what `given` answers."""

    def __init__(self, port: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.text = ANSWER
        self.pieces = 7
        """Characters in each piece of a stream: markers are cut wherever that falls."""
        self.release = threading.Event()
        """Lets the scenarios `holds` and `silent` go on."""
        self.hung_up = threading.Event()
        """Set when a client closed its connection in the middle of an answer."""
        self.server = _Server(("127.0.0.1", port), _Handler)
        self.server.fake = self
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def at(self, scenario: str) -> str:
        """Return the base address whose answers are those of a scenario, whatever the model's name."""
        return self.url.replace("/v1", f"/{scenario}/v1")

    @property
    def prompt(self) -> str:
        """Everything that the last request said."""
        return "\n\n".join(message["content"] for message in self.requests[-1]["messages"])

    def __enter__(self) -> "FakeModel":
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeModel

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about clients that closed their connection, as they do in these tests."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def fake(self) -> FakeModel:
        assert isinstance(self.server, _Server)
        return self.server.fake

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.fake.requests.append(self.body)
        self.fake.headers.append(dict(self.headers.items()))
        first = self.path.split("/")[1]
        name = first if first in SCENARIOS else str(self.body.get("model"))
        try:
            SCENARIOS.get(name, _answers)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.fake.hung_up.set()
            self.close_connection = True

    def do_GET(self) -> None:
        self.reply(404, {"error": {"message": "POST to /v1/chat/completions"}})

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def reply(self, status: int, body: object, **headers: str) -> None:
        """Answer in one piece: JSON, or text as it is."""
        is_text = isinstance(body, str)
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if is_text else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def event(self, data: object) -> None:
        self.send(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode())

    def delta(self, text: str | None, finish: str | None = None, **more: object) -> None:
        delta = {} if text is None else {"content": text}
        self.event({"choices": [{"index": 0, "delta": {**delta, **more}, "finish_reason": finish}]})

    def stream(self, text: str) -> None:
        self.begin()
        self.delta(None, role="assistant")
        for piece in _pieces(text, self.fake.pieces):
            self.delta(piece)

    def complete(self, reason: str | None = "stop", usage: tuple[int, int] | None = (120, 30)) -> None:
        if reason:
            self.delta(None, reason)
        if usage:
            self.event({"choices": [], "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}})
        self.event("[DONE]")
        self.end()

    def end(self) -> None:
        self.send(b"")

    def drop(self) -> None:
        """Close the connection in the middle of whatever was being sent."""
        self.close_connection = True


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def _answers(handler: _Handler, text: str | None = None) -> None:
    handler.stream(ANSWER if text is None else text)
    handler.complete()


def _waits(handler: _Handler, text: str) -> None:
    handler.stream(text[: len(text) // 2])
    handler.fake.release.wait(PATIENCE)
    for piece in _pieces(text[len(text) // 2 :], handler.fake.pieces):
        handler.delta(piece)
    handler.complete()


def _is_silent(handler: _Handler) -> None:
    handler.fake.release.wait(PATIENCE)
    handler.drop()


def _drips(handler: _Handler) -> None:
    handler.begin()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not handler.fake.release.wait(0.02):
        handler.delta("word ")
    handler.drop()


def _sends_megabytes(handler: _Handler, *, in_one_line: bool = False) -> None:
    handler.begin()
    if in_one_line:
        handler.send(b"data: ")
    for _ in range(MEGABYTES * 16):
        handler.send(b"x" * 65_536) if in_one_line else handler.delta("much " * 13_000)
    handler.complete()


def _is_cut(handler: _Handler, *, text: str = HALF, reason: str = "length") -> None:
    handler.stream(text)
    handler.complete(reason)


def _stops_without_end(handler: _Handler, *, dropped: bool = False, text: str = HALF) -> None:
    handler.stream(text)
    handler.drop() if dropped else handler.end()


def _fails_in_the_stream(handler: _Handler, *, text: str = "") -> None:
    handler.stream(text)
    handler.event({"error": {"message": "the engine crashed", "code": 500}})
    handler.end()


def _is_plain(handler: _Handler, *, finish: str = "stop", text: str = ANSWER) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    handler.reply(200, {"choices": [choice], "usage": {"prompt_tokens": 120, "completion_tokens": 30}})


def _wants_other_fields(handler: _Handler) -> None:
    if "max_tokens" in handler.body:
        text = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        return handler.reply(400, {"error": {"message": text, "param": "max_tokens"}})
    if "temperature" in handler.body:
        return handler.reply(400, _error("Unsupported value: 'temperature' does not support 0.2 with this model."))
    if "response_format" in handler.body:
        return handler.reply(400, _error("This model does not support response format `json_schema`."))
    if "stream_options" in handler.body:
        return handler.reply(
            422, {"detail": [{"loc": ["body", "stream_options"], "msg": "extra fields not permitted"}]}
        )
    return _answers(handler, good(handler.prompt) if "You phrase " in handler.prompt else None)


def _tells_the_story(handler: _Handler) -> None:
    """Ask, then suggest, then propose to wait, and write the note: all from nothing but what the prompt says."""
    prompt = handler.prompt
    if "You phrase " in prompt:
        return _answers(handler, good(prompt))
    fix = re.search(r"fix_id=([0-9a-f-]{36})", prompt)
    if fix and re.search("have to wait|must wait", prompt):
        reason = "It has to wait for the reboot, tomorrow 9am"
        said = json.dumps({"fix_id": fix[1], "outcome": "pending", "reason": reason})
        return _answers(handler, f"Then we wait for it.\n\n[FIX_OUTCOME]\n{said}\n[/FIX_OUTCOME]")
    if fix:
        return _answers(handler, "Tell me what came of it.")
    return _answers(handler, MARKER if "webmail works" in prompt else ANSWER)


def _sends_gzip(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", "4")
    handler.end_headers()
    handler.wfile.write(b"\x1f\x8b\x08\x00")


def _counts_no_tokens(handler: _Handler) -> None:
    handler.stream(ANSWER)
    handler.complete(usage=None)


def _sends(event: object) -> Callable[[_Handler], None]:
    def sends(handler: _Handler) -> None:
        handler.begin()
        handler.event(event)
        handler.end()

    return sends


def _has_no_choices(handler: _Handler) -> None:
    handler.begin()
    handler.event({"choices": [], "prompt_filter_results": []})
    for piece in _pieces(ANSWER, handler.fake.pieces):
        handler.delta(piece)
    handler.complete()


def _sends_unusual_events(handler: _Handler) -> None:
    """Comments, null content, other fields, text in parts, unknown events: all of it is allowed."""
    handler.begin()
    handler.send(b": ping\n\nevent: ping\ndata: {}\n\n")
    handler.delta(None, reasoning_content="the person wants")
    handler.event({"choices": [{"delta": {"content": None}}], "id": 7})
    handler.event({"choices": [{"delta": {"content": [{"type": "text", "text": ANSWER}]}, "finish_reason": None}]})
    handler.complete()


def _says(status: int, body: object, **headers: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.reply(status, body, **headers)


def _writes(text: Callable[[str], str]) -> Callable[[_Handler], None]:
    return lambda handler: _answers(handler, text(handler.prompt))


def _error(message: str, code: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "code": code, "type": "invalid_request_error"}}


_SECRET = "Incorrect API key provided: sk-very-secret"

SCENARIOS: dict[str, Callable[[_Handler], None]] = {
    "answer": _answers,
    "given": lambda handler: _answers(handler, handler.fake.text),
    "given-cut": lambda handler: _is_cut(handler, text=handler.fake.text),
    "story": _tells_the_story,
    "echo": lambda handler: _answers(handler, handler.body["messages"][-1]["content"]),
    "suggests": lambda handler: _answers(handler, MARKER),
    "holds": lambda handler: _waits(handler, handler.fake.text),
    "silent": _is_silent,
    "drips": _drips,
    "plain": _is_plain,
    "plain-cut": lambda handler: _is_plain(handler, finish="length", text=HALF),
    "thinks": lambda handler: _answers(handler, f"<think>Perhaps [PROMOTE]{{}}[/PROMOTE]\n</think>\n\n{ANSWER}"),
    "no-choices": _has_no_choices,
    "unusual": _sends_unusual_events,
    "no-usage": _counts_no_tokens,
    "other-fields": _wants_other_fields,
    # incomplete
    "cut": _is_cut,
    "filtered": lambda handler: _is_cut(handler, reason="content_filter"),
    "marker-cut": lambda handler: _is_cut(handler, text=MARKER[:-20]),
    "marker-whole-and-cut": lambda handler: _is_cut(handler, text=f"{MARKER}\n\nAnd th"),
    "no-end": _stops_without_end,
    "half": lambda handler: _stops_without_end(handler, dropped=True),
    "fails-halfway": lambda handler: _fails_in_the_stream(handler, text=HALF),
    "megabytes": _sends_megabytes,
    # failing
    "one-line": lambda handler: _sends_megabytes(handler, in_one_line=True),
    "wrong-key": _says(401, _error(_SECRET, "invalid_api_key")),
    "forbidden": _says(403, _error("Country not supported")),
    "no-model": _says(404, _error("The model `kestrel` does not exist", "model_not_found")),
    "no-path": _says(404, "<h1>Not Found</h1>"),
    "busy": _says(429, _error("Rate limit reached"), Retry_After=str(RETRY_SECONDS)),
    "busy-until": _says(429, _error("Rate limit reached"), Retry_After=RETRY_DATE),
    "busy-somehow": _says(429, _error("Rate limit reached"), Retry_After="soon"),
    "no-credit": _says(429, _error("You exceeded your current quota", "insufficient_quota")),
    "too-long": _says(400, _error("maximum context length is 8192 tokens", "context_length_exceeded")),
    "refuses": _says(400, _error("The response was filtered", "content_filter")),
    "broken": _says(500, "<h1>Internal Server Error</h1>"),
    "away": _says(503, _error("Loading model"), Retry_After="3"),
    "redirect": _says(302, "", Location="http://127.0.0.1:9/elsewhere"),
    "fails-at-once": _fails_in_the_stream,
    "hangs-up": lambda handler: handler.drop(),
    "nonsense": _says(200, "<html><body>Sign in to the guest Wi-Fi</body></html>"),
    "nonsense-json": _says(200, {"answer": 42}),
    "nonsense-stream": _sends("{not json"),
    "nonsense-choices": _sends({"choices": [7]}),
    "empty": lambda handler: _answers(handler, " \n"),
    "only-thinks": lambda handler: _answers(handler, "<think>and on and on"),
    "gzip": _sends_gzip,
    # notes and packages
    **{f"text-{name}": _writes(text) for name, text in TEXTS.items()},
    "text-holds": lambda handler: _waits(handler, good(handler.prompt)),
    "text-cut": lambda handler: _is_cut(handler, text=good(handler.prompt)),
    "control": lambda handler: _answers(handler, f"NUL \0 and half \ud800 a pair, e{chr(0x301) * 200}. {ANSWER}"),
}


if __name__ == "__main__":
    with FakeModel(int(sys.argv[1]) if sys.argv[1:] else 8123) as model:
        print(f"FLOWPILOT_URL={model.url} FLOWPILOT_MODEL=…, one of: {', '.join(sorted(SCENARIOS))}")
        threading.Event().wait()
