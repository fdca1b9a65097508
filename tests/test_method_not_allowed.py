"""A form's own address, typed or bookmarked, says so in words and leads to a page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.tests.clients import let_in
from sessions.models import AISession
from tests.addresses import addresses, path_of, some_rows
from tests.markup import find, read, text

pytestmark = pytest.mark.django_db

ROUTES = [route for route in addresses(get_resolver().url_patterns) if not route.startswith(("/api/", "/healthz"))]


@pytest.fixture
def rows(session: AISession) -> dict[str, Any]:
    return some_rows(session)


@pytest.fixture
def desk(rows: dict[str, Any]) -> Client:
    client = Client()
    let_in(client, rows["admin"])
    return client


def test_every_address_that_only_takes_a_form_leads_to_a_page(desk: Client, rows: dict[str, Any]) -> None:
    met, wrong = [], []
    for route in ROUTES:
        path = path_of(route, rows)
        answer = desk.get(path)
        if answer.status_code != 405:
            continue
        met.append(route)
        page = read(answer)
        leads = find(page, ".//div[@class='buttons']/a").get("href", "")
        if "There is no page at this address" not in text(page) or desk.get(leads, follow=True).status_code != 200:
            wrong.append((path, leads))
        assert "POST" in answer["Allow"]
    assert wrong == []
    assert len(met) >= 15


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/sign-out/", "/"),
        ("/devices/sign-out/", "/devices/"),
        ("/pending/record", "/pending/"),
        ("/sessions/{sid}/status/undo/", "/sessions/{sid}/"),
        ("/sessions/{sid}/messages/", "/sessions/{sid}/"),
        ("/sessions/{sid}/fixes/{fid}/apply", "/sessions/{sid}/"),
    ],
)
def test_it_is_the_page_that_the_form_is_on(desk: Client, rows: dict[str, Any], path: str, leads_to: str) -> None:
    page = read(desk.get(path.format(**rows)))
    assert find(page, ".//div[@class='buttons']/a").get("href") == leads_to.format(**rows)


def test_another_method_is_refused_in_words_too(desk: Client) -> None:
    answer = desk.delete("/sessions/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "That can’t be done at this address" in answer.content.decode()
