"""Workers are killed and stopped while a model writes a note: the note is written once, by the next one."""

import json
from collections.abc import Iterator

import pytest

from tests.fake_model import FakeModel
from tests.processes.checkout import Checkout, Started, eventually
from tests.processes.test_answers_of_a_model import queue_is_empty
from tests.processes.test_api_calls import ENGINEER, Api
from tests.processes.test_worker import workers

MODEL = "text-holds"


@pytest.fixture(scope="module")
def token(prepared: Checkout) -> str:
    return prepared.manage("create_token", ENGINEER, "--name", "texts").stdout.split()[-1]


@pytest.fixture
def model() -> Iterator[FakeModel]:
    """A model's server that sends half of a note, and the rest when it is released."""
    with FakeModel() as fake:
        yield fake


@pytest.fixture
def server(checkout: Checkout, model: FakeModel) -> Iterator[Started]:
    with checkout.started(FLOWPILOT_URL=model.url, FLOWPILOT_MODEL=MODEL) as server:
        yield server
        assert server.stop() == 0


class Desk:
    """An engineer who looks at a preview of their session's note."""

    def __init__(self, server: Started, token: str) -> None:
        self.checkout, self.api = server.checkout, Api(server, token)
        words = {"title": "Outlook asks for a password", "problem_summary": "Outlook asks again and again."}
        self.session = self.ok("/ai-sessions", words)["id"]

    def ok(self, path: str, body: object) -> dict:
        status, answer, _ = self.api.call("POST", path, body) or (0, b"", None)
        assert status in {200, 201}, answer
        return json.loads(answer)

    def preview(self) -> dict:
        return self.ok(f"/ai-sessions/{self.session}/resolution-note/preview", {"writer": MODEL})

    def requested(self) -> list[dict]:
        """Return what was requested of the model: the rows that a worker has claimed."""
        where = f"session_id = '{self.session}' AND attempt > 0"
        return self.checkout.sql(f"SELECT to_jsonb(t) FROM text_previews t WHERE {where}")

    def is_done(self) -> bool:
        return self.preview()["state"] == "done"


@pytest.mark.parametrize("signal", ["kill", "terminate"])
def test_a_worker_that_ends_in_the_middle_leaves_the_text_to_the_next(
    server: Started, model: FakeModel, token: str, signal: str
) -> None:
    desk = Desk(server, token)
    first = desk.preview()
    assert (first["state"], first["writer"]) == ("waiting", MODEL)
    assert "Outlook asks again and again." in first["markdown"], "the built-in text is there meanwhile"
    assert eventually(lambda: len(model.requests) == 1)
    (worker,) = workers(server.checkout)
    getattr(worker, signal)()
    assert eventually(lambda: len(model.requests) == 2)
    model.release.set()
    assert eventually(desk.is_done)
    (row,) = desk.requested()
    assert (row["attempt"], row["error"]) == (2, "")
    assert [each["text"] for each in row["slots"]["sentences"]["problem"]] == ["Outlook asks again and again."]
    assert eventually(lambda: queue_is_empty(server.checkout))
