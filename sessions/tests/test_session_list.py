"""The list of sessions: what it shows, how one finds a session in it, and how it is paged."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.markup import find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "/sessions/"


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def shown(client: Client, **query: Any) -> Element:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return read(answer)


def titles(page: Element) -> list[str]:
    return [text(title) for title in page.findall(".//a[@class='row-title']")]


def many(owner: User, count: int) -> list[str]:
    """So many sessions, a minute apart; their titles, the last change first."""
    for number in range(count):
        SessionFactory(owner=owner, title=f"Case {number:02}", updated_at=NOON - timedelta(minutes=number))
    return [f"Case {number:02}" for number in range(count)]


class TestARow:
    def test_says_what_where_whose_and_when(self, browser_client: Client, engineer: User) -> None:
        session = SessionFactory(owner=engineer, updated_at=NOON - timedelta(minutes=34))
        row = find(shown(browser_client), ".//li[@class='row']")
        assert text(row) == f"{session.title} Active {session.ticket_ref} Nordwind Logistik Maya 34 min ago"
        assert find(row, ".//a").get("href") == f"/sessions/{session.pk}/"

    def test_shows_markup_that_people_typed_as_text(self, browser_client: Client, engineer: User) -> None:
        User.objects.filter(pk=engineer.pk).update(display_name="<i>Maya</i>")
        typed = {"title": '<b>Mail</b> & "more"', "ticket_ref": "<CW-1>", "client_name": "R&D <s>Ltd</s>"}
        SessionFactory(owner=engineer, updated_at=NOON, **typed)
        row = find(shown(browser_client), ".//li[@class='row']")
        assert text(row) == '<b>Mail</b> & "more" Active <CW-1> R&D <s>Ltd</s> <i>Maya</i> just now'

    def test_says_what_came_of_the_current_fix_and_when_it_is_due(
        self, browser_client: Client, session: AISession, clock: time_machine.TimeMachineFixture
    ) -> None:
        fix = make_fix(session, Status.PENDING)
        by = By(session.owner, Source.BANNER)
        lifecycle.record(fix.pk, Status.PENDING, by, notes="Lunch.", follow_up_at=NOON + timedelta(hours=1))
        assert "Awaiting verification check in 1 h" in text(find(shown(browser_client), ".//li[@class='row']"))
        clock.move_to(NOON + timedelta(hours=2), tick=False)
        assert "Awaiting verification overdue 1 h" in text(find(shown(browser_client), ".//li[@class='row']"))

    def test_asks_of_an_applied_fix_whether_it_worked(self, browser_client: Client, session: AISession) -> None:
        make_fix(session, applied=True)
        assert "Did it work?" in text(find(shown(browser_client), ".//li[@class='row']"))

    def test_says_of_a_resolution_what_it_rests_on(self, browser_client: Client, engineer: User) -> None:
        SessionFactory(owner=engineer, status="resolved", resolution_kind="provisional")
        assert "Resolved (unverified)" in text(find(shown(browser_client, status="resolved"), ".//li[@class='row']"))

    def test_shows_hostile_words_as_words(self, browser_client: Client, engineer: User) -> None:
        SessionFactory(owner=engineer, title="<script>alert(1)</script>", client_name="</bdi><b onclick=x>")
        row = find(shown(browser_client), ".//li[@class='row']")
        assert "<script>alert(1)</script>" in text(row)
        assert {element.tag for element in row.iter()}.isdisjoint({"script", "b"})


class TestFilters:
    @pytest.fixture(autouse=True)
    def one_of_each(self, engineer: User) -> None:
        for minute, status in enumerate(["active", "paused", "resolved", "escalated", "abandoned"]):
            kind = "verified" if status == "resolved" else None
            at = NOON - timedelta(minutes=minute)
            SessionFactory(owner=engineer, title=status, status=status, resolution_kind=kind, updated_at=at)

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (None, ["active", "paused", "escalated"]),
            ("open", ["active", "paused", "escalated"]),
            ("active", ["active"]),
            ("paused", ["paused"]),
            ("resolved", ["resolved"]),
            ("escalated", ["escalated"]),
            ("abandoned", ["abandoned"]),
            ("all", ["active", "paused", "resolved", "escalated", "abandoned"]),
        ],
    )
    def test_show_their_status(self, browser_client: Client, status: str | None, expected: list[str]) -> None:
        page = shown(browser_client, **({"status": status} if status else {}))
        assert titles(page) == expected
        tab = text(find(page, ".//nav[@class='tabs']/a[@aria-current='page']"))
        assert tab.lower() == f"{status or 'open'} {len(expected)}"

    @pytest.mark.parametrize("status", ["bogus", "", "OPEN", "\0", "active,paused"])
    def test_an_unknown_status_is_not_found_in_words(self, browser_client: Client, status: str) -> None:
        answer = browser_client.get(URL, {"status": status})
        assert answer.status_code == 404
        assert "Page not found" in text(read(answer))

    def test_keep_the_search(self, browser_client: Client) -> None:
        page = shown(browser_client, q="nord & süd", status="open")
        assert "?status=all&q=nord%20%26%20s%C3%BCd" in [link.get("href") for link in page.findall(".//nav/a")]


class TestSearch:
    def test_finds_by_the_beginnings_of_words(self, browser_client: Client, engineer: User) -> None:
        SessionFactory(owner=engineer, title="VPN drops", ticket_ref="CW-48213")
        SessionFactory(owner=engineer, title="Printer offline", ticket_ref="CW-1")
        assert titles(shown(browser_client, q="cw-482 vp")) == ["VPN drops"]

    def test_shows_what_was_searched_for_as_words(self, browser_client: Client) -> None:
        words = '"><script>alert(1)</script>'
        page = shown(browser_client, q=words)
        assert find(page, ".//input[@id='q']").get("value") == words

    def test_looks_among_the_chosen_status_only(self, browser_client: Client, engineer: User) -> None:
        SessionFactory(owner=engineer, title="VPN drops", status="abandoned")
        assert titles(shown(browser_client, q="vpn")) == []
        assert titles(shown(browser_client, q="vpn", status="all")) == ["VPN drops"]

    @pytest.mark.parametrize(
        "words", ["'", "&|!():*\\", "a" * 5000, "\0", "🙂" * 300, "word " * 500, "_", "\ud7ff\ue000"]
    )
    def test_takes_whatever_is_typed(self, browser_client: Client, session: AISession, words: str) -> None:
        shown(browser_client, q=words)


class TestAccounts:
    def test_another_accounts_sessions_are_not_shown(self, browser_client: Client) -> None:
        SessionFactory(title="Elsewhere")
        assert titles(shown(browser_client, status="all")) == []
        assert titles(shown(browser_client, status="all", q="elsewhere")) == []

    def test_a_colleagues_are(self, browser_client: Client, engineer: User) -> None:
        SessionFactory(owner=UserFactory(account=engineer.account), title="A colleague’s")
        assert titles(shown(browser_client)) == ["A colleague’s"]

    def test_a_viewer_sees_them_and_starts_none(self, client: Client, session: AISession) -> None:
        let_in(client, UserFactory(account=session.account, role=Role.VIEWER))
        page = shown(client)
        assert titles(page) == [session.title]
        assert "New session" not in text(page)


class TestPages:
    def test_lead_forth_and_back(self, browser_client: Client, engineer: User) -> None:
        expected = many(engineer, 60)
        first = shown(browser_client)
        second = read(browser_client.get(URL + rel(first, "next")))
        third = read(browser_client.get(URL + rel(second, "next")))
        assert titles(first) + titles(second) + titles(third) == expected
        assert (len(titles(first)), len(titles(third))) == (25, 10)
        back = read(browser_client.get(URL + rel(third, "prev")))
        assert titles(back) == titles(second)
        assert titles(read(browser_client.get(URL + rel(back, "prev")))) == titles(first)

    def test_end_where_the_list_does(self, browser_client: Client, engineer: User) -> None:
        many(engineer, 26)
        first = shown(browser_client)
        last = read(browser_client.get(URL + rel(first, "next")))
        assert first.find(".//a[@rel='prev']") is None
        assert last.find(".//a[@rel='next']") is None

    def test_are_not_drawn_for_a_short_list(self, browser_client: Client, engineer: User) -> None:
        many(engineer, 25)
        assert shown(browser_client).find(".//nav[@aria-label='Pages']") is None

    def test_keep_filter_and_search(self, browser_client: Client, engineer: User) -> None:
        many(engineer, 30)
        SessionFactory(owner=engineer, title="Another", updated_at=NOON - timedelta(days=1))
        second = read(browser_client.get(URL + rel(shown(browser_client, q="case", status="all"), "next")))
        assert titles(second) == [f"Case {number}" for number in range(25, 30)]
        assert find(second, ".//input[@id='q']").get("value") == "case"

    @pytest.mark.parametrize("cursor", ["bogus", "\0", "a:b:c", "é" * 100])
    def test_a_bad_cursor_shows_the_first_one_and_says_so(
        self, browser_client: Client, engineer: User, cursor: str
    ) -> None:
        expected = many(engineer, 30)[:25]
        page = shown(browser_client, cursor=cursor)
        assert titles(page) == expected
        assert "That page no longer exists. Showing the first." in text(find(page, ".//div[@class='messages']"))

    def test_a_cursor_of_another_filter_is_a_bad_one(self, browser_client: Client, engineer: User) -> None:
        many(engineer, 30)
        link = rel(shown(browser_client, status="open"), "next")
        page = read(browser_client.get(URL + link.replace("status=open", "status=all")))
        assert titles(page)[0] == "Case 00"
        assert "That page no longer exists. Showing the first." in text(page)


def rel(page: Element, which: str) -> str:
    return find(page, f".//a[@rel='{which}']").get("href", "")


class TestEmpty:
    def test_says_so_and_starts_one(self, browser_client: Client) -> None:
        empty = find(shown(browser_client), ".//div[@class='empty']")
        assert text(empty) == "No open sessions. Start a session"
        assert find(empty, ".//a").get("href") == "/sessions/new/"

    def test_every_session_is_no_status(self, browser_client: Client) -> None:
        assert "No sessions." in text(shown(browser_client, status="all"))

    def test_a_search_without_result_offers_a_wider_one(self, browser_client: Client) -> None:
        empty = find(shown(browser_client, q="printer"), ".//div[@class='empty']")
        assert "No open sessions match “printer”." in text(empty)
        assert find(empty, ".//a").get("href") == "?status=all&q=printer"

    def test_a_search_without_a_word_finds_nothing_and_says_so(
        self, browser_client: Client, session: AISession
    ) -> None:
        empty = find(shown(browser_client, q="!?"), ".//div[@class='empty']")
        assert "There is no word in “!?”. Search for letters or digits." in text(empty)

    def test_one_among_all_doesnt_offer_itself(self, browser_client: Client) -> None:
        empty = find(shown(browser_client, q="printer", status="all"), ".//div[@class='empty']")
        assert "No sessions match “printer”." in text(empty)
        assert find(empty, ".//a").get("href") == "?status=all"
