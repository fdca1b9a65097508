"""Starting, pausing, resuming, abandoning and reopening a session in the browser. None of it needs scripts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Role, User
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
            ("active", ["More", "Pause", "Abandon"]),
            ("paused", ["More", "Resume", "Abandon"]),
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


class TestNewSession:
    def test_opens_for_whoever_starts_it(self, browser_client: Client, engineer: User) -> None:
        answer = browser_client.post("/sessions/new/", NEW | {"title": "  VPN drops ", "problem_summary": "a\r\nb"})
        session = AISession.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#composer")
        assert (session.title, session.client_name, session.ticket_ref) == ("VPN drops", "Nordwind", "CW-1")
        assert (session.problem_summary, session.owner, session.account) == ("a\nb", engineer, engineer.account)

    def test_asks_for_a_title_and_folds_the_details(self, browser_client: Client) -> None:
        form = find(read(browser_client.get("/sessions/new/")), ".//main/form")
        folded = find(form, "./details")
        assert [text(label) for label in form.findall("./div/label")] == [
            "Title",
            "Client (optional)",
            "Ticket (optional)",
        ]
        assert ("open" in folded.attrib, text(find(folded, ".//label"))) == (False, "Details (optional)")

    def test_needs_a_title_only(self, browser_client: Client, engineer: User) -> None:
        browser_client.post("/sessions/new/", {"title": "VPN drops"})
        assert AISession.objects.get().problem_summary == ""

    def test_clears_its_draft(self, browser_client: Client, engineer: User) -> None:
        form = find(read(browser_client.get("/sessions/new/")), ".//main/form")
        page = read(browser_client.post("/sessions/new/", NEW, follow=True))
        assert find(page, ".//*[@data-draft-clear]").get("data-draft-clear") == form.get("data-draft")

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", "", "A session needs a title."),
            ("title", " \t", "A session needs a title."),
            ("title", "x" * 201, "Too long: 201 characters (limit 200)."),
            ("client_name", "x" * 201, "Too long: 201 characters (limit 200)."),
            ("ticket_ref", "x" * 51, "Too long: 51 characters (limit 50)."),
            ("problem_summary", "x" * 50_001, "Too long: 50,001 characters (limit 50,000)."),
            *(
                (field, "a\0b", "This text has an invalid character (U+0000, line 1). Remove it.")
                for field in ("title", "client_name", "ticket_ref", "problem_summary")
            ),
        ],
    )
    def test_what_wont_do_is_named_beside_its_field_and_everything_kept(
        self, browser_client: Client, field: str, value: str, said: str
    ) -> None:
        sent = NEW | {field: value}
        with assert_nothing_written():
            answer = browser_client.post("/sessions/new/", sent)
        assert answer.status_code == 422
        page = read(answer)
        box = by_id(page, f"id_{field}")
        assert box.get("aria-invalid") == "true"
        assert said in described(page, box)
        shown = {name: by_id(page, f"id_{name}") for name in sent}
        assert {name: box.get("value", value_of(box)) for name, box in shown.items()} == sent

    def test_an_empty_form_is_refused_too(self, browser_client: Client, engineer: User) -> None:
        with assert_nothing_written():
            assert browser_client.post("/sessions/new/").status_code == 422

    def test_a_viewer_starts_none(self, client: Client, session: AISession) -> None:
        let_in(client, UserFactory(account=session.account, role=Role.VIEWER))
        with assert_nothing_written():
            assert client.get("/sessions/new/").status_code == 403
            assert client.post("/sessions/new/", NEW).status_code == 403


class TestASecondSessionForOneTicket:
    @pytest.mark.parametrize("status", ["active", "paused", "escalated"])
    def test_is_shown_the_first_one_and_can_go_on(self, browser_client: Client, engineer: User, status: str) -> None:
        sam = UserFactory(account=engineer.account, display_name="Sam")
        started = timezone.now() - timedelta(hours=2)
        first = SessionFactory(owner=sam, title="VPN", ticket_ref="cw-1", status=status, created_at=started)
        with assert_nothing_written():
            answer = browser_client.post("/sessions/new/", NEW)
        page = read(answer)
        assert answer.status_code == 409
        notice = find(page, ".//main//*[@role='alert']")
        assert text(notice).startswith("Already open: VPN, Sam, 2 h ago.")
        assert find(notice, ".//a").get("href") == f"/sessions/{first.pk}/"
        shown = {name: by_id(page, f"id_{name}") for name in NEW}
        assert {name: box.get("value", value_of(box)) for name, box in shown.items()} == NEW
        hidden = {
            each.get("name", ""): each.get("value", "") for each in page.findall(".//main//input[@type='hidden']")
        }
        assert browser_client.post("/sessions/new/", NEW | hidden).status_code == 303
        assert AISession.objects.filter(title="VPN drops").count() == 1

    @pytest.mark.parametrize(
        "other", [{"status": "abandoned"}, {"ticket_ref": "CW-11"}, {"ticket_ref": ""}, {"title": "CW-1"}]
    )
    def test_is_none_when_the_other_is_over_or_about_something_else(
        self, browser_client: Client, engineer: User, other: dict[str, str]
    ) -> None:
        SessionFactory(owner=engineer, **{"ticket_ref": "CW-1" if "title" not in other else "CW-2", **other})
        assert browser_client.post("/sessions/new/", NEW).status_code == 303

    def test_is_none_for_another_accounts_ticket(self, browser_client: Client) -> None:
        SessionFactory(ticket_ref="CW-1")
        assert browser_client.post("/sessions/new/", NEW).status_code == 303


class TestTheTicket:
    def fields(self, client: Client, session: AISession) -> dict[str, str]:
        """What the form holds, hidden fields included."""
        form = find(read(client.get(f"/sessions/{session.pk}/edit/")), ".//main/form")
        boxes = [each for each in form.iter() if each.tag in {"input", "textarea"}]
        return {each.get("name", ""): each.get("value", value_of(each)) for each in boxes}

    def test_are_corrected_from_the_page(self, browser_client: Client, session: AISession) -> None:
        page = read(browser_client.get(f"/sessions/{session.pk}/"))
        assert find(page, f".//a[@href='/sessions/{session.pk}/edit/']") is not None
        fields = self.fields(browser_client, session)
        answer = send(browser_client, session, "edit", **fields | {"title": " Outlook asks \n"})
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#main")
        before, version = session.client_name, session.state_version
        session.refresh_from_db()
        assert (session.title, session.client_name, session.state_version) == ("Outlook asks", before, version + 1)

    def test_two_people_who_mend_different_fields_undo_nothing(
        self, browser_client: Client, session: AISession
    ) -> None:
        mine = self.fields(browser_client, session)
        AISession.objects.filter(pk=session.pk).update(client_name="Contoso")
        send(browser_client, session, "edit", **mine | {"ticket_ref": "CW-2"})
        session.refresh_from_db()
        assert (session.client_name, session.ticket_ref) == ("Contoso", "CW-2")

    def test_the_last_writer_of_a_field_is_shown_the_others_value_and_decides(
        self, browser_client: Client, session: AISession
    ) -> None:
        mine = self.fields(browser_client, session)
        AISession.objects.filter(pk=session.pk).update(client_name="Contoso", problem_summary="Since\nTuesday.")
        edits = {"client_name": "Fabrikam", "problem_summary": "Since\r\nMonday.", "ticket_ref": "CW-2"}
        with assert_nothing_written():
            answer = send(browser_client, session, "edit", **mine | edits)
        page = read(answer)
        assert answer.status_code == 409
        notice = find(page, ".//main//*[@role='alert']")
        assert "Client is now Contoso Details is now Since Tuesday." in text(notice)
        assert "Ticket" not in text(notice)
        assert by_id(page, "id_client_name").get("value") == "Fabrikam"
        form = find(page, ".//main/form")
        boxes = [each for each in form.iter() if each.tag in {"input", "textarea"}]
        again = {each.get("name", ""): each.get("value", value_of(each)) for each in boxes}
        assert send(browser_client, session, "edit", **again).status_code == 303
        session.refresh_from_db()
        expected = ("Fabrikam", "Since\nMonday.", "CW-2")
        assert (session.client_name, session.problem_summary, session.ticket_ref) == expected

    def test_two_who_write_the_same_are_no_conflict(self, browser_client: Client, session: AISession) -> None:
        mine = self.fields(browser_client, session)
        AISession.objects.filter(pk=session.pk).update(client_name="Contoso")
        assert send(browser_client, session, "edit", **mine | {"client_name": "Contoso"}).status_code == 303

    def test_as_they_are_write_nothing(self, browser_client: Client, session: AISession) -> None:
        with assert_nothing_written():
            assert send(browser_client, session, "edit", **self.fields(browser_client, session)).status_code == 303

    def test_what_wont_do_is_named_and_kept(self, browser_client: Client, session: AISession) -> None:
        fields = self.fields(browser_client, session) | {"title": " ", "client_name": "Kept"}
        with assert_nothing_written():
            answer = send(browser_client, session, "edit", **fields)
        page = read(answer)
        assert answer.status_code == 422
        assert "A session needs a title." in described(page, by_id(page, "id_title"))
        assert by_id(page, "id_client_name").get("value") == "Kept"


@pytest.mark.parametrize(
    ("act", "fields"), [("edit", NEW), ("status", {"status": "paused"}), ("status", {}), ("reopen", {})]
)
def test_another_accounts_session_is_not_found_right_form_or_wrong(
    browser_client: Client, act: str, fields: dict[str, str]
) -> None:
    foreign = SessionFactory()
    with assert_nothing_written():
        assert send(browser_client, foreign, act, **fields).status_code == 404
