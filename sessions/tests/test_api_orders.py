"""What each order of the list of sessions promises to a script that reads it page by page."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.models import User
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.api import assert_refused, call

TITLES = ["One", "Two", "Three", "Four", "Five"]


@pytest.fixture(autouse=True)
def sessions(engineer: User) -> list[AISession]:
    return [SessionFactory.create(owner=engineer, title=title) for title in TITLES]


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def walk_while_one_changes(api: Client, path: str, changed: AISession) -> list[str]:
    """The titles on all pages; `changed` gets a message after the first page."""
    answer = call(api, "GET", path)
    read = titles(answer)
    call(api, "POST", f"/ai-sessions/{changed.pk}/messages", {"content": "Any news?"})
    while url := answer.json()["next"]:
        answer = api.get(url)
        read += titles(answer)
    return read


def test_by_creation_every_session_comes_once_whatever_changes_meanwhile(
    api: Client, sessions: list[AISession]
) -> None:
    assert walk_while_one_changes(api, "/ai-sessions?order=created&limit=2", sessions[3]) == TITLES


def test_by_creation_a_new_session_comes_last(api: Client, engineer: User) -> None:
    first = call(api, "GET", "/ai-sessions?order=created&limit=4")
    SessionFactory.create(owner=engineer, title="Six")
    assert titles(api.get(first.json()["next"])) == ["Five", "Six"]


@pytest.mark.parametrize("query", ["limit=2", "order=-updated&limit=2"])
def test_by_last_change_one_that_changes_moves_out_of_the_way(
    api: Client, sessions: list[AISession], query: str
) -> None:
    read = walk_while_one_changes(api, f"/ai-sessions?{query}", sessions[1])
    assert read == ["Five", "Four", "Three", "One"]


def test_orders_go_with_filters_and_back(api: Client, sessions: list[AISession]) -> None:
    AISession.objects.filter(pk=sessions[2].pk).update(status="paused")
    first = call(api, "GET", "/ai-sessions?order=created&status=active&limit=2")
    second = api.get(first.json()["next"])
    assert titles(first) + titles(second) == ["One", "Two", "Four", "Five"]
    assert titles(api.get(second.json()["previous"])) == ["One", "Two"]


def test_a_cursor_belongs_to_its_order(api: Client) -> None:
    query = urlsplit(call(api, "GET", "/ai-sessions?order=created&limit=2").json()["next"]).query
    other = query.replace("order=created", "order=-updated")
    assert_refused(call(api, "GET", f"/ai-sessions?{other}"), 400, "invalid_input", "cursor")


@pytest.mark.parametrize("order", ["", "updated", "-created", "title", "%00"])
def test_another_order_is_refused_with_those_that_exist(api: Client, order: str) -> None:
    answer = call(api, "GET", f"/ai-sessions?order={order}")
    assert "-updated, created" in assert_refused(answer, 400, "invalid_input", "order")["errors"]["order"][0]


@pytest.mark.parametrize("q", ["!!!", "%20", "%E2%80%8B", "%C2%B7", "%F0%9F%98%80"])
def test_a_search_without_a_word_finds_nothing(api: Client, q: str) -> None:
    assert titles(call(api, "GET", f"/ai-sessions?q={q}")) == []
