"""Sessions and their messages, over the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from fixes.tests.acting import assert_nothing_written
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory
from tests.api import NOBODY, assert_refused, call

NEW = {
    "title": " VPN drops ",
    "problem_summary": "Every hour.\r\nOne site.",
    "client_name": "Nordwind",
    "ticket_ref": "CW-48213",
}
FIELDS = {
    "id", "account_id", "owner_id", "title", "problem_summary", "client_name", "ticket_ref", "status",
    "resolution_kind", "root_cause", "state_version", "resolution_note", "resolution_note_posted_at",
    "resolution_note_external_id", "escalation_package", "escalation_package_posted_at",
    "escalation_package_external_id", "created_at", "updated_at",
}  # fmt: skip


def of(session: AISession, act: str = "") -> str:
    return f"/ai-sessions/{session.pk}{act and '/' + act}"


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


class TestCreate:
    def test_opens_a_session_of_the_caller(self, api: Client, engineer: User) -> None:
        answer = call(api, "POST", "/ai-sessions", NEW)
        assert (answer.status_code, answer.json().keys()) == (201, FIELDS)
        session = AISession.objects.get(pk=answer.json()["id"])
        assert (session.owner, session.account, session.status) == (engineer, engineer.account, "active")
        assert (session.title, session.problem_summary) == ("VPN drops", "Every hour.\nOne site.")
        assert (session.client_name, session.ticket_ref, session.state_version) == ("Nordwind", "CW-48213", 0)

    def test_needs_a_title_only(self, api: Client) -> None:
        assert call(api, "POST", "/ai-sessions", {"title": "VPN"}).json()["client_name"] == ""

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", None),
            ("title", " "),
            ("title", "x" * 201),
            ("title", 5),
            ("title", "\x00"),
            ("problem_summary", "\ud800"),
            ("problem_summary", "x" * 50_001),
            ("problem_summary", []),
            ("client_name", "x" * 201),
            ("client_name", {}),
            ("ticket_ref", "x" * 51),
            ("ticket_ref", "a\x00"),
            ("ticket_ref", 48213),
        ],
    )
    def test_refuses_impossible_words(self, api: Client, field: str, value: Any) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "POST", "/ai-sessions", NEW | {field: value}), 400, "invalid_input", field)

    def test_names_every_field_that_is_wrong(self, api: Client) -> None:
        wrong = {"title": "x" * 201, "ticket_ref": "x" * 51}
        assert_refused(call(api, "POST", "/ai-sessions", wrong), 400, "invalid_input", *wrong)


class TestList:
    @pytest.fixture(autouse=True)
    def three(self, engineer: User) -> None:
        for title, status in (("VPN drops", "active"), ("Printer offline", "paused"), ("Mailbox full", "active")):
            SessionFactory.create(owner=engineer, title=title, status=status)
        SessionFactory.create(title="Another account’s VPN")

    def test_has_the_latest_touched_first(self, api: Client) -> None:
        first = AISession.objects.get(title="VPN drops")
        call(api, "POST", of(first, "messages"), {"content": "Again."})
        assert titles(call(api, "GET", "/ai-sessions")) == ["VPN drops", "Mailbox full", "Printer offline"]

    def test_filters_by_status_and_words(self, api: Client) -> None:
        assert titles(call(api, "GET", "/ai-sessions?status=paused")) == ["Printer offline"]
        assert titles(call(api, "GET", "/ai-sessions?q=vpn dro")) == ["VPN drops"]
        assert titles(call(api, "GET", "/ai-sessions?q=vpn&status=paused")) == []
        assert len(titles(call(api, "GET", "/ai-sessions?q=&status="))) == 3

    def test_pages_keep_their_filters(self, api: Client) -> None:
        page = call(api, "GET", "/ai-sessions?status=active&limit=1").json()
        rest = api.get(page["next"])
        assert [page["results"][0]["title"], *titles(rest)] == ["Mailbox full", "VPN drops"]
        assert rest.json()["next"] is None

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("status=open", "status"),
            ("status=%00", "status"),
            ("q=%00", "q"),
            ("q=" + "x" * 201, "q"),
            ("cursor=%ED%A0%80", "cursor"),
            ("limit=-1", "limit"),
            ("limit=1.5", "limit"),
        ],
    )
    def test_refuses_a_bad_query(self, api: Client, query: str, field: str) -> None:
        assert_refused(call(api, "GET", f"/ai-sessions?{query}"), 400, "invalid_input", field)


class TestOne:
    def test_is_shown(self, api: Client, session: AISession) -> None:
        assert call(api, "GET", of(session)).json()["title"] == session.title

    def test_changes_only_what_is_sent(self, api: Client, session: AISession) -> None:
        answer = call(api, "PATCH", of(session), {"title": "Outlook", "status": "paused", "client_name": ""})
        assert (answer.status_code, answer.json()["state_version"]) == (200, 1)
        session.refresh_from_db()
        assert (session.title, session.status, session.client_name) == ("Outlook", "paused", "")
        assert session.problem_summary == "One user, one laptop, since the reboot."

    def test_changed_to_what_it_is_writes_nothing(self, api: Client, session: AISession) -> None:
        with assert_nothing_written():
            assert call(api, "PATCH", of(session), {"title": session.title, "status": "active"}).status_code == 200

    @pytest.mark.parametrize(("old", "new"), [("active", "resolved"), ("active", "escalated"), ("abandoned", "active")])
    def test_is_not_set_to_a_status_that_only_an_act_gives(
        self, api: Client, session: AISession, old: str, new: str
    ) -> None:
        AISession.objects.update(status=old)
        with assert_nothing_written():
            answer = call(api, "PATCH", of(session), {"title": "New", "status": new})
        assert assert_refused(answer, 409, "illegal_transition")["fix"] is None

    @pytest.mark.parametrize(
        ("field", "value"), [("status", "open"), ("status", None), ("status", []), ("title", ""), ("title", None)]
    )
    def test_refuses_impossible_changes(self, api: Client, session: AISession, field: str, value: Any) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "PATCH", of(session), {field: value}), 400, "invalid_input", field)

    @pytest.mark.parametrize("sid", [NOBODY, "nonsense", "%00", "1"])
    def test_that_is_not_there_is_404_whatever_is_sent(self, api: Client, sid: str) -> None:
        assert_refused(call(api, "GET", f"/ai-sessions/{sid}"), 404, "not_found")
        assert_refused(call(api, "PATCH", f"/ai-sessions/{sid}", {"status": "open"}), 404, "not_found")
        assert_refused(call(api, "POST", f"/ai-sessions/{sid}/reopen", b"{"), 404, "not_found")


class TestReopen:
    def test_makes_a_closed_session_active_again(self, api: Client, session: AISession) -> None:
        AISession.objects.update(status="resolved", resolution_kind="without_fix")
        answer = call(api, "POST", of(session, "reopen"), {"reason": "It came back."})
        assert (answer.status_code, answer.json()["status"], answer.json()["resolution_kind"]) == (200, "active", None)
        assert session.messages.get().content == "Reopened by Maya: It came back."

    @pytest.mark.parametrize("body", [None, {}, {"reason": None}, {"reason": " "}, {"reason": "\x00"}, {"reason": 1}])
    def test_needs_a_reason(self, api: Client, session: AISession, body: Any) -> None:
        AISession.objects.update(status="abandoned")
        with assert_nothing_written():
            assert_refused(call(api, "POST", of(session, "reopen"), body), 400, "invalid_input", "reason")

    def test_of_an_active_session_is_refused(self, api: Client, session: AISession) -> None:
        with assert_nothing_written():
            assert_refused(call(api, "POST", of(session, "reopen"), {"reason": "Again"}), 409, "illegal_transition")


class TestMessages:
    def test_are_posted_as_the_engineer(self, api: Client, session: AISession, engineer: User) -> None:
        answer = call(api, "POST", of(session, "messages"), {"content": " Rebooted. ", "author": "engineer"})
        assert (answer.status_code, answer.json()["effects"]) == (201, [])
        message = Message.objects.get()
        assert (message.author, message.user, message.content) == ("engineer", engineer, "Rebooted.")
        assert answer.json()["user_id"] == str(engineer.pk)
        session.refresh_from_db()
        assert session.state_version == 1

    def test_are_listed_oldest_first(self, api: Client, session: AISession) -> None:
        for content in ("One", "Two", "Three"):
            call(api, "POST", of(session, "messages"), {"content": content})
        page = call(api, "GET", of(session, "messages") + "?limit=2").json()
        rows = page["results"] + api.get(page["next"]).json()["results"]
        assert [(row["sequence"], row["content"]) for row in rows] == [(1, "One"), (2, "Two"), (3, "Three")]

    @pytest.mark.parametrize("author", ["system", "", "nobody", None, 1])
    def test_by_anybody_else_are_refused(self, api: Client, session: AISession, author: Any) -> None:
        with assert_nothing_written():
            answer = call(api, "POST", of(session, "messages"), {"content": "Hi", "author": author})
        assert_refused(answer, 400, "invalid_input", "author")

    @pytest.mark.parametrize("content", [None, "", " \n", "\x00", "\ud800", "x" * 50_001, 1, ["Hi"]])
    def test_without_possible_words_are_refused(self, api: Client, session: AISession, content: Any) -> None:
        with assert_nothing_written():
            answer = call(api, "POST", of(session, "messages"), {"content": content})
        assert_refused(answer, 400, "invalid_input", "content")

    def test_in_a_closed_session_are_refused(self, api: Client, session: AISession) -> None:
        AISession.objects.update(status="abandoned")
        with assert_nothing_written():
            assert_refused(call(api, "POST", of(session, "messages"), {"content": "Hi"}), 409, "session_closed")
