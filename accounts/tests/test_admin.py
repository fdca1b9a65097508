"""Accounts, people and tokens in the admin: who may change what of them, and what nobody gets to see."""

from typing import Any

import pytest
from django.contrib import admin as site
from django.test import Client
from django.utils import timezone

from accounts.invitations import invite
from accounts.models import Account, ApiToken, Device, Invitation, Role, User
from accounts.tests.factories import AccountFactory, UserFactory
from fixes.models import ScriptTemplate
from fixes.tests.admin_pages import admin_of, signed_in, superuser

PEOPLE = "/admin/accounts/user/"
ACCOUNTS = "/admin/accounts/account/"
TOKENS = "/admin/accounts/apitoken/"
TEMPLATES = "/admin/fixes/scripttemplate/"


@pytest.fixture
def admin(db: None) -> User:
    return admin_of(display_name="Nora", email="nora@example.com")


@pytest.fixture
def client(admin: User) -> Client:
    return signed_in(admin)


@pytest.fixture
def root(db: None) -> Client:
    return signed_in(superuser())


def person(user: User, **fields: Any) -> dict[str, Any]:
    """What the form of a person sends."""
    sent = {"display_name": user.display_name, "role": user.role, "time_zone": "", "keyboard_shortcuts": "on"}
    return {name: value for name, value in {**sent, "is_active": "on", **fields}.items() if value is not None}


def save(client: Client, user: User, **fields: Any) -> Any:
    return client.post(f"{PEOPLE}{user.pk}/change/", person(user, **fields))


def test_roles_and_names_are_changed(client: Client, admin: User) -> None:
    user = UserFactory.create(account=admin.account)
    assert save(client, user, display_name="Samira", role="admin").status_code == 302
    user.refresh_from_db()
    assert (user.display_name, user.role, user.is_staff) == ("Samira", "admin", True)
    save(client, user, role="viewer")
    user.refresh_from_db()
    assert (user.role, user.is_staff) == ("viewer", False)


def test_names_are_one_line_in_reading_order(client: Client, admin: User) -> None:
    assert save(client, admin, display_name="No\u202era").status_code == 200
    assert save(client, admin, display_name="Nora\r\nWilk").status_code == 302
    admin.refresh_from_db()
    assert admin.display_name == "Nora Wilk"


def test_the_deactivated_are_signed_out(client: Client, admin: User) -> None:
    user = UserFactory.create(account=admin.account, role=Role.ADMIN)
    theirs = signed_in(user)
    assert theirs.get("/sessions/").status_code == 200
    invite(user.account, user, email="back@x.example", display_name="Back", role=Role.ADMIN)
    save(client, user, is_active=None)
    user.refresh_from_db()
    assert (user.is_active, Device.objects.filter(user=user).count()) == (False, 0)
    assert not Invitation.objects.pending(user.account).exists()
    assert theirs.get("/sessions/").status_code == 302


@pytest.mark.parametrize("fields", [{"role": "engineer"}, {"is_active": None}])
def test_the_last_admin_stays(client: Client, admin: User, fields: dict[str, Any]) -> None:
    answer = save(client, admin, **fields)
    assert answer.status_code == 200
    assert "Nora is the only admin who can sign in here." in answer.content.decode()
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)
    admin_of(admin.account)
    assert save(client, admin, **fields).status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {"is_superuser": "on"},
        {"is_staff": "on"},
        {"email": "other@example.com"},
        {"password": "x"},
        {"account": "OTHER"},
    ],
)
def test_what_an_accounts_admin_cannot_change(client: Client, admin: User, fields: dict[str, str]) -> None:
    user = UserFactory.create(account=admin.account)
    other = str(AccountFactory.create().pk)
    columns = ("is_superuser", "is_staff", "email", "password", "account_id")
    before = User.objects.values(*columns).get(pk=user.pk)
    save(client, user, **{name: value.replace("OTHER", other) for name, value in fields.items()})
    assert User.objects.values(*columns).get(pk=user.pk) == before


def test_only_superusers_add_accounts_and_people(client: Client, root: Client) -> None:
    for path in (ACCOUNTS, PEOPLE):
        assert client.get(f"{path}add/").status_code == client.post(f"{path}add/").status_code == 403
    fabrikam = {"name": "Fabrikam", "slug": "fabrikam", "time_zone": "UTC", "language": "en"}
    assert root.post(f"{ACCOUNTS}add/", fabrikam).status_code == 302
    account = Account.objects.get(slug="fabrikam")
    new = {"email": "ANN@example.com", "display_name": "Ann", "role": "admin", "account": account.pk, "is_active": "on"}
    assert root.post(f"{PEOPLE}add/", new).status_code == 302
    ann = User.objects.get(email="ann@example.com")
    assert (ann.account, ann.is_staff, ann.is_superuser, ann.has_usable_password()) == (account, True, False, False)


@pytest.mark.parametrize("account", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_nobody_is_added_without_an_account(root: Client, account: str) -> None:
    new = {"email": "ann@example.com", "display_name": "Ann", "role": "admin", "account": account}
    assert root.post(f"{PEOPLE}add/", new).status_code == 200
    assert not User.objects.filter(email="ann@example.com").exists()


def test_an_accounts_name_clock_and_language_are_its_admins(client: Client, admin: User) -> None:
    sent = {"name": "Northwind", "time_zone": "Europe/Berlin", "language": "de", "slug": "taken"}
    assert admin.account
    slug = admin.account.slug
    assert client.post(f"{ACCOUNTS}{admin.account_id}/change/", sent).status_code == 302
    account = Account.objects.get(pk=admin.account_id)
    stored = account.name, account.time_zone, account.language, account.slug
    assert stored == ("Northwind", "Europe/Berlin", "de", slug)
    answer = client.post(f"{ACCOUNTS}{admin.account_id}/change/", sent | {"time_zone": "Mars/Base", "language": "tlh"})
    assert "“Mars/Base” is not a time zone." in answer.content.decode()
    assert "tlh is not one of the available choices." in answer.content.decode()


def test_tokens_are_revoked_and_nothing_of_the_secret_is_shown(client: Client, admin: User) -> None:
    token, secret = ApiToken.objects.issue(UserFactory.create(account=admin.account), "nightly")
    shown = (client.get(TOKENS).content + client.get(f"{TOKENS}{token.pk}/change/").content).decode()
    assert token.prefix in shown
    assert secret not in shown
    assert token.digest not in shown
    client.post(TOKENS, {"action": "revoke", "_selected_action": [str(token.pk)], "index": "0"})
    assert ApiToken.objects.valid(secret, timezone.now()) is None
    token.refresh_from_db()
    assert token.revoked_at is not None
    for path in (f"{TOKENS}add/", f"{TOKENS}{token.pk}/change/"):
        assert client.post(path, {"name": "Other", "read_only": "on"}).status_code == 403


def test_no_page_has_a_digest_or_password(root: Client, admin: User) -> None:
    ApiToken.objects.issue(admin, "nightly")
    shown = (root.get(f"{PEOPLE}{admin.pk}/change/").content + root.get(TOKENS).content).decode()
    assert admin.password not in shown
    assert "digest" not in {field for model in site.site._registry.values() for field in (model.fields or ())}


def test_templates_are_the_accounts_own_and_shared_ones_only_read(client: Client, admin: User) -> None:
    shared = ScriptTemplate.objects.create(name="Shared one", body="x")
    assert "Shared one" in client.get(TEMPLATES).content.decode()
    assert client.get(f"{TEMPLATES}{shared.pk}/change/").status_code == 200
    words = {"name": "Mine", "body": "y", "parameters_schema": "{}", "account": ""}
    assert client.post(f"{TEMPLATES}{shared.pk}/change/", words).status_code == 403
    assert client.post(f"{TEMPLATES}add/", words).status_code == 302
    own = ScriptTemplate.objects.get(name="Mine")
    assert own.account == admin.account
    assert client.post(f"{TEMPLATES}{own.pk}/change/", words | {"retired": "on", "account": ""}).status_code == 302
    own.refresh_from_db()
    assert (own.retired, own.account) == (True, admin.account)


def test_superusers_keep_the_shared_library(root: Client) -> None:
    words = {"name": "For all", "body": "y", "parameters_schema": "{}", "account": ""}
    assert root.post(f"{TEMPLATES}add/", words).status_code == 302
    assert ScriptTemplate.objects.get(name="For all").account is None
    bad = words | {"parameters_schema": '"\\u0000"'}
    assert "Remove the invalid character" in root.post(f"{TEMPLATES}add/", bad).content.decode()
