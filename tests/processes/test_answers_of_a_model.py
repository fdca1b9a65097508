"""Workers are killed, paused and stopped while a model writes: a message gets one answer, and its markers run once."""

import json
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fake_model import MARKER, FakeModel
from tests.processes.checkout import Checkout, Started, eventually
from tests.processes.test_api_calls import ENGINEER, Api
from tests.processes.test_worker import workers

SENIOR = "senior@northwind.example"


@pytest.fixture(scope="module")
def tokens(prepared: Checkout) -> list[str]:
    """Of two engineers of the demo data."""
    return [
        prepared.manage("create_token", email, "--name", "answers").stdout.split()[-1] for email in (ENGINEER, SENIOR)
    ]


@pytest.fixture
def model() -> Iterator[FakeModel]:
    """A model's server that sends half of an answer with a fix, and the rest when it is released."""
    with FakeModel() as fake:
        fake.text = MARKER
        yield fake


def settings_for(model: FakeModel) -> dict[str, str]:
    return {"FLOWPILOT_URL": model.url, "FLOWPILOT_MODEL": "holds"}


@pytest.fixture
def server(checkout: Checkout, model: FakeModel) -> Iterator[Started]:
    with checkout.started(**settings_for(model)) as server:
        yield server
        assert server.stop() == 0


class Desk:
    """An engineer at work in a session of their own."""

    def __init__(self, server: Started, token: str) -> None:
        self.checkout, self.api = server.checkout, Api(server, token)
        created = self.api.call("POST", "/ai-sessions", {"title": "Outlook asks for a password"})
        self.session = json.loads(created[1])["id"]

    def ask(self, api: Api | None = None) -> None:
        body = {"author": "engineer", "content": "Outlook asks again and again.", "ask": True}
        status, answer, _ = (api or self.api).call("POST", f"/ai-sessions/{self.session}/messages", body)
        assert status == 201
        assert json.loads(answer)["answer"]["state"] == "waiting"

    def answers(self) -> list[dict]:
        return self._rows("flowpilot_answers", "created_at")

    def replies(self) -> list[dict]:
        return [row for row in self._rows("session_messages", "sequence") if row["author"] == "assistant"]

    def fixes(self) -> list[dict]:
        return self._rows("session_suggested_fixes", "created_at")

    def is_being_answered(self) -> bool:
        return any(answer["text"] for answer in self.answers())

    def is_done(self) -> bool:
        return {answer["state"] for answer in self.answers()} == {"done"}

    def has_one_answer(self) -> bool:
        (reply,) = self.replies()
        done = [effect["result"] for effect in reply["effects"]]
        return self.is_done() and len(self.fixes()) == 1 and done == ["done"]

    def _rows(self, table: str, order: str) -> list[dict]:
        return self.checkout.sql(
            f"SELECT to_jsonb(t) FROM {table} t WHERE session_id = '{self.session}' ORDER BY {order}"
        )


def queue_is_empty(checkout: Checkout) -> bool:
    return checkout.sql("SELECT count(*) FROM procrastinate_jobs") == [0]


def test_a_worker_killed_in_the_middle_leaves_the_answer_to_the_next(
    server: Started, model: FakeModel, tokens: list[str]
) -> None:
    desk = Desk(server, tokens[0])
    desk.ask()
    assert eventually(desk.is_being_answered)
    (worker,) = workers(server.checkout)
    worker.kill()
    assert eventually(lambda: len(model.requests) == 2)
    model.release.set()
    assert eventually(desk.is_done)
    assert desk.has_one_answer()
    assert [answer["attempt"] for answer in desk.answers()] == [2]
    assert eventually(lambda: queue_is_empty(server.checkout))


def test_a_worker_that_is_stopped_in_the_middle_gives_the_answer_back(
    server: Started, model: FakeModel, tokens: list[str]
) -> None:
    desk = Desk(server, tokens[0])
    desk.ask()
    assert eventually(desk.is_being_answered)
    (worker,) = workers(server.checkout)
    worker.terminate()
    assert eventually(lambda: len(model.requests) == 2)
    assert server.checkout.sql("SELECT count(*) FROM procrastinate_events WHERE type = 'deferred_for_retry'") == [1]
    model.release.set()
    assert eventually(desk.is_done)
    assert desk.has_one_answer()


def test_a_server_that_is_stopped_in_the_middle_goes_on_after_its_next_start(
    checkout: Checkout, model: FakeModel, tokens: list[str]
) -> None:
    with checkout.started(**settings_for(model)) as server:
        desk = Desk(server, tokens[0])
        desk.ask()
        assert eventually(desk.is_being_answered)
        assert server.stop(signal.SIGINT) == 0
        assert checkout.processes() == []
    model.release.set()
    with checkout.started(**settings_for(model)) as server:
        assert eventually(desk.is_done)
        assert desk.has_one_answer()
        assert server.stop() == 0


def test_a_paused_worker_that_wakes_up_late_writes_nothing(
    checkout: Checkout, model: FakeModel, tokens: list[str]
) -> None:
    work = (sys.executable, "manage.py", "work")
    with checkout.started(sys.executable, "manage.py", "serve", "--no-worker", **settings_for(model)) as server:
        sleeper = Started(checkout, work, settings_for(model))
        sleeper.wait_for("The worker runs")
        desk = Desk(server, tokens[0])
        desk.ask()
        assert eventually(desk.is_being_answered)
        sleeper.process.send_signal(signal.SIGSTOP)
        other = Started(checkout, work, settings_for(model))
        assert eventually(lambda: len(model.requests) == 2)
        model.release.set()
        assert eventually(desk.is_done)
        sleeper.process.send_signal(signal.SIGCONT)
        sleeper.wait_for("was stopped or taken over")
        assert sleeper.stop() == 0
        assert desk.has_one_answer()
        assert [answer["attempt"] for answer in desk.answers()] == [2]
        assert queue_is_empty(checkout)
        assert other.stop() == 0
        for each in (sleeper, other):
            each.end()
        assert server.stop() == 0


def test_two_who_ask_at_once_in_one_session_are_answered_one_after_the_other(
    server: Started, model: FakeModel, tokens: list[str]
) -> None:
    desk = Desk(server, tokens[0])
    with ThreadPoolExecutor(2) as both:
        list(both.map(desk.ask, [Api(server, token) for token in tokens]))
    assert eventually(desk.is_being_answered)
    assert sorted(answer["state"] for answer in desk.answers()) == ["waiting", "writing"]
    assert len(model.requests) == 1
    model.release.set()
    assert eventually(desk.is_done)
    assert len(desk.replies()) == 2
    assert [answer["reply_id"] for answer in desk.answers()] == [reply["id"] for reply in desk.replies()]


def test_two_sessions_are_answered_at_the_same_time(server: Started, model: FakeModel, tokens: list[str]) -> None:
    desks = [Desk(server, token) for token in tokens]
    for desk in desks:
        desk.ask()
    assert eventually(lambda: all(desk.is_being_answered() for desk in desks))
    model.release.set()
    for desk in desks:
        assert eventually(desk.is_done)
        assert desk.has_one_answer()
