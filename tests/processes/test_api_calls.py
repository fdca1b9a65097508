"""Scripts against the server that people run: the example client, and workers killed under it and others."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import Message
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.processes.checkout import PATIENCE, Checkout, Started, eventually

ENGINEER = "engineer@northwind.example"
Answer = tuple[int, bytes, Message]
OWNER = "resolutionflow_owner"


@pytest.fixture(scope="module")
def token(prepared: Checkout) -> str:
    """Of an engineer of the demo data."""
    return prepared.manage("create_token", ENGINEER, "--name", "tests").stdout.split()[-1]


@pytest.fixture
def server(checkout: Checkout) -> Iterator[Started]:
    """One for each test that kills: it ends by itself when its workers die twice within seconds."""
    with checkout.started() as server:
        yield server
        server.stop()


class Api:
    def __init__(self, server: Started, token: str) -> None:
        self.root = f"http://127.0.0.1:{server.checkout.port}/api/v1"
        self.token = token

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer | None:
        """Status, body and headers; None: the connection broke."""
        headers |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.root + path, body and json.dumps(body).encode(), headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.headers
        except OSError:
            return None


@pytest.fixture
def api(server: Started, token: str) -> Api:
    return Api(server, token)


WORKING = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'resolutionflow' AND wait_event_type = 'Lock'"
BEFORE_COMMIT = "LOCK TABLE session_messages IN SHARE MODE"
"""The session is written when this makes a message wait."""
IN_COMMIT = f"SELECT FROM users WHERE email = '{ENGINEER}' FOR UPDATE"
"""Foreign keys are looked at by COMMIT: all is done when this makes an act wait."""


def client(checkout: Checkout, api: Api, *arguments: str) -> list[str]:
    """The lines that the example client prints."""
    command = [sys.executable, "docs/examples/client.py", api.root, api.token, *arguments]
    done = subprocess.run(command, cwd=checkout.folder, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def waiting_fix(api: Api) -> dict[str, Any]:
    return json.loads(api.call("GET", "/pending-fixes")[1])["results"][0]


def killed_at(moment: str, server: Started, ask: Callable[[], Any]) -> Future[Any]:
    """Make a call, kill every worker at that moment, and return what the caller will get."""
    checkout, pool = server.checkout, ThreadPoolExecutor(1)
    with checkout.cluster.connect(OWNER, "resolutionflow") as other, other.transaction():
        other.execute(moment)
        answer = pool.submit(ask)
        assert eventually(lambda: checkout.sql(WORKING) == [1])
        for worker in server.workers():
            worker.kill()
    pool.shutdown(wait=False)
    return answer


class TestTheClient:
    @pytest.fixture(scope="class")
    @classmethod
    def server(cls, prepared: Checkout) -> Iterator[Started]:
        """One for all: a single test kills."""
        with prepared.started() as server:
            yield server
            server.stop()

    @pytest.fixture
    def checkout(self, server: Started) -> Checkout:
        return server.checkout

    def test_lists_what_waits_and_records_what_came_of_it(self, checkout: Checkout, api: Api) -> None:
        waiting = client(checkout, api)
        assert [len(waiting)] == checkout.sql(
            "SELECT count(*) FROM session_suggested_fixes f JOIN accounts a ON a.id = f.account_id"
            " WHERE f.status = 'applied_pending' AND a.slug = 'northwind'"
        )
        fix = waiting[0].split("\t")[0]
        assert client(checkout, api, fix, "applied_success", "Seen") == ["applied_success"]
        assert len(client(checkout, api)) == len(waiting) - 1

    def test_waits_when_it_called_too_often(self, checkout: Checkout, api: Api) -> None:
        assert api.call("GET", "/pending-fixes")
        checkout.sql("UPDATE api_call_counts SET calls = 1001, began_at = now() - interval '58 seconds'")
        assert api.call("GET", "/pending-fixes")[0] == 429
        assert client(checkout, api)

    def test_goes_on_when_the_server_dies_under_it(self, checkout: Checkout, server: Started, api: Api) -> None:
        fix = waiting_fix(api)
        said = killed_at(IN_COMMIT, server, partial(client, checkout, api, fix["id"], "dismissed"))
        assert said.result(PATIENCE) == ["dismissed"]
        assert checkout.sql(f"SELECT action FROM fix_events WHERE fix_id = '{fix['id']}' ORDER BY at DESC LIMIT 1") == [
            "record"
        ]


@pytest.mark.parametrize(
    ("moment", "replayed"), [(BEFORE_COMMIT, None), (IN_COMMIT, "true")], ids=["before COMMIT", "in COMMIT"]
)
def test_what_a_killed_server_was_asked_is_done_once(
    checkout: Checkout, server: Started, api: Api, moment: str, replayed: str | None
) -> None:
    path, content, key = (
        f"/ai-sessions/{waiting_fix(api)['session_id']}/messages",
        f"Any news, {uuid4()}?",
        str(uuid4()),
    )
    call = partial(api.call, "POST", path, {"content": content}, **{"Idempotency-Key": key})
    assert killed_at(moment, server, call).result(PATIENCE) is None
    assert eventually(lambda: api.call("GET", "/ai-sessions?limit=1"))
    status, body, headers = call()
    assert (status, json.loads(body)["content"], headers["Idempotent-Replayed"]) == (201, content, replayed)
    assert checkout.sql(f"SELECT count(*) FROM session_messages WHERE content = '{content}'") == [1]
