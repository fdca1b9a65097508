"""Starting, pausing, resuming, abandoning and reopening a session in the browser. None of it needs scripts."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from fixes.tests.pages import value_of
from sessions.models import AISession, Message
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, described, find, read, text

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
            ("active", ["Session", "Pause", "Abandon"]),
            ("paused", ["Session", "Resume", "Abandon"]),
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
        ("old", "new"), [("active", "paused"), ("paused", "active"), ("active", "abandoned"), ("paused", "abandoned")]
    )
    def test_is_set_and_the_page_says_so(self, browser_client: Client, session: AISession, old: str, new: str) -> None:
        set_to(session, old)
        answer = send(browser_client, session, "status", status=new)
        assert (answer.status_code, answer["Location"]) == (303, f"/sessions/{session.pk}/#main")
        session.refresh_from_db()
        assert (session.status, session.state_version) == (new, 1)
        page = read(browser_client.get(answer["Location"]))
        assert text(find(page, ".//div[@class='messages']")) == f"This session is {new}."

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
            ("", "Say why this session is reopened."),
            (" \r\n", "Say why this session is reopened."),
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


class TestTheTicketsWords:
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
