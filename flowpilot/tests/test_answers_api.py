"""Answers over the API: asked with a message, read, stopped, tried again."""

import pytest
from django.test import Client

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from flowpilot import answers
from flowpilot.models import Answer
from flowpilot.providers import Reply
from flowpilot.tests.answers import ask, claimed
from sessions.models import AISession, Message
from tests.api import assert_refused, call, client_of

FIX = {"title": "Clear it", "description": "Do it.", "confidence_pct": 70}


@pytest.fixture
def api(engineer: User) -> Client:
    return client_of(engineer)


def messages(session: AISession) -> str:
    return f"/ai-sessions/{session.pk}/messages"


def path(answer: Answer, act: str = "") -> str:
    return f"/ai-sessions/{answer.session_id}/answers/{answer.pk}{act}"


class TestAsking:
    def test_a_message_that_asks_comes_with_its_answer(self, api: Client, session: AISession) -> None:
        body = call(api, "POST", messages(session), {"content": "It asks.", "ask": True}).json()
        answer = Answer.objects.get()
        assert body["answer"] == {
            "id": str(answer.pk),
            "state": "done",
            "message_id": str(answer.reply_id),
            "error": None,
        }
        listed = call(api, "GET", messages(session)).json()["results"]
        assert [(each["author"], bool(each["answer"])) for each in listed] == [("engineer", True), ("assistant", False)]

    def test_a_message_that_doesnt_ask_has_none(self, api: Client, session: AISession) -> None:
        assert call(api, "POST", messages(session), {"content": "A note."}).json()["answer"] is None

    def test_a_repeated_call_with_its_key_asks_once(self, api: Client, session: AISession) -> None:
        body = {"content": "It asks.", "ask": True}
        first, second = (
            call(api, "POST", messages(session), body, headers={"Idempotency-Key": "k1"}) for _ in range(2)
        )
        assert first.json() == second.json()
        assert Answer.objects.count() == 1

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"content": "x" * 20_001, "ask": True}, "content"),
            ({"content": "Hi", "ask": "yes"}, "ask"),
            ({"content": "Hi", "ask": True, "author": "assistant"}, "ask"),
        ],
    )
    def test_what_can_not_be_asked_is_refused(
        self, api: Client, session: AISession, body: dict[str, object], field: str
    ) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "POST", messages(session), body), 400, "invalid_input", field)


class TestAsAnOutsideCopilot:
    def test_the_markers_of_a_message_are_run(self, api: Client, session: AISession) -> None:
        content = f"Try this.\n[SUGGEST_FIX]{FIX}[/SUGGEST_FIX]\n[PROMOTE]{{]".replace("'", '"')
        response = call(api, "POST", messages(session), {"author": "assistant", "content": content})
        body = response.json()
        assert response.status_code == 201
        assert body["content"] == "Try this."
        fix = SuggestedFix.objects.get()
        effects = [(each["marker"], each["result"], each["id"]) for each in body["effects"]]
        assert effects == [("SUGGEST_FIX", "done", str(fix.pk)), ("PROMOTE", "malformed", None)]
        session.refresh_from_db()
        assert session.state_version == 1
        assert response.headers["ETag"] == f'"{session.pk}-1"'
        assert (fix.origin, fix.events.get().source) == ("", "copilot")
        assert "[PROMOTE]" in str(Message.objects.get().source_text)

    def test_an_engineers_markers_are_text(self, api: Client, session: AISession) -> None:
        content = f"[SUGGEST_FIX]{FIX}[/SUGGEST_FIX]".replace("'", '"')
        body = call(api, "POST", messages(session), {"content": content}).json()
        assert (body["content"], body["effects"]) == (content, [])
        assert not SuggestedFix.objects.exists()


class TestOneAnswer:
    def test_is_read_stopped_and_tried_again(self, api: Client, session: AISession) -> None:
        answer = claimed(session)
        assert call(api, "GET", path(answer)).json()["state"] == "writing"
        for _ in range(2):
            assert call(api, "POST", path(answer, "/stop")).json()["state"] == "stopped"
        body = call(api, "POST", path(answer, "/retry"), {"provider": "built-in"}).json()
        assert (body["state"], body["id"]) == ("done", str(answer.pk))

    def test_that_is_complete_takes_neither(self, api: Client, session: AISession) -> None:
        answer = claimed(session)
        answers.finish(answer, Reply("Done.", blocks=()))
        with assert_nothing_written():
            for act in ("/stop", "/retry"):
                assert_refused(call(api, "POST", path(answer, act)), 409, "illegal_transition")

    def test_of_another_account_is_not_found(self, session: AISession) -> None:
        answer = ask(session)
        stranger = client_of(User.objects.exclude(pk=session.owner_id).first() or _stranger())
        for method, act in (("GET", ""), ("POST", "/stop"), ("POST", "/retry")):
            assert call(stranger, method, path(answer, act)).status_code == 404


def _stranger() -> User:
    from accounts.tests.factories import UserFactory

    return UserFactory.create()
