"""A form that arrives twice, because the answer was lost or the browser tried again, creates one thing."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from fixes.tests.pages import HTMX, value_of
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, find, read, text

KEY = "5b0c39d2-36f5-4a3e-9f43-0c3c94a1a4ad"
NEW = {"title": "VPN drops", "client_name": "Nordwind", "ticket_ref": "CW-1", "problem_summary": "Since\r\nMonday."}


def test_every_rendered_form_has_a_key_of_its_own(browser_client: Client, session: AISession) -> None:
    keys = [
        find(read(browser_client.get(path)), ".//input[@name='form_key']").get("value")
        for path in ("/sessions/new/", "/sessions/new/", f"/sessions/{session.pk}/")
    ]
    assert len({UUID(key) for key in keys}) == 3


class TestMessage:
    def post(self, client: Client, session: AISession, content: str = "It asks again.", key: str = KEY) -> HttpResponse:
        fields = {"content": content, "form_key": key}
        return client.post(f"/sessions/{session.pk}/messages/", fields, headers=HTMX)

    def test_is_stored_once_and_answered_alike(self, browser_client: Client, session: AISession) -> None:
        first = self.post(browser_client, session)
        with assert_nothing_written():
            again = self.post(browser_client, session)
        assert [answer.status_code for answer in (first, again)] == [200, 200]
        shown = [text(by_id(read(answer), "message-1")) for answer in (first, again)]
        assert shown[0] == shown[1]
        assert shown[0].endswith("It asks again.")

    def test_gets_a_fresh_key_with_the_answer(self, browser_client: Client, session: AISession) -> None:
        fresh = by_id(read(self.post(browser_client, session)), "message-key").get("value", "")
        self.post(browser_client, session, key=fresh)
        assert [message.content for message in Message.objects.all()] == ["It asks again."] * 2

    def test_with_another_text_is_not_lost_without_a_word(self, browser_client: Client, session: AISession) -> None:
        self.post(browser_client, session)
        with assert_nothing_written():
            answer = self.post(browser_client, session, "It asks again, twice.")
        composer = by_id(read(answer), "composer")
        assert (answer.status_code, value_of(find(composer, ".//textarea"))) == (409, "It asks again, twice.")
        assert "An earlier text of this message was sent already." in text(composer)
        self.post(browser_client, session, "It asks again, twice.", by_id(composer, "message-key").get("value", ""))
        assert Message.objects.count() == 2

    def test_a_key_counts_for_one_person_and_one_session(self, browser_client: Client, session: AISession) -> None:
        self.post(browser_client, session)
        self.post(browser_client, SessionFactory(owner=session.owner))
        colleague = Client()
        let_in(colleague, UserFactory(account=session.account))
        self.post(colleague, session)
        assert Message.objects.count() == 3

    @pytest.mark.parametrize("key", ["", "bogus", "\0", "1" * 500])
    def test_something_else_in_place_of_a_key_is_none(
        self, browser_client: Client, session: AISession, key: str
    ) -> None:
        for _ in range(2):
            assert self.post(browser_client, session, key=key).status_code == 200
        assert Message.objects.count() == 2


class TestSession:
    def test_is_started_once(self, browser_client: Client, engineer: User) -> None:
        answers = [browser_client.post("/sessions/new/", NEW | {"form_key": KEY}) for _ in range(2)]
        session = AISession.objects.get()
        assert {answer.headers.get("Location") for answer in answers} == {f"/sessions/{session.pk}/#composer"}

    def test_with_other_contents_one_is_shown_what_it_started(self, browser_client: Client, engineer: User) -> None:
        browser_client.post("/sessions/new/", NEW | {"form_key": KEY})
        with assert_nothing_written():
            answer = browser_client.post("/sessions/new/", NEW | {"title": "VPN is slow", "form_key": KEY})
        page = read(answer)
        assert answer.status_code == 409
        assert by_id(page, "id_title").get("value") == "VPN is slow"
        assert "This form has already started a session: VPN drops" in text(page)
        assert find(page, ".//main//input[@name='form_key']").get("value") != KEY


class TestReopening:
    def test_happens_once(self, browser_client: Client, session: AISession) -> None:
        AISession.objects.filter(pk=session.pk).update(status="abandoned")
        fields = {"reason": "It came back.", "form_key": KEY}
        assert browser_client.post(f"/sessions/{session.pk}/reopen/", fields).status_code == 303
        with assert_nothing_written():
            assert browser_client.post(f"/sessions/{session.pk}/reopen/", fields).status_code == 303
        assert Message.objects.get().content == "Reopened by Maya: It came back."
