"""CPU time of one request, in one process and one thread, for the paths that people and scripts use most.

python -m tests.with_database python -m bench.cpu [--profile NAME]

Only this process is counted, PostgreSQL isn't. A fixed piece of work is timed between the rounds, and every figure is
a multiple of it, so that the limits hold on fast and slow machines alike.
"""

import argparse
import cProfile
import io
import json
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import cycle
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.empty_database import empty_database
from bench.report import Measured, report, say

ROUNDS = 9
REQUESTS = 20
"""In each round, of each kind."""
ROWS = 50
"""Waiting fixes on the board; each is in a session of its own."""
ACTED_ON = 41
"""Fixes that outcomes are recorded for in turn: so few of each that its history stays as short as people's."""
MESSAGES = 30
"""In each session."""

BASELINE = {
    "outcome PATCH": 0.69,
    "banner POST": 1.60,
    "banner GET": 0.95,
    "session page": 3.40,
    "session list": 1.73,
    "board": 3.92,
}
"""CPU of commit 08b7f59, in units of `calibrate`."""
SHARES = {
    "outcome PATCH": 1.0,
    "banner POST": 0.67,
    "banner GET": 0.67,
    "session page": 0.5,
    "session list": 0.5,
    "board": 0.5,
}
"""The share of the baseline that a request may take."""


def main() -> int:
    arguments = _arguments()
    with empty_database():
        sample = Sample()
        if arguments.profile:
            _profile(sample, arguments.profile)
            return 0
        units = _measure(sample)
    rows = []
    for name, multiple in units.items():
        share = multiple / BASELINE[name]
        say(f"{name:<14} {multiple:>7.2f} units, {share:.2f} of the baseline")
        rows.append(Measured(f"{name}, share of the baseline", round(share, 2), SHARES[name]))
    return report("CPU of a request", rows)


def calibrate() -> float:
    """Return the CPU seconds of a fixed piece of work: about what a small request of Django's costs."""
    begun = time.process_time()
    for number in range(400):
        row = {"id": number, "title": "Clear cached credentials", "notes": ["<b>seen</b>"] * 5}
        text = json.dumps(json.loads(json.dumps(row)))
        "".join(part.replace("<", "&lt;") for part in text.split(","))
        sorted(text.encode(), key=lambda byte: -byte)
    return time.process_time() - begun


def _measure(sample: "Sample") -> dict[str, float]:
    """Return for each kind the median over the rounds, in units of `calibrate`."""
    kinds = sample.kinds()
    for send in kinds.values():
        for _ in range(5):
            send()
    rounds: dict[str, list[float]] = {name: [] for name in kinds}
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    unit = statistics.median(calibrate() for _ in range(5))
    for _ in range(ROUNDS):
        for name, send in kinds.items():
            before = calibrate()
            spent = sum(send() for _ in range(REQUESTS)) / REQUESTS
            rounds[name].append(spent / ((before + calibrate()) / 2))
            seconds[name].append(spent)
    say(f"The unit is {unit * 1000:.2f} ms of this machine's CPU time")
    for name, values in seconds.items():
        say(f"{name:<14} {statistics.median(values) * 1_000_000:>7,.0f} µs")
    return {name: statistics.median(values) for name, values in rounds.items()}


def _profile(sample: "Sample", name: str) -> None:
    send = sample.kinds()[name]
    for _ in range(10):
        send()
    profile = cProfile.Profile(time.process_time)  # without the time that it waits for PostgreSQL
    sample.profile = profile
    for _ in range(100):
        send()
    for order in ("cumulative", "tottime"):
        output = io.StringIO()
        pstats.Stats(profile, stream=output).sort_stats(order).print_stats(90)
        say(output.getvalue())


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


class Sample:
    """An account, and requests to the WSGI application in the name of one of its engineers."""

    profile: cProfile.Profile | None = None

    def __init__(self) -> None:
        from django.conf import settings
        from django.test import Client

        from accounts.models import ApiToken
        from accounts.tests.clients import let_in
        from accounts.tests.factories import UserFactory
        from resolutionflow.wsgi import application

        self.application = application
        self.engineer = UserFactory.create()
        self.account = self.engineer.account
        _, secret = ApiToken.objects.issue(self.engineer, "bench")
        browser = Client()
        let_in(browser, self.engineer)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        secret_of_forms = "a" * 32
        self.as_script = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "CONTENT_TYPE": "application/json"}
        self.as_browser = {
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={secret_of_forms}",
            "HTTP_X_CSRFTOKEN": secret_of_forms,
            "HTTP_X_PAGE_OWNER": str(self.engineer.pk),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
        }
        self.waiting = [self._waiting_fix() for _ in range(ACTED_ON)]
        for number in range(ROWS):
            self._give_check_by(self._waiting_fix(), number)
        self.suggested = self._suggested_fix()

    def kinds(self) -> dict[str, Callable[[], float]]:
        """Return a function for each kind of request; it sends one and returns its CPU seconds."""
        waiting = cycle(self.waiting)
        outcomes = cycle(["applied_partial", "applied_pending"])  # an odd number of fixes: each gets both in turn
        page = f"/sessions/{self.suggested.session_id}/"
        banner = f"{page}fixes/{self.suggested.pk}/banner"
        return {
            "outcome PATCH": lambda: self._record_by_api(next(waiting), next(outcomes)),
            "banner POST": lambda: self._record_by_banner(next(waiting), next(outcomes)),
            "banner GET": lambda: self._send("GET", banner, {**self.as_browser, "HTTP_HX_REQUEST": "true"}),
            "session page": lambda: self._send("GET", page, self.as_browser),
            "session list": lambda: self._send("GET", "/sessions/", self.as_browser),
            "board": lambda: self._send("GET", "/pending/", self.as_browser),
        }

    def _waiting_fix(self) -> Any:
        from fixes.tests.factories import make_fix
        from fixes.transitions import Status

        return make_fix(self._session(), Status.PENDING)

    def _give_check_by(self, fix: Any, number: int) -> None:
        """Two in three have a check-by time, and some are overdue."""
        if number % 3:
            hours = timedelta(hours=7 * number - 90)
            type(fix).objects.filter(pk=fix.pk).update(follow_up_at=datetime.now(UTC) + hours)

    def _suggested_fix(self) -> Any:
        """Return a fix of a session that had some before: its banner asks for more than any other."""
        from fixes.tests.factories import make_fix
        from fixes.transitions import Status

        session = self._session()
        for status in (Status.FAILED, Status.PARTIAL, Status.DISMISSED):
            make_fix(session, status)
        return make_fix(session, ai_drafted_script="Clear-Cache")

    def _session(self) -> Any:
        from sessions.models import Author, Message
        from sessions.tests.factories import SessionFactory

        session = SessionFactory.create(owner=self.engineer)
        authors = cycle([Author.ASSISTANT, Author.ENGINEER])
        Message.objects.bulk_create(
            Message(
                session=session,
                account=self.account,
                sequence=number,
                author=author,
                user=None if author == Author.ASSISTANT else self.engineer,
                content=f"Message **{number}**: I cleared the cache\n\n- restarted `Outlook`\n- signed in again",
            )
            for number, author in zip(range(1, MESSAGES + 1), authors, strict=False)
        )
        return session

    def _record_by_api(self, fix: Any, outcome: str) -> float:
        path = f"/api/v1/ai-sessions/{fix.session_id}/suggested-fixes/{fix.pk}/outcome"
        body = json.dumps({"outcome": outcome, "notes": f"Seen at {time.monotonic_ns()}."})
        return self._send("PATCH", path, self.as_script, body.encode())

    def _record_by_banner(self, fix: Any, outcome: str) -> float:
        fix.refresh_from_db()
        form = {
            "outcome": outcome,
            "form": outcome,
            "notes": f"Seen at {time.monotonic_ns()}.",
            "version": fix.version,
        }
        path = f"/sessions/{fix.session_id}/fixes/{fix.pk}/record"
        return self._send("POST", path, {**self.as_browser, "HTTP_HX_REQUEST": "true"}, urlencode(form).encode())

    def _send(self, method: str, address: str, headers: dict[str, str], body: bytes = b"") -> float:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        with self._counted() as counted:
            answer = self._ask(environ)
        if answer.status != HTTPStatus.OK:
            raise SystemExit(f"{method} {address}: {answer.status}, so nothing was measured\n{answer.body.decode()}")
        return counted[0]

    def _ask(self, environ: dict[str, Any]) -> Answer:
        statuses: list[int] = []
        response = self.application(environ, lambda status, _headers: statuses.append(int(status.split()[0])))
        body = b"".join(response)
        response.close()  # type: ignore[attr-defined]  # ends the request, as a server does
        return Answer(statuses[0], body)

    @contextmanager
    def _counted(self) -> Iterator[list[float]]:
        counted: list[float] = []
        begun = time.process_time()
        if self.profile:
            self.profile.enable()
        yield counted
        if self.profile:
            self.profile.disable()
        counted.append(time.process_time() - begun)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=BASELINE, help="print where the time of this kind of request goes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
