"""Starting, pausing, resuming, abandoning and reopening a session in the browser. None of it needs scripts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.http import HttpResponse
from django.test import Client
from time_machine import TimeMachineFixture

from accounts.models import Role
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from fixes.tests.pages import value_of
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, described, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW = {"title": "VPN drops", "client_name": "Nordwind", "ticket_ref": "CW-1", "problem_summary": "Since Monday."}


def send(client: Client, session: AISession, act: str, **fields: Any) -> HttpResponse:
    return client.post(f"/sessions/{session.pk}/{act}/", fields)


def set_to(session: AISession, status: str) -> None:
    kind = "verified" if status == "resolved" else None
    AISession.objects.filter(pk=session.pk).update(status=status, resolution_kind=kind)


def menu_of(client: Client, session: AISession) -> list[str]:
    head = by_id(read(client.get(f"/sessions/{session.pk}/")), "session-head")
    menu = find(head, ".//details")
    return [text(each) for each in menu.iter() if each.tag in {"summary", "button"}]


def refusal(answer: HttpResponse, status: int) -> Element:
    assert answer.status_code == status
    return find(read(answer), ".//main/div[@role='alert']")


class TestMenu:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (
                "active",
                ["More More", "Pause", "Abandon"],
            ),  # the word in wide windows, and beside the icon in narrow ones
            ("paused", ["More More", "Resume", "Abandon"]),
            ("resolved", ["Reopen…", "Reopen session"]),
            ("escalated", ["Reopen…", "Reopen session"]),
            ("abandoned", ["Reopen…", "Reopen session"]),
        ],
    )
    def test_has_what_the_status_allows(
        self, browser_client: Client, session: AISession, status: str, expected: list[str]
    ) -> None:
        set_to(session, status)
        assert menu_of(browser_client, session) == expected

    def test_a_viewer_has_none(self, client: Client, session: AISession) -> None:
        let_in(client, UserFactory(account=session.account, role=Role.VIEWER))
        head = by_id(read(client.get(f"/sessions/{session.pk}/")), "session-head")
        assert head.find(".//details") is None


class TestStatus:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("active", "paused", "Session paused. You can undo this for ten minutes."),
            ("paused", "active", "Session resumed."),
            ("active", "abandoned", "Session abandoned. You can undo this for ten minutes."),
            ("paused", "abandoned", "Session abandoned. You can undo this for ten minutes."),
        ],
    )
    def test_is_set_and_the_page_says_so(
        self, browser_client: Client, session: AISession, old: str, new: str, said: str
    ) -> None:
        set_to(session, old)
        answer = send(browser_client, session, "status", status=new)
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#main")
        session.refresh_from_db()
        assert (session.status, session.state_version) == (new, 1)
        page = read(browser_client.get(answer["Location"]))
        assert text(find(page, ".//div[@class='messages']")) == said

    def test_setting_it_twice_writes_once(self, browser_client: Client, session: AISession) -> None:
        send(browser_client, session, "status", status="paused")
        with assert_nothing_written():
            assert send(browser_client, session, "status", status="paused").status_code == 303

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("active", "resolved"),
            ("active", "escalated"),
            ("resolved", "active"),
            ("abandoned", "paused"),
            ("escalated", "abandoned"),
        ],
    )
    def test_what_is_no_step_is_refused_on_the_page(
        self, browser_client: Client, session: AISession, old: str, new: str
    ) -> None:
        set_to(session, old)
        with assert_nothing_written():
            answer = send(browser_client, session, "status", status=new)
        assert text(refusal(answer, 409)) == f"A session that is {old} can’t be set to {new}."

    @pytest.mark.parametrize("status", ["bogus", "", "\0", "ACTIVE"])
    def test_an_unknown_one_is_refused_on_the_page(
        self, browser_client: Client, session: AISession, status: str
    ) -> None:
        with assert_nothing_written():
            answer = send(browser_client, session, "status", status=status)
        assert text(refusal(answer, 422)) == "There is no such status. Nothing was changed."


class TestUndo:
    """Of a pause or an abandonment, for ten minutes, by the person who did it."""

    @pytest.fixture(autouse=True)
    def clock(self, time_machine: TimeMachineFixture) -> TimeMachineFixture:
        time_machine.move_to(NOON, tick=False)
        return time_machine

    def undo(self, client: Client, session: AISession) -> HttpResponse:
        return client.post(f"/sessions/{session.pk}/status/undo/")

    def offers(self, client: Client, session: AISession) -> bool:
        head = by_id(read(client.get(f"/sessions/{session.pk}/")), "session-head")
        return head.find(f".//form[@action='/sessions/{session.pk}/status/undo/']") is not None

    @pytest.mark.parametrize(("old", "new"), [("active", "paused"), ("active", "abandoned"), ("paused", "abandoned")])
    def test_brings_back_what_was_and_both_are_in_the_conversation(
        self, browser_client: Client, session: AISession, clock: TimeMachineFixture, old: str, new: str
    ) -> None:
        set_to(session, old)
        send(browser_client, session, "status", status=new)
        clock.move_to(NOON + timedelta(minutes=9, seconds=59), tick=False)
        assert self.offers(browser_client, session)
        assert self.undo(browser_client, session).status_code == 303
        session.refresh_from_db()
        assert (session.status, session.status_before, session.status_changed_at) == (old, None, None)
        assert [(message.author, message.content) for message in Message.objects.all()] == [
            ("system", f"Maya {new} this session."),
            ("system", f"Maya undid that: the session is {old} again."),
        ]
        assert not self.offers(browser_client, session)

    def test_is_over_after_ten_minutes(
        self, browser_client: Client, session: AISession, clock: TimeMachineFixture
    ) -> None:
        send(browser_client, session, "status", status="paused")
        clock.move_to(NOON + timedelta(minutes=10), tick=False)
        assert not self.offers(browser_client, session)
        with assert_nothing_written():
            answer = self.undo(browser_client, session)
        assert "for ten minutes" in text(refusal(answer, 409))

    def test_is_for_the_person_who_did_it(self, browser_client: Client, client: Client, session: AISession) -> None:
        send(browser_client, session, "status", status="abandoned")
        let_in(client, UserFactory(account=session.account))
        assert not self.offers(client, session)
        with assert_nothing_written():
            assert self.undo(client, session).status_code == 409

    def test_needs_something_to_undo(self, browser_client: Client, session: AISession) -> None:
        send(browser_client, session, "status", status="paused")
        send(browser_client, session, "status", status="active")
        assert not self.offers(browser_client, session)
        with assert_nothing_written():
            answer = self.undo(browser_client, session)
        assert text(refusal(answer, 409)) == "This session is active: there is nothing to undo."

    def test_of_a_session_of_another_account_is_not_found(self, browser_client: Client) -> None:
        foreign = SessionFactory(status="paused")
        with assert_nothing_written():
            assert self.undo(browser_client, foreign).status_code == 404


class TestReopening:
    @pytest.mark.parametrize("status", ["resolved", "escalated", "abandoned"])
    def test_makes_it_active_with_the_reason_in_its_conversation(
        self, browser_client: Client, session: AISession, status: str
    ) -> None:
        set_to(session, status)
        answer = send(browser_client, session, "reopen", reason=" It came back. ")
        assert answer.status_code == 303
        session.refresh_from_db()
        assert (session.status, session.resolution_kind) == ("active", None)
        assert Message.objects.get().content == "Reopened by Maya: It came back."

    def test_the_draft_of_the_reason_is_cleared(self, browser_client: Client, session: AISession) -> None:
        set_to(session, "abandoned")
        page = read(browser_client.get(f"/sessions/{session.pk}/"))
        form = find(by_id(page, "session-head"), ".//form")
        answer = send(browser_client, session, "reopen", reason="It came back.")
        cleared = find(read(browser_client.get(answer["Location"])), ".//*[@data-draft-clear]")
        assert cleared.get("data-draft-clear") == form.get("data-draft")

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("", "Say why you are reopening this session."),
            (" \r\n", "Say why you are reopening this session."),
            ("x" * 4001, "Too long: 4,001 characters (limit 4,000)."),
            ("a\0b", "This text has an invalid character (U+0000, line 1). Remove it."),
        ],
    )
    def test_a_reason_that_wont_do_is_named_beside_its_field_and_kept(
        self, browser_client: Client, session: AISession, reason: str, said: str
    ) -> None:
        set_to(session, "abandoned")
        with assert_nothing_written():
            answer = send(browser_client, session, "reopen", reason=reason)
        assert answer.status_code == 422
        page = read(answer)
        field = by_id(page, "reopen-reason")
        assert (value_of(field), field.get("aria-invalid"), described(page, field)) == (reason, "true", said)
        assert "open" in find(by_id(page, "session-head"), ".//details").attrib

    @pytest.mark.parametrize("status", ["active", "paused"])
    def test_what_is_open_already_says_so_and_keeps_the_words(
        self, browser_client: Client, session: AISession, status: str
    ) -> None:
        set_to(session, status)
        with assert_nothing_written():
            answer = send(browser_client, session, "reopen", reason="It came back.")
        said = f"This session is {status}: there is nothing to reopen. You wrote: It came back."
        assert text(refusal(answer, 409)) == said


@pytest.mark.parametrize(
    ("act", "fields"), [("edit", NEW), ("status", {"status": "paused"}), ("status", {}), ("reopen", {})]
)
def test_another_accounts_session_is_not_found_right_form_or_wrong(
    browser_client: Client, act: str, fields: dict[str, str]
) -> None:
    foreign = SessionFactory()
    with assert_nothing_written():
        assert send(browser_client, foreign, act, **fields).status_code == 404
