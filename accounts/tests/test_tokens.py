from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from tests.api import assert_refused, call, client_of

PATH = "/ai-sessions"


def with_header(header: str) -> Any:
    return call(Client(), "GET", PATH, headers={"Authorization": header})


def create_token(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("create_token", *arguments)
    return capsys.readouterr().out.split()[-1]


def test_the_command_prints_a_token_as_its_last_word_that_works(
    engineer: User, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = create_token(capsys, "MAYA@example.com", "--name", "nightly sync")
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.read_only) == (engineer, "nightly sync", False)
    assert secret.startswith("rf_")
    assert secret not in {token.digest, token.prefix}
    assert with_header(f"Bearer {secret}").status_code == 200


def test_the_command_makes_read_only_tokens(engineer: User, capsys: pytest.CaptureFixture[str]) -> None:
    create_token(capsys, engineer.email, "--name", "report", "--read-only")
    assert ApiToken.objects.get().read_only


@pytest.mark.parametrize(
    ("email", "name", "said"),
    [
        ("nobody@example.com", "sync", "Nobody signs in as nobody@example.com"),
        ("gone@example.com", "sync", "is deactivated"),
        ("root@example.com", "sync", "has no account"),
        ("maya@example.com", " ", "Give the token a name"),
        ("maya@example.com", "x" * 101, "--name: Too long: 101 characters"),
    ],
)
def test_the_command_says_why_it_makes_none(engineer: User, email: str, name: str, said: str) -> None:
    UserFactory.create(email="gone@example.com", is_active=False)
    User.objects.create_superuser("root@example.com")
    with pytest.raises(CommandError, match=said):
        call_command("create_token", email, "--name", name)
    assert not ApiToken.objects.exists()


def test_without_a_token_the_answer_is_401_and_says_how(db: None) -> None:
    answer = call(Client(), "GET", PATH)
    assert_refused(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="ResolutionFlow"'


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer a b", "bearer  rf_x", "Bearer rf_nonsense", "Bearer é"]
)
def test_a_malformed_or_unknown_token_is_401(db: None, header: str) -> None:
    answer = with_header(header)
    assert_refused(answer, 401, "authentication_failed")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_another_scheme_is_401(db: None) -> None:
    assert_refused(with_header("Basic bWF5YTpzZWNyZXQ="), 401, "not_authenticated")


@pytest.mark.parametrize("fields", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_a_revoked_or_expired_token_is_401(engineer: User, fields: dict[str, Any]) -> None:
    assert_refused(call(client_of(engineer, **fields), "GET", PATH), 401, "authentication_failed")


def test_a_token_of_somebody_who_left_is_401(engineer: User) -> None:
    client = client_of(engineer)
    User.objects.update(is_active=False)
    assert_refused(call(client, "GET", PATH), 401, "authentication_failed")


def test_the_last_use_is_noted_once_a_minute(engineer: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client = client_of(engineer)
        uses = []
        for seconds in (0, 59, 1):
            clock.shift(timedelta(seconds=seconds))
            call(client, "GET", PATH)
            uses.append(ApiToken.objects.get().last_used_at)
    assert uses == [start, start, start + timedelta(minutes=1)]


def test_a_read_only_token_reads_and_writes_nothing(engineer: User) -> None:
    client = client_of(engineer, read_only=True)
    assert call(client, "GET", PATH).status_code == 200
    assert (
        "read-only" in assert_refused(call(client, "POST", PATH, {"title": "VPN"}), 403, "permission_denied")["detail"]
    )


def test_a_viewer_reads_and_writes_nothing(db: None) -> None:
    client = client_of(UserFactory.create(role="viewer"))
    assert call(client, "GET", PATH).status_code == 200
    assert "viewer" in assert_refused(call(client, "POST", PATH, {"title": "VPN"}), 403, "permission_denied")["detail"]


def test_a_superuser_is_told_that_the_api_is_for_accounts(db: None) -> None:
    client = client_of(User.objects.create_superuser("root@example.com"))
    assert "no account" in assert_refused(call(client, "GET", PATH), 403, "permission_denied")["detail"]


def test_the_browser_session_signs_in_too_but_writes_only_with_its_csrf_token(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    let_in(client, engineer)
    assert call(client, "GET", PATH).status_code == 200
    assert_refused(call(client, "POST", PATH, {"title": "VPN"}), 403, "permission_denied")
    client.cookies["csrftoken"] = "x" * 32
    assert call(client, "POST", PATH, {"title": "VPN"}, headers={"X-CSRFToken": "x" * 32}).status_code == 201
