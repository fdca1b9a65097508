"""A cursor that wasn't answered by this very list is refused, and never a crash."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.api import assert_refused, call, client_of, fix_path

ANY_TEXT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def lists(session: AISession) -> list[str]:
    """Every list of the API, with and without a filter, two rows or more in each."""
    home = f"/ai-sessions/{session.pk}"
    for each in (session, SessionFactory.create(owner=session.owner)):
        acts.post(each.pk, Author.ENGINEER, "Outlook asks again.", user=session.owner)
        acts.post(each.pk, Author.ENGINEER, "And again.", user=session.owner)
        fix = make_fix(each, Status.PENDING)
        make_fix(each, Status.PENDING)
    return [
        "/ai-sessions?",
        "/ai-sessions?status=active&",
        "/ai-sessions?q=outlook&",
        f"{home}/messages?",
        f"{home}/suggested-fixes?",
        "/pending-fixes?",
        f"{fix_path(fix, 'events')}?",
    ]


def answered(client: Client, path: str, cursor: str | None = None) -> Any:
    return call(client, "GET", path + urlencode({"limit": 1, **({"cursor": cursor} if cursor else {})}))


def cursors(client: Client, lists: list[str]) -> dict[str, str]:
    """List → where its next page begins."""
    following = {path: urlsplit(answered(client, path).json()["next"]) for path in lists}
    return {path: parse_qs(url.query)["cursor"][0] for path, url in following.items()}


def test_of_one_list_is_refused_by_every_other(api: Client, lists: list[str]) -> None:
    found = cursors(api, lists)
    for path in lists:
        for origin, cursor in found.items():
            answer = answered(api, path, cursor)
            if origin == path:
                assert answer.status_code == 200
            else:
                assert_refused(answer, 400, "invalid_input", "cursor")


def test_of_one_account_is_refused_in_another(api: Client, lists: list[str]) -> None:
    stranger = client_of(UserFactory.create())
    for path, cursor in cursors(api, ["/ai-sessions?", "/pending-fixes?"]).items():
        assert_refused(answered(stranger, path, cursor), 400, "invalid_input", "cursor")


def test_that_is_any_text_is_refused(api: Client, lists: list[str]) -> None:
    @ANY_TEXT
    @given(path=st.sampled_from(lists), cursor=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    def ask(path: str, cursor: str) -> None:
        assert_refused(answered(api, path, cursor), 400, "invalid_input", "cursor")

    ask()


def test_with_any_character_changed_is_refused(api: Client, lists: list[str]) -> None:
    found = cursors(api, lists)

    @ANY_TEXT
    @given(path=st.sampled_from(lists), at=st.floats(0, 1, exclude_max=True), instead=st.text(max_size=2))
    def ask(path: str, at: float, instead: str) -> None:
        cursor = found[path]
        place = int(at * len(cursor))
        changed = cursor[:place] + instead.encode(errors="replace").decode() + cursor[place + 1 :]
        if changed != cursor:
            assert_refused(answered(api, path, changed), 400, "invalid_input", "cursor")

    ask()
