"""The story of a session with a real model, worker and all: whatever it answers, the product stays correct.

Only `make test-model` runs this, because it installs the model. What the model says is nobody's promise; that the
message is kept, that the answer ends, that no fix changes by itself, and that the posted note claims nothing is.
"""

import json
import threading
from collections.abc import Iterator

import pytest

from tests import small_model
from tests.processes.checkout import Checkout, Started
from tests.processes.test_api_calls import ENGINEER, Api

ENDED = {"done", "failed"}
PROBLEM = "Outlook asks for the password again and again. It began after the reboot. Only this laptop."
FIX = {"title": "Clear the saved sign-ins", "description": "Remove them. Start Outlook.", "confidence_pct": 70}


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    with small_model.running() as address:
        yield address


@pytest.fixture
def server(checkout: Checkout, model: str) -> Iterator[Started]:
    limits = {"FLOWPILOT_MAX_TOKENS": "64", "FLOWPILOT_CONTEXT_TOKENS": "6000", "FLOWPILOT_DEADLINE": "600"}
    with checkout.started(FLOWPILOT_URL=model, FLOWPILOT_MODEL="smollm2", **limits) as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def server_for_texts(checkout: Checkout, model: str) -> Iterator[Started]:
    """The model may write as much as a whole text takes."""
    limits = {"FLOWPILOT_MAX_TOKENS": "400", "FLOWPILOT_CONTEXT_TOKENS": "6000", "FLOWPILOT_DEADLINE": "600"}
    with checkout.started(FLOWPILOT_URL=model, FLOWPILOT_MODEL="smollm2", **limits) as server:
        yield server
        assert server.stop() == 0


class Session:
    def __init__(self, server: Started) -> None:
        token = server.checkout.manage("create_token", ENGINEER, "--name", "story").stdout.split()[-1]
        self.api = Api(server, token)
        created = self.ok("POST", "/ai-sessions", {"title": "Outlook asks for a password", "problem_summary": PROBLEM})
        self.path = f"/ai-sessions/{created['id']}"

    def ok(self, method: str, path: str, body: object = None) -> dict:
        status, answer, _ = self.api.call(method, path, body) or (0, b"", None)
        assert status in {200, 201}, answer
        return json.loads(answer)

    def ask(self, text: str) -> dict:
        """Post a message that asks, wait until its answer has ended, and return the answer."""
        message = self.ok("POST", f"{self.path}/messages", {"author": "engineer", "content": text, "ask": True})
        answer = f"{self.path}/answers/{message['answer']['id']}"
        for _ in range(600):
            found = self.ok("GET", answer)
            if found["state"] in ENDED:
                return found
            threading.Event().wait(0.5)  # asking all the time would take the processor from the model
        raise AssertionError(f"The answer hasn’t ended: {found}")

    def preview(self, kind: str, body: dict) -> dict:
        """Ask for a model's text, wait until it is written or has failed, and return the preview."""
        for _ in range(600):
            found = self.ok("POST", f"{self.path}/{kind}/preview", body)
            if found["state"] in ENDED:
                return found
            threading.Event().wait(0.5)
        raise AssertionError(f"The text hasn’t ended: {found}")

    def messages(self) -> list[dict]:
        return self.ok("GET", f"{self.path}/messages")["results"]

    def check(self, answer: dict, asked: str) -> None:
        """The message is kept; there is one reply with its markers' effects, or an error that says why."""
        messages = self.messages()
        assert [message["content"] for message in messages].count(asked) == 1
        replies = [message for message in messages if message["id"] == answer["message_id"]]
        assert len(replies) == (answer["state"] == "done")
        for reply in replies:
            assert "[SUGGEST_FIX]" not in reply["content"]
            assert {effect["result"] for effect in reply["effects"]} <= {"done", "refused", "malformed"}
        assert bool(answer["error"]) == (answer["state"] == "failed")

    def fix(self) -> dict:
        return self.ok("GET", f"{self.path}/suggested-fixes/active")


def test_the_story_stays_correct_whatever_the_model_says(server: Started) -> None:
    session = Session(server)
    session.check(session.ask(PROBLEM), PROBLEM)
    fix = session.ok("POST", f"{session.path}/suggested-fixes", FIX)
    of_fix = f"{session.path}/suggested-fixes/{fix['id']}"
    session.ok("POST", f"{of_fix}/apply")
    waiting = "I cleared them. We have to wait for the reboot at lunch."
    session.check(session.ask(waiting), waiting)
    current = session.fix()
    if current["id"] == fix["id"]:
        assert current["status"] == "proposed", "a model never records an outcome"
    notes = {"outcome": "applied_pending", "notes": "The reboot at lunch."}
    assert session.ok("PATCH", f"{of_fix}/outcome", notes)["status"] == "applied_pending"
    session.check(session.ask("And now?"), "And now?")
    assert session.ok("PATCH", f"{of_fix}/outcome", {"outcome": "applied_success"})["status"] == "applied_success"


def test_a_secret_leaves_as_a_mask_and_tokens_are_counted(server: Started) -> None:
    session = Session(server)
    session.ask("The password: Hunter2-x! of svc-desk works. Repeat it.")
    ((outcome, sent, received, request, response),) = server.checkout.sql(CALLS.format(session.path.split("/")[-1]))
    print(f"\n{outcome}: {sent} tokens sent, {received} received:\n{response}")
    assert outcome in {"done", "cut off"}
    assert "password: «password-" in request
    assert "Hunter2" not in request + response
    assert 300 < sent < 3_000
    assert 0 < received <= 64


@pytest.mark.parametrize("kind", ["resolution-note", "escalation-package"])
def test_the_posted_text_stays_honest_whatever_the_model_writes(server_for_texts: Started, kind: str) -> None:
    """A fix waits when the session is closed: nothing of the text may say that it worked."""
    session = Session(server_for_texts)
    session.ok("POST", f"{session.path}/facts", {"text": "Webmail opens with the same password.", "kind": "question"})
    fix = session.ok("POST", f"{session.path}/suggested-fixes", FIX)
    waits = {"outcome": "applied_pending", "notes": "The reboot at lunch."}
    session.ok("PATCH", f"{session.path}/suggested-fixes/{fix['id']}/outcome", waits)
    closing = {"fix_outcome": "applied_pending"}
    preview = session.preview(kind, {**closing, "writer": "smollm2"})
    print(f"\n{kind}: {preview['state']}, {preview['error']}")
    for sentence in preview["sentences"]:
        print(f"  {'refused, ' + sentence['refused'] if sentence['refused'] else 'stands'}: {sentence['text']}")
    writer = "smollm2" if preview["state"] == "done" else "built-in"
    act = "resolve" if kind == "resolution-note" else "escalate"
    closed = session.ok("POST", f"{session.path}/{act}", {**closing, "writer": writer})
    markdown = closed["text"]["markdown"]
    print(markdown)
    assert closed["text"]["is_provisional"]
    assert "“The reboot at lunch”" in markdown
    assert FIX["title"] in markdown
    for word in ("resolved", "solved", "fixed", "confirmed that"):
        assert word not in markdown.casefold()
    stands = [each["text"] for each in preview["sentences"] if not each["refused"]]
    assert all(each["text"] in stands or not each["refused"] for each in preview["sentences"])
    assert session.fix()["status"] == "applied_pending"


CALLS = """
    SELECT jsonb_build_array(outcome, tokens_in, tokens_out, request::text, response)
    FROM flowpilot_calls WHERE session_id = '{}'
"""
