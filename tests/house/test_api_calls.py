"""Scripts against the server that people run: the documentation's calls, its client, and workers killed under them."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


@pytest.fixture
def api(served: tuple[Checkout, Started]) -> Api:
    return Api(served[0])


def bash(checkout: Checkout, script: str) -> str:
    command = ["bash", "-euo", "pipefail", "-c", script.replace(":8000", f":{checkout.port}")]
    done = subprocess.run(
        command, cwd=checkout.folder, env=checkout.environment(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr + done.stdout[-1000:]
    return done.stdout


def test_the_documentations_commands_work_one_after_the_other(served: tuple[Checkout, Started]) -> None:
    blocks = SHELL.findall((ORIGINAL / "docs" / "api.md").read_text())
    assert len(blocks) > 8
    said = bash(served[0], "\n".join(blocks))
    assert "The power cycle at lunch" in said
    assert said.count('"content":"The user called again."') == 2
    assert "applied_success\n" in said
    assert '"status": "ok"' in said


class TestTheClient:
    def test_lists_what_waits_page_after_page_and_records_what_came_of_it(self, served: Any, api: Api) -> None:
        checkout = served[0]
        program = f"python3 docs/examples/client.py {api.root} {api.token}"
        waiting = bash(checkout, program).splitlines()
        assert (
            len(waiting)
            == checkout.sql(
                "SELECT count(*) FROM session_suggested_fixes f JOIN accounts a ON a.id = f.account_id"
                " WHERE f.status = 'applied_pending' AND a.slug = 'northwind'"
            )[0]
        )
        fix = waiting[0].split("\t")[0]
        assert bash(checkout, f"{program} {fix} applied_success 'Seen'") == "applied_success\n"
        assert len(bash(checkout, program).splitlines()) == len(waiting) - 1


WORKING = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'resolutionflow' AND wait_event_type = 'Lock'"
BEFORE_COMMIT = "LOCK TABLE fix_events IN SHARE MODE"
"""The fix and its session are written when this makes an act wait."""
IN_COMMIT = f"SELECT FROM users WHERE email = '{ENGINEER}' FOR UPDATE"
"""Foreign keys are looked at by COMMIT: all is done when this makes an act wait."""


@pytest.mark.parametrize(
    ("moment", "replayed"), [(BEFORE_COMMIT, None), (IN_COMMIT, "true")], ids=["before COMMIT", "in COMMIT"]
)
def test_what_a_killed_server_was_asked_is_done_once(served: Any, api: Api, moment: str, replayed: str | None) -> None:
    checkout, server = served
    fix = json.loads(api.call("GET", "/pending-fixes")[1])["results"][0]
    path = f"/ai-sessions/{fix['session_id']}/suggested-fixes/{fix['id']}/outcome"
    call = partial(api.call, "PATCH", path, {"outcome": "applied_failed"}, **{"Idempotency-Key": str(uuid4())})
    events = f"SELECT to_status FROM fix_events WHERE fix_id = '{fix['id']}' AND to_status = 'applied_failed'"
    database = checkout.cluster.connect(OWNER, "resolutionflow")
    with ThreadPoolExecutor(1) as pool, database as other, other.transaction():
        other.execute(moment)
        asked = pool.submit(call)
        assert eventually(lambda: checkout.sql(WORKING) == [1])
        for worker in server.workers():
            worker.kill()
        assert asked.result(PATIENCE) is None
        assert checkout.sql(events) == []
    assert eventually(lambda: api.call("GET", "/ai-sessions?limit=1"))
    status, body, headers = call()
    assert (status, json.loads(body)["status"]) == (200, "applied_failed")
    assert headers.get("Idempotent-Replayed") == replayed
    assert checkout.sql(events) == ["applied_failed"]
