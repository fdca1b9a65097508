"""Scripts against the server that people run: the documentation's calls, its client, and workers killed under them."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import Message
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.house.checkout import ORIGINAL, PATIENCE, Checkout, Started, eventually

ENGINEER = "engineer@northwind.example"
Answer = tuple[int, bytes, Message]
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
OWNER = "resolutionflow_owner"


@pytest.fixture(scope="module")
def served(prepared: Checkout) -> Iterator[tuple[Checkout, Started]]:
    """The server with demo data, all tests long."""
    with prepared.started() as server:
        assert prepared.manage("load_demo").returncode == 0
        yield prepared, server


class Api:
    def __init__(self, checkout: Checkout) -> None:
        self.root = f"http://127.0.0.1:{checkout.port}/api/v1"
        self.token = checkout.manage("create_token", ENGINEER, "--name", "tests").stdout.split()[-1]

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


@pytest.fixture(scope="module")
def api(served: tuple[Checkout, Started]) -> Api:
    return Api(served[0])


def bash(checkout: Checkout, script: str) -> str:
    command = ["bash", "-euo", "pipefail", "-c", script.replace(":8000", f":{checkout.port}")]
    done = subprocess.run(
        command, cwd=checkout.folder, env=checkout.environment(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr + done.stdout[-1000:]
    return done.stdout


WORKING = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'resolutionflow' AND wait_event_type = 'Lock'"
BEFORE_COMMIT = "LOCK TABLE fix_events IN SHARE MODE"
"""The fix and its session are written when this makes an act wait."""
IN_COMMIT = f"SELECT FROM users WHERE email = '{ENGINEER}' FOR UPDATE"
"""Foreign keys are looked at by COMMIT: all is done when this makes an act wait."""


def program(api: Api) -> str:
    return f"python3 docs/examples/client.py {api.root} {api.token}"


def waiting_fix(api: Api) -> dict[str, Any]:
    return json.loads(api.call("GET", "/pending-fixes")[1])["results"][0]


def recorded(checkout: Checkout, fix: dict[str, Any], outcome: str) -> int:
    """How many events say so."""
    found = f"SELECT count(*) FROM fix_events WHERE fix_id = '{fix['id']}' AND to_status = '{outcome}'"
    return checkout.sql(found)[0]


def killed_at(moment: str, served: tuple[Checkout, Started], ask: Callable[[], Any]) -> Future[Any]:
    """Ask, and kill every worker at that moment: what whoever asked will have been told."""
    checkout, server = served
    pool = ThreadPoolExecutor(1)
    with checkout.cluster.connect(OWNER, "resolutionflow") as other, other.transaction():
        other.execute(moment)
        told = pool.submit(ask)
        assert eventually(lambda: checkout.sql(WORKING) == [1])
        for worker in server.workers():
            worker.kill()
    pool.shutdown(wait=False)
    return told


def test_the_documentations_commands_work_one_after_the_other(served: tuple[Checkout, Started]) -> None:
    blocks = SHELL.findall((ORIGINAL / "docs" / "api.md").read_text())
    assert len(blocks) > 8
    said = bash(served[0], "\n".join(blocks))
    assert "The power cycle at lunch" in said
    assert said.count('"content":"The user called again."') == 2
    assert "applied_success\n" in said
    assert '"status": "ok"' in said


class TestTheClient:
    def test_lists_what_waits_and_records_what_came_of_it(self, served: Any, api: Api) -> None:
        checkout = served[0]
        waiting = bash(checkout, program(api)).splitlines()
        assert [len(waiting)] == checkout.sql(
            "SELECT count(*) FROM session_suggested_fixes f JOIN accounts a ON a.id = f.account_id"
            " WHERE f.status = 'applied_pending' AND a.slug = 'northwind'"
        )
        fix = waiting[0].split("\t")[0]
        assert bash(checkout, f"{program(api)} {fix} applied_success 'Seen'") == "applied_success\n"
        assert len(bash(checkout, program(api)).splitlines()) == len(waiting) - 1

    def test_waits_when_it_called_too_often(self, served: Any, api: Api) -> None:
        checkout = served[0]
        checkout.sql("UPDATE api_call_counts SET calls = 1001, began_at = now() - interval '58 seconds'")
        assert api.call("GET", "/pending-fixes")[0] == 429
        assert bash(checkout, program(api))

    def test_records_once_although_the_server_dies_under_it(self, served: Any, api: Api) -> None:
        fix = waiting_fix(api)
        command = f"{program(api)} {fix['id']} dismissed"
        said = killed_at(IN_COMMIT, served, partial(bash, served[0], command))
        assert said.result(PATIENCE) == "dismissed\n"
        assert recorded(served[0], fix, "dismissed") == 1


@pytest.mark.parametrize(
    ("moment", "replayed"), [(BEFORE_COMMIT, None), (IN_COMMIT, "true")], ids=["before COMMIT", "in COMMIT"]
)
def test_what_a_killed_server_was_asked_is_done_once(served: Any, api: Api, moment: str, replayed: str | None) -> None:
    fix = waiting_fix(api)
    path = f"/ai-sessions/{fix['session_id']}/suggested-fixes/{fix['id']}/outcome"
    call = partial(api.call, "PATCH", path, {"outcome": "applied_failed"}, **{"Idempotency-Key": str(uuid4())})
    assert killed_at(moment, served, call).result(PATIENCE) is None
    assert eventually(lambda: api.call("GET", "/ai-sessions?limit=1"))
    status, body, headers = call()
    assert (status, json.loads(body)["status"]) == (200, "applied_failed")
    assert headers["Idempotent-Replayed"] == replayed
    assert recorded(served[0], fix, "applied_failed") == 1
