"""One search wherever one can search: session list, board, admin and API."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import call, client_of
from tests.markup import find, read, text

SPELLINGS = {
    "as it is written": "Müller’s プリンター",
    "in capitals, with a straight apostrophe": "MÜLLER'S",
    "decomposed, its beginning": "mu\u0308l",
    "with what nobody sees": "mül\u00adler\u200b",
    "in half-width letters": "ﾌﾟﾘﾝﾀｰ",
    "in its middle": "リンタ",
}


@pytest.fixture
def person(db: None) -> User:
    return UserFactory.create(role=Role.ADMIN)


@pytest.fixture
def ticket(person: User) -> AISession:
    waiting = SessionFactory.create(owner=person, title="x", client_name="Müller’s プリンター")
    make_fix(waiting, Status.PENDING, title="Reseat it")
    make_fix(SessionFactory.create(owner=person, title="x", client_name="Contoso"), Status.PENDING, title="Reboot")
    return waiting


@pytest.fixture
def browser(person: User) -> Client:
    client = Client()
    let_in(client, person)
    return client


def rows(path: str, parameter: str, **query: str) -> Callable[[Client, str], int]:
    def count(client: Client, typed: str) -> int:
        page = read(client.get(path, {**query, parameter: typed}))
        return sum("row-title" in (link.get("class") or "") for link in page.iter("a"))

    return count


def admin_rows(path: str) -> Callable[[Client, str], int]:
    return lambda client, typed: client.get(path, {"q": typed}).context["cl"].result_count


EDGES: dict[str, Callable[[Client, str], int]] = {
    "session list": rows("/sessions/", "q", status="all"),
    "board": rows("/pending/", "client"),
    "admin, sessions": admin_rows("/admin/ai_sessions/aisession/"),
    "admin, fixes": admin_rows("/admin/fixes/suggestedfix/"),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("typed", SPELLINGS.values(), ids=SPELLINGS)
def test_every_list_finds_every_spelling(browser: Client, ticket: AISession, edge: str, typed: str) -> None:
    assert EDGES[edge](browser, typed) == 1


@pytest.mark.parametrize("typed", SPELLINGS.values(), ids=SPELLINGS)
def test_the_api_finds_every_spelling(person: User, ticket: AISession, typed: str) -> None:
    answer = Client.get(client_of(person), "/api/v1/ai-sessions", {"q": typed})
    assert [row["id"] for row in answer.json()["results"]] == [str(ticket.pk)]


@pytest.mark.parametrize("edge", EDGES)
def test_what_shows_nothing_is_no_search(browser: Client, ticket: AISession, edge: str) -> None:
    assert EDGES[edge](browser, "\u200b \u3164") == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/sessions/?status=all&q=!%3F", "There is no word in “!?”. Search for letters or digits."),
        ("/pending/?client=!%3F", "“!?” has no word to search for: use letters or digits."),
        ("/admin/ai_sessions/aisession/?q=!%3F", "There is no word in “!?”. Search for letters or digits."),
        ("/admin/fixes/suggestedfix/?q=!%3F", "There is no word in “!?”. Search for letters or digits."),
    ],
)
def test_without_a_word_nothing_is_found_and_the_page_says_so(
    browser: Client, ticket: AISession, path: str, said: str
) -> None:
    page = read(browser.get(path))
    assert said in text(find(page, ".//body"))
    assert "x" not in [text(link) for link in page.iter("a")]


def test_without_a_word_the_api_finds_nothing(person: User, ticket: AISession) -> None:
    assert call(client_of(person), "GET", "/ai-sessions?q=!%3F").json()["results"] == []
