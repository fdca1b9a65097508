"""Every address of the API, by every kind of caller who may not do everything."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.acting import assert_nothing_written
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot.tests.answers import ask
from sessions import facts
from sessions.models import AISession
from sessions.notices import notify
from tests.api import NOBODY, assert_refused, call, client_of
from tickets.tests.texts import handed_over, posted

PREFIX = "api/v1/"
OPEN = {"/schema", "/docs"}


def patterns(found: list[URLPattern | URLResolver], above: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in found:
        route = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, route)
        elif route.startswith(PREFIX) and route != PREFIX:
            yield "/" + route.removeprefix(PREFIX), each


def operations() -> list[tuple[str, str]]:
    """Every method and path of the API that the URL configuration has."""
    routes = ((route, each.callback.view_class) for route, each in patterns(get_resolver().url_patterns))  # type: ignore[attr-defined]
    every = product(routes, ("GET", "POST", "PUT", "PATCH", "DELETE"))
    return [(method, route) for (route, view), method in every if hasattr(view, method.lower()) and route not in OPEN]


READS = [route for method, route in operations() if method == "GET"]
WRITES = [(method, route) for method, route in operations() if method != "GET"]


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return fix_among_others(session)


def fix_among_others(session: AISession) -> SuggestedFix:
    """Return a fix of a session that has a row of every other kind, too."""
    facts.add(session.pk, "It hums.", "question", user=None, sessions=AISession.objects.all())
    ask(session)
    posted(session)
    handed_over(session, state="taken_back", ended_at=timezone.now())
    notify(session.owner, "check_due", session)
    return make_fix(session, Status.PENDING)


def at(route: str, fix: SuggestedFix) -> str:
    """Fill a route with the ids of a session, its fix, its fact and its answer; where it has none, with nobody's."""
    session = fix.session
    ids = {
        "sid": session.pk,
        "fid": fix.pk,
        "fact": _id_of(session.facts),
        "aid": _id_of(session.answers),
        "tid": _id_of(session.texts),
        "hid": _id_of(session.handoffs),
        "nid": _id_of(session.notices),
    }
    return re.sub(r"<row:(\w+)>", lambda part: str(ids[part[1]]), route)


def _id_of(rows: QuerySet[Any]) -> Any:
    return rows.values_list("pk", flat=True).first() or NOBODY


def test_the_walk_meets_every_operation() -> None:
    assert (len(READS), len(WRITES)) == (14, 29)


@pytest.mark.parametrize(("method", "route"), operations())
class TestEveryOperation:
    def test_is_401_for_whoever_isnt_signed_in(self, fix: SuggestedFix, method: str, route: str) -> None:
        with assert_nothing_written():
            assert_refused(call(Client(), method, at(route, fix), {}), 401, "not_authenticated")

    def test_is_403_for_a_superuser_who_has_no_account(self, fix: SuggestedFix, method: str, route: str) -> None:
        client = client_of(User.objects.create_superuser("root@example.com"))
        with assert_nothing_written():
            assert_refused(call(client, method, at(route, fix), {}), 403, "permission_denied")

    def test_shows_nothing_to_an_engineer_of_another_account(self, fix: SuggestedFix, method: str, route: str) -> None:
        client = client_of(UserFactory.create())
        if "<row:" in route:
            with assert_nothing_written():
                assert_refused(call(client, method, at(route, fix), {}), 404, "not_found")
        elif method == "GET":
            assert call(client, method, route).json()["results"] == []


@pytest.mark.parametrize("route", READS)
def test_viewers_and_read_only_tokens_read_everything(fix: SuggestedFix, engineer: User, route: str) -> None:
    viewer = UserFactory.create(account=engineer.account, role="viewer")
    for client in (client_of(viewer), client_of(engineer, read_only=True)):
        assert call(client, "GET", at(route, fix)).status_code == 200


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_viewers_and_read_only_tokens_write_nothing(fix: SuggestedFix, engineer: User, method: str, route: str) -> None:
    viewer = UserFactory.create(account=engineer.account, role="viewer")
    refused = (403, "permission_denied")
    of_viewer = (404, "not_found") if "<row:nid>" in route else refused  # notices are the engineer's own
    for client, expected in ((client_of(viewer), of_viewer), (client_of(engineer, read_only=True), refused)):
        with assert_nothing_written():
            assert_refused(call(client, method, at(route, fix), {"outcome": "applied_success"}), *expected)


@pytest.mark.parametrize("path", sorted(OPEN))
def test_schema_and_docs_are_open_to_everybody(engineer: User, path: str) -> None:
    for client in (Client(), client_of(engineer), Client(headers={"Authorization": "Bearer rf_nonsense"})):
        assert client.get(f"/api/v1{path}").status_code == 200
