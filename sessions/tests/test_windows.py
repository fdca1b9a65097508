"""A long conversation is shown in parts of fifty lines, from its end upwards."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.pages import HTMX, triggers
from fixes.transitions import Source
from sessions.models import AISession, Author, Message
from tests.markup import by_id, find, read, text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FIX = {"title": "Clear the cache", "description": "…", "confidence_pct": 80}


def write(session: AISession, count: int, first: int = 1) -> None:
    """Write messages `first` and on, one a minute."""
    Message.objects.bulk_create(
        Message(
            session=session,
            account_id=session.account_id,
            sequence=number,
            author=Author.ENGINEER,
            user=session.owner,
            content=f"Message {number}",
            created_at=NOON + number * MINUTE,
        )
        for number in range(first, first + count)
    )


def suggest(session: AISession, after: int) -> None:
    """Suggest a fix, which is an entry of the conversation, shortly after this message."""
    at = NOON + after * MINUTE + MINUTE / 2
    lifecycle.suggest(session.pk, FIX | {"title": f"Fix {after}"}, By(None, Source.COPILOT, at))


def get(client: Client, session: AISession, query: str = "", **headers: str) -> Element:
    answer = client.get(f"/sessions/{session.pk}/{query}", headers=headers or None)
    assert answer.status_code == 200
    return read(answer)


def shown(tree: Element) -> list[str]:
    """Return what each line is: the number of a message, or the title of a suggested fix."""
    lines = [text(line) for line in tree.iter("li") if line.get("class") in {"message", "event"}]
    return ["".join(re.findall(r"Message (\d+)|(Fix -?\d+)", line)[0]) for line in lines]


def numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def link(tree: Element, which: str) -> tuple[str, str]:
    """Return the words and the query of the link to more."""
    found = find(by_id(tree, which), "./a")
    return text(found), "?" + found.get("href", "").split("?")[1].split("#")[0]


def has(tree: Element, which: str) -> bool:
    return tree.find(f".//*[@id='{which}']") is not None


class TestTheEnd:
    def test_of_a_short_conversation_is_all_of_it(self, browser_client: Client, session: AISession) -> None:
        write(session, 50)
        page = get(browser_client, session)
        assert shown(page) == numbers(1, 50)
        assert not has(page, "earlier")
        assert not has(page, "later")

    def test_of_a_long_one_is_its_last_fifty_lines(self, browser_client: Client, session: AISession) -> None:
        write(session, 61)
        page = get(browser_client, session)
        assert shown(page) == numbers(12, 61)
        assert link(page, "earlier")[0] == "Show 11 earlier entries"
        assert by_id(page, "thread").get("data-shown") == f"{session.state_version}-61"

    def test_says_how_many_there_are_in_all(self, browser_client: Client, session: AISession) -> None:
        write(session, 2_000)
        assert link(get(browser_client, session), "earlier")[0] == "Show 50 of 1,950 earlier entries"

    def test_one_entry_is_called_one(self, browser_client: Client, session: AISession) -> None:
        write(session, 51)
        assert link(get(browser_client, session), "earlier")[0] == "Show 1 earlier entry"

    def test_counts_the_entries_of_fixes(self, browser_client: Client, session: AISession) -> None:
        write(session, 60)
        for number in (5, 55):
            suggest(session, number)
        page = get(browser_client, session)
        assert shown(page) == [*numbers(12, 55), "Fix 55", *numbers(56, 60)]
        assert link(page, "earlier")[0] == "Show 12 earlier entries"


class TestEarlier:
    def pages(self, client: Client, session: AISession) -> Iterator[Element]:
        page = get(client, session)
        yield page
        while has(page, "earlier"):
            page = get(client, session, link(page, "earlier")[1])
            yield page

    def test_pages_show_every_line_once(self, browser_client: Client, session: AISession) -> None:
        write(session, 140)
        for number in (1, 40, 89, 90, 91, 139):
            suggest(session, number)
        pages = [shown(page) for page in self.pages(browser_client, session)]
        assert [len(page) for page in pages] == [50, 50, 46]
        everything = [line for page in reversed(pages) for line in page]
        expected = numbers(1, 140)
        for number in (139, 91, 90, 89, 40, 1):
            expected.insert(number, f"Fix {number}")
        assert everything == expected

    def test_many_entries_without_a_message_are_paged_too(self, browser_client: Client, session: AISession) -> None:
        write(session, 1)
        for _ in range(60):
            suggest(session, 1)
        pages = [shown(page) for page in self.pages(browser_client, session)]
        assert [len(page) for page in pages] == [50, 11]
        assert pages[-1][0] == "1"

    def test_a_page_leads_back_to_the_later_ones(self, browser_client: Client, session: AISession) -> None:
        write(session, 120)
        page = get(browser_client, session, link(get(browser_client, session), "earlier")[1])
        words, query = link(page, "later")
        assert words == "Show 50 later entries"
        page = get(browser_client, session, query)
        assert shown(page) == numbers(71, 120)
        assert not has(page, "later")

    def test_a_script_gets_the_lines_and_the_next_link(self, browser_client: Client, session: AISession) -> None:
        write(session, 120)
        query = link(get(browser_client, session), "earlier")[1]
        answer = browser_client.get(f"/sessions/{session.pk}/{query}", headers=HTMX)
        tree = read(answer)
        assert shown(tree) == numbers(21, 70)
        assert [child.get("id") for child in tree][:2] == ["earlier", "message-21"]
        assert not has(tree, "later")
        assert tree.find("html") is None
        assert triggers(answer) == {"announce": "50 entries added to the conversation."}

    @pytest.mark.parametrize("query", ["?before=bogus", "?before=", "?after=1", "?message=x", "?before=999999999-9"])
    def test_an_address_that_names_nothing_shows_the_end(
        self, browser_client: Client, session: AISession, query: str
    ) -> None:
        write(session, 60)
        assert shown(get(browser_client, session, query)) == numbers(11, 60)


class TestOneMessage:
    def test_that_the_end_shows_is_there(self, browser_client: Client, session: AISession) -> None:
        write(session, 100)
        assert shown(get(browser_client, session, "?message=60")) == numbers(51, 100)

    def test_that_lies_further_up_is_shown_with_what_surrounds_it(
        self, browser_client: Client, session: AISession
    ) -> None:
        write(session, 200)
        for number in (3, 30, 60, 150):
            suggest(session, number)
        page = get(browser_client, session, "?message=40")
        assert shown(page) == [*numbers(35, 60), "Fix 60", *numbers(61, 83)]
        assert link(page, "earlier")[0] == "Show 36 earlier entries"
        assert link(page, "later")[0] == "Show 50 of 118 later entries"
        assert by_id(page, "thread").get("data-shown", "").endswith("-200")

    def test_that_does_not_exist_shows_the_end(self, browser_client: Client, session: AISession) -> None:
        write(session, 60)
        assert shown(get(browser_client, session, "?message=61")) == numbers(11, 60)


def test_a_message_older_than_the_one_before_it_is_lost_on_no_page(browser_client: Client, session: AISession) -> None:
    write(session, 100)
    Message.objects.filter(sequence=51).update(created_at=NOON)
    Message.objects.filter(sequence=50).update(created_at=NOON + timedelta(days=1))
    first = get(browser_client, session)
    assert shown(first) == numbers(51, 100)
    assert shown(get(browser_client, session, link(first, "earlier")[1])) == numbers(1, 50)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", ["", "?before=60-0", "?after=60-0", "?message=60"])
def test_two_thousand_messages_cost_as_much_as_half_of_them(
    browser_client: Client, session: AISession, query: str
) -> None:
    costs = []
    for count, first in ((1_100, 1), (900, 1_101)):
        write(session, count, first)
        with CaptureQueriesContext(connection) as queries:
            answer = browser_client.get(f"/sessions/{session.pk}/{query}")
        costs.append((len(queries), len(shown(read(answer))), len(answer.content)))
    assert costs[0][:2] == costs[1][:2]
    assert abs(costs[0][2] - costs[1][2]) < 1_000


class TestAroundAnEntry:
    """The part that `?entry=` names, by the state version of another app's entry."""

    def test_an_entry_far_up_is_reached(self, browser_client: Client, session: AISession) -> None:
        write(session, 200)
        suggest(session, after=20)
        version = session.fix_events.get().state_version
        page = get(browser_client, session, f"?entry={version}")
        assert shown(page) == [*numbers(16, 20), "Fix 20", *numbers(21, 64)]
        assert has(page, f"event-{version}-0")
        assert link(page, "earlier") == ("Show 15 earlier entries", "?before=15-0")

    def test_an_entry_before_every_message_is_reached(self, browser_client: Client, session: AISession) -> None:
        write(session, 100)
        suggest(session, after=-5)
        page = get(browser_client, session, f"?entry={session.fix_events.get().state_version}")
        assert shown(page) == ["Fix -5", *numbers(1, 49)]

    @pytest.mark.parametrize("query", ["?entry=99", "?entry=x", "?entry="])
    def test_an_unknown_one_shows_the_end(self, browser_client: Client, session: AISession, query: str) -> None:
        write(session, 100)
        suggest(session, after=10)
        assert shown(get(browser_client, session, query)) == numbers(51, 100)

    def test_one_at_the_end_shows_the_end(self, browser_client: Client, session: AISession) -> None:
        write(session, 60)
        suggest(session, after=59)
        page = get(browser_client, session, f"?entry={session.fix_events.get().state_version}")
        assert shown(page) == [*numbers(12, 59), "Fix 59", "60"]
