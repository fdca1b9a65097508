import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory

SOUND = {"name": "Nightly sync", "lifetime": "90"}


def client_of(user: User) -> Client:
    client = Client()
    let_in(client, user)
    return client


def make(client: Client, **fields: str) -> Any:
    return client.post("/tokens/", {**SOUND, **fields})


def revoke(client: Client, token: ApiToken) -> int:
    return client.post(f"/tokens/{token.pk}/revoke/").status_code


def works(secret: str) -> bool:
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/ai-sessions").status_code == 200


def test_the_secret_is_shown_once_and_works_until_revoked(browser_client: Client, engineer: User) -> None:
    answer = make(browser_client)
    found = re.search(r'value="(rf_[\w-]+)"', answer.content.decode())
    assert found
    assert (answer.status_code, "no-store" in answer["Cache-Control"], works(found[1])) == (201, True, True)
    page = browser_client.get("/tokens/").content.decode()
    assert (found[1] in page, found[1][:9] in page, "Nightly sync" in page) == (False, True, True)
    token = ApiToken.objects.get()
    assert token.expires_at
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)
    assert (revoke(browser_client, token), works(found[1])) == (303, False)
    assert "No tokens yet." in browser_client.get("/tokens/").content.decode()


def test_one_may_never_expire(browser_client: Client) -> None:
    make(browser_client, lifetime="never", read_only="on")
    assert ApiToken.objects.values_list("expires_at", "read_only").get() == (None, True)


@pytest.mark.parametrize("sent", [{}, {"read_only": ""}])
def test_a_viewers_tokens_only_read(engineer: User, sent: dict[str, str]) -> None:
    make(client_of(UserFactory(account=engineer.account, role=Role.VIEWER)), **sent)
    assert ApiToken.objects.get().read_only


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 101}, "Too long: 101 characters (limit 100)."),
        ({"lifetime": "36500"}, "Choose when it expires."),
        ({"lifetime": ""}, "Choose when it expires."),
        ({"name": "Weekly"}, "You already have a token with this name."),
    ],
)
def test_refusals_stand_beside_their_field(
    browser_client: Client, engineer: User, changes: dict[str, str], said: str
) -> None:
    ApiToken.objects.issue(engineer, "Weekly")
    answer = make(browser_client, **changes)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert ApiToken.objects.count() == 1


def test_admins_see_and_revoke_those_of_the_account_others_their_own(engineer: User) -> None:
    admin = client_of(UserFactory(account=engineer.account, role=Role.ADMIN))
    colleague = client_of(UserFactory(account=engineer.account))
    mine, _ = ApiToken.objects.issue(engineer, "Mine")
    theirs, _ = ApiToken.objects.issue(UserFactory(), "Theirs")
    assert ["Mine" in client.get("/tokens/").content.decode() for client in (admin, colleague)] == [True, False]
    assert "Theirs" not in admin.get("/tokens/").content.decode()
    assert [revoke(client, token) for client in (admin, colleague) for token in (theirs,)] == [404, 404]
    assert (revoke(colleague, mine), revoke(admin, mine)) == (404, 303)
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
