"""How often a token can call: counted exactly, by all processes together, refused calls included."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from accounts.models import ApiToken, User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests.acting import MINUTE, NOON, assert_nothing_written
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.api import NOBODY, assert_refused, call, client_of, fix_path
from tests.concurrency import run_in_thread

SESSIONS = "/ai-sessions"
MOST = 5


@pytest.fixture(autouse=True)
def limit(settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = MOST


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session)


def used_up(client: Client) -> None:
    for _ in range(MOST):
        assert call(client, "GET", SESSIONS).status_code == 200


def test_answers_say_how_many_calls_are_left(api: Client, clock: Any) -> None:
    for left in range(MOST - 1, -1, -1):
        answer = call(api, "GET", SESSIONS)
        assert answer["RateLimit-Policy"] == '"default";q=5;w=60'
        assert answer["RateLimit"] == f'"default";r={left};t=60'


def test_one_too_many_is_429_and_says_when_to_come_back(api: Client, clock: Any) -> None:
    used_up(api)
    clock.move_to(NOON + timedelta(seconds=48.5))
    with assert_nothing_written():
        answer = call(api, "POST", SESSIONS, {"title": "VPN"})
    assert "5 calls" in assert_refused(answer, 429, "throttled")["detail"]
    assert (answer["Retry-After"], answer["RateLimit"]) == ("12", '"default";r=0;t=12')
    clock.move_to(NOON + MINUTE)
    answer = call(api, "POST", SESSIONS, {"title": "VPN"})
    assert (answer.status_code, answer["RateLimit"]) == (201, '"default";r=4;t=60')


def test_refused_calls_count_too(api: Client, fix: SuggestedFix, clock: Any) -> None:
    for path, method, body, status in (
        ("/nowhere", "GET", None, 404),
        (f"{SESSIONS}/{NOBODY}", "GET", None, 404),
        (SESSIONS, "POST", b"{", 400),
        (SESSIONS, "DELETE", None, 405),
        (fix_path(fix, "reopen"), "POST", {}, 409),
    ):
        answer = call(api, method, path, body)
        assert answer.status_code == status
        assert "RateLimit" in answer
    assert_refused(call(api, "GET", SESSIONS), 429, "throttled")


def test_429_outranks_404_403_and_400(engineer: User, fix: SuggestedFix, clock: Any) -> None:
    client = client_of(UserFactory.create(account=engineer.account, role="viewer"))
    used_up(client)
    for path in ("/nowhere", f"{SESSIONS}/{NOBODY}", fix_path(fix, "outcome")):
        assert_refused(call(client, "PATCH", path, b"{"), 429, "throttled")
    assert_refused(
        call(Client(headers={"Authorization": "Bearer rf_x"}), "GET", SESSIONS), 401, "authentication_failed"
    )


def test_each_token_has_its_own_count_and_the_browser_another(
    engineer: User, browser_client: Client, clock: Any
) -> None:
    used_up(client_of(engineer))
    used_up(client_of(engineer))
    used_up(browser_client)
    assert_refused(call(browser_client, "GET", SESSIONS), 429, "throttled")
    assert browser_client.get("/sessions/").status_code == 200


def test_whoever_isnt_known_and_the_schema_are_not_counted(db: None) -> None:
    for path in (SESSIONS, "/schema"):
        assert "RateLimit" not in call(Client(), "GET", path)


def test_without_a_limit_nothing_is_counted(engineer: User, settings: Settings, clock: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 0
    client = client_of(engineer)
    used_up(client)
    assert "RateLimit" not in call(client, "GET", SESSIONS)
    assert ApiToken.objects.get().last_used_at == NOON


def test_a_tokens_use_is_noted_once_a_minute(engineer: User, clock: Any) -> None:
    client = client_of(engineer)
    noted = []
    for seconds in (0, 59, 60):
        clock.move_to(NOON + timedelta(seconds=seconds))
        call(client, "GET", SESSIONS)
        noted.append(ApiToken.objects.get().last_used_at)
    assert noted == [NOON, NOON, NOON + MINUTE]


@pytest.mark.django_db(transaction=True)
def test_of_calls_at_once_exactly_so_many_are_answered(engineer: User) -> None:
    _, secret = ApiToken.objects.issue(engineer, "tests")

    def ask() -> list[int]:
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        return [call(client, "GET", SESSIONS).status_code for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(run_in_thread, ask) for _ in range(4)]
        statuses = [status for future in futures for status in future.result()]
    assert sorted(statuses) == [200] * MOST + [429] * (16 - MOST)
