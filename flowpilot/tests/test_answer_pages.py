"""Answers in the browser: asked with a message, shown while they are written, stopped, tried again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.pages import HTMX
from flowpilot import answers
from flowpilot.models import Answer
from flowpilot.providers import Reply
from flowpilot.tests.answers import ask, claimed
from sessions.models import AISession, Message
from tests.markup import by_id, find, parse, read, text

FIX = '[SUGGEST_FIX]{"title": "Clear it", "description": "Do it.", "confidence_pct": 70}[/SUGGEST_FIX]'


def send(client: Client, session: AISession, content: str, **fields: str) -> Any:
    return client.post(f"/sessions/{session.pk}/messages/", {"content": content, **fields}, headers=HTMX)


def page(client: Client, session: AISession) -> str:
    return client.get(f"/sessions/{session.pk}/").content.decode()


def poll(client: Client, session: AISession, answer: Answer, shown: str = "0-0") -> Any:
    query = {"known": f"{answer.pk}.writing", "shown": shown}
    return client.get(f"/sessions/{session.pk}/answering", query, headers=HTMX)


def hrefs(shown: str) -> str:
    """The addresses that the open answer links to."""
    return " ".join(each.get("href", "") for each in by_id(parse(shown), "answering").iter("a"))


def to(answer: Answer, act: str) -> str:
    return f"/sessions/{answer.session_id}/answers/{answer.pk}/{act}"


class TestSending:
    def test_send_asks_and_the_built_in_copilot_answers_in_the_same_response(
        self, browser_client: Client, session: AISession
    ) -> None:
        response = send(browser_client, session, "It asks for the password.", ask="yes", shown="0-0")
        answer = Answer.objects.get()
        assert answer.state == "done"
        assert answer.reply
        lines = [text(each) for each in find(read(response), "./ol[@hx-swap-oob='beforeend:#thread']")]
        assert "It asks for the password." in lines[0]
        assert any(answer.reply.content.split()[0] in line for line in lines[1:])

    def test_note_only_asks_nobody(self, browser_client: Client, session: AISession) -> None:
        send(browser_client, session, "For the record.", ask="no")
        assert not Answer.objects.exists()
        assert Message.objects.count() == 1

    def test_a_form_sent_twice_asks_once(self, browser_client: Client, session: AISession) -> None:
        key = "8c1e6b3e-5a0f-4f43-9c62-0a0a5e6c2a11"
        for _ in range(2):
            send(browser_client, session, "It asks.", ask="yes", form_key=key)
        assert Answer.objects.count() == 1
        assert Message.objects.filter(author="assistant").count() == 1

    def test_too_long_a_message_to_ask_may_still_be_a_note(self, browser_client: Client, session: AISession) -> None:
        long = "word " * 4_001
        refused = send(browser_client, session, long, ask="yes")
        assert refused.status_code == 422
        assert "FlowPilot reads at most 20,000" in refused.content.decode()
        assert long.strip() in refused.content.decode()
        assert not Message.objects.exists()
        assert send(browser_client, session, long, ask="no").status_code == 200

    def test_without_javascript_the_page_shows_the_answer(self, browser_client: Client, session: AISession) -> None:
        sent = {"content": "It asks.", "ask": "yes"}
        response = browser_client.post(f"/sessions/{session.pk}/messages/", sent, follow=True)
        assert "Built-in copilot" in response.content.decode()


class TestWhileItIsWritten:
    def test_the_page_polls_once_a_second_and_otherwise_not(self, browser_client: Client, session: AISession) -> None:
        assert "every 1s" not in page(browser_client, session)
        claimed(session)
        assert "every 1s" in page(browser_client, session)

    def test_everybody_reads_what_is_written_without_markers(self, session: AISession) -> None:
        answer = claimed(session)
        answers.write_text(answer, f"Half an **answer**. {FIX[:30]}")
        viewer = Client()
        let_in(viewer, UserFactory.create(account=session.account, role=Role.VIEWER))
        shown = text(by_id(read(poll(viewer, session, answer)), "answering"))
        assert "Half an answer." in shown
        assert "SUGGEST" not in shown
        assert "Stop" not in text(by_id(read(viewer.get(f"/sessions/{session.pk}/")), "copilot-status"))

    def test_html_in_it_is_text(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        answers.write_text(answer, "<script>alert(1)</script><img src=x onerror=alert(1)>")
        assert "<script>alert" not in poll(browser_client, session, answer).content.decode()

    def test_a_second_message_waits_and_the_page_says_so(self, browser_client: Client, session: AISession) -> None:
        claimed(session)
        send(browser_client, session, "And Teams?", ask="yes")
        assert "1 more message will be answered after this" in page(browser_client, session)

    def test_where_several_wait_the_page_says_whose_message_is_answered(
        self, browser_client: Client, session: AISession
    ) -> None:
        claimed(session)
        assert "message-1" not in hrefs(page(browser_client, session))
        send(browser_client, session, "And Teams?", ask="yes")
        shown = page(browser_client, session)
        assert f"Answers {session.owner}’s message" in text(by_id(parse(shown), "answering"))
        assert "message-1" in hrefs(shown)

    def test_an_answer_that_is_tried_again_later_is_not_said_to_be_written(
        self, browser_client: Client, session: AISession
    ) -> None:
        answer = claimed(session)
        assert "FlowPilot is writing" in page(browser_client, session)
        answers.postpone(answer, "The model’s server is busy.", seconds=60)
        shown = parse(page(browser_client, session))
        assert "FlowPilot is waiting to try again" in text(by_id(shown, "copilot-status"))
        assert "FlowPilot waiting to try again…" in text(by_id(shown, "answering"))
        assert "writing" not in text(by_id(shown, "copilot-status")) + text(by_id(shown, "answering"))

    def test_a_poll_takes_four_statements(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        session.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            poll(browser_client, session, answer, f"{session.state_version}-1")
        assert len(queries) <= 4

    def test_the_poll_after_its_end_brings_message_banner_and_title(
        self, browser_client: Client, session: AISession
    ) -> None:
        answer = claimed(session)
        answers.finish(answer, Reply(f"Try this. {FIX}"))
        response = poll(browser_client, session, answer, "1-1")
        tree = read(response)
        assert "hx-trigger" not in by_id(tree, "answering").attrib
        lines = [text(each) for each in find(tree, "./ol[@hx-swap-oob='beforeend:#thread']")]
        assert len(lines) == 2
        assert "Try this." in lines[0]
        assert "suggested Clear it" in lines[1]
        assert by_id(tree, "fix-banner").get("data-mode") == "proposed"
        assert "FlowPilot answered." in response.headers["HX-Trigger"]
        assert "Suggested fix" in response.headers["HX-Trigger"]

    def test_without_javascript_the_page_says_so_and_offers_refresh(
        self, browser_client: Client, session: AISession
    ) -> None:
        claimed(session)
        status = text(by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "copilot-status"))
        assert "FlowPilot is writing, since" in status
        assert "Refresh" in status
        assert "Stop" in status


class TestEnded:
    def test_a_cut_off_answer_is_shown_as_incomplete_and_did_nothing(
        self, browser_client: Client, session: AISession
    ) -> None:
        answer = claimed(session)
        answers.fail(answer, "The model stopped sending.", f"Half. {FIX}")
        shown = text(by_id(read(browser_client.get(f"/sessions/{session.pk}/")), f"answer-{answer.pk}"))
        for words in ("incomplete", "Half.", "The model stopped sending.", "Nothing in it was acted on.", "Try again"):
            assert words in shown
        assert "SUGGEST" not in shown
        assert not SuggestedFix.objects.exists()

    def test_a_poll_puts_it_after_its_message(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        answers.fail(answer, "The model’s server is down.")
        response = poll(browser_client, session, answer, "1-1")
        put = text(find(read(response), "./ol[@hx-swap-oob='afterend:#message-1']"))
        assert "The model’s server is down. Your message is kept." in put
        assert "FlowPilot couldn’t answer." in response.headers["HX-Trigger"].encode().decode("unicode-escape")

    def test_the_built_in_one_can_be_asked_instead(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        Answer.objects.update(provider="kestrel-8b")
        answers.fail(answer, "The model’s server is down.")
        response = browser_client.post(to(answer, "retry"), {"provider": "built-in", "shown": "1-1"}, headers=HTMX)
        answer.refresh_from_db()
        assert (answer.state, answer.provider) == ("done", "built-in")
        assert find(read(response), f"./div/li[@id='answer-{answer.pk}']").get("hx-swap-oob") == "delete"

    def test_stop_keeps_what_is_written(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        answers.write_text(answer, "Half.")
        fields = {"shown": "1-1", "known": f"{answer.pk}.writing"}
        response = browser_client.post(to(answer, "stop"), fields, headers=HTMX)
        answer.refresh_from_db()
        assert answer.state == "stopped"
        assert "Stopped." in response.content.decode()
        assert "Half." in page(browser_client, session)

    def test_stopping_what_has_ended_says_so(self, browser_client: Client, session: AISession) -> None:
        answer = claimed(session)
        answers.finish(answer, Reply("Done.", blocks=()))
        response = browser_client.post(to(answer, "stop"), {"shown": "1-1"}, headers=HTMX)
        assert "ended already" in response.headers["HX-Trigger"]
        without = browser_client.post(to(answer, "stop"), follow=True)
        assert "ended already" in without.content.decode()

    @pytest.mark.parametrize("act", ["stop", "retry"])
    def test_an_answer_of_another_session_is_not_found(
        self, browser_client: Client, session: AISession, act: str
    ) -> None:
        other = ask(AISession.objects.create(account=session.account, owner=session.owner, title="Other"))
        path = f"/sessions/{session.pk}/answers/{other.pk}/{act}"
        assert browser_client.post(path, headers=HTMX).status_code == 404
        other.refresh_from_db()
        assert other.state == "waiting"
