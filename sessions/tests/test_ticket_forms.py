"""The forms that start a session and edit its ticket. None of it needs scripts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.acting import assert_nothing_written
from fixes.tests.pages import value_of
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import by_id, described, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW = {"title": "VPN drops", "client_name": "Nordwind", "ticket_ref": "CW-1", "problem_summary": "Since Monday."}


def send(client: Client, session: AISession, act: str, **fields: Any) -> HttpResponse:
    return client.post(f"/sessions/{session.pk}/{act}/", fields)


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
