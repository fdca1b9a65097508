"""How tests use the admin: signed in as an account's admin or as a superuser, over HTTP."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import Account, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import PASSWORD, UserFactory
from fixes.lifecycle.suggestions import FIELDS
from fixes.models import SuggestedFix
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

LIST = "/admin/fixes/suggestedfix/"


def admin_of(account: Account | None = None, **fields: Any) -> User:
    """Somebody with the role admin; of a new account if none is given."""
    whose = {} if account is None else {"account": account}
    return UserFactory.create(role=Role.ADMIN, is_staff=True, **whose, **fields)


def superuser() -> User:
    return User.objects.create_superuser("root@example.com", PASSWORD, display_name="Root")


def signed_in(user: User) -> Client:
    client = Client()
    let_in(client, user)
    return client


def session_of(user: User, **fields: Any) -> AISession:
    return SessionFactory.create(owner=user, **fields)


def url(fix: SuggestedFix, act: str = "change") -> str:
    return reverse(f"admin:fixes_suggestedfix_{act}", args=[fix.pk])


def words_of(fix: SuggestedFix) -> dict[str, Any]:
    """What the form of the words sends when nothing is touched: line ends as browsers send them."""
    words = {column: getattr(fix, column) for column in FIELDS}
    sent = {column: "" if value is None else value for column, value in words.items()}
    return {column: value.replace("\n", "\r\n") if isinstance(value, str) else value for column, value in sent.items()}


def edit(client: Client, fix: SuggestedFix, **words: Any) -> Any:
    return client.post(url(fix), {"version": fix.version, **words_of(fix), **words})


def act(client: Client, fix: SuggestedFix, name: str, **fields: Any) -> Any:
    return client.post(url(fix, name), {"version": fix.version, **fields})


def run_action(
    client: Client, action: str, *fixes: SuggestedFix, follow: bool = True, fresh: bool = True, **fields: str
) -> Any:
    """Run an action of the list on these as they are, or (not `fresh`) as they were when the test made them.

    `fields`: what the page between the list and the act sends, too.
    """
    now = SuggestedFix.objects.in_bulk([fix.pk for fix in fixes]) if fresh else {fix.pk: fix for fix in fixes}
    data = {
        "action": action,
        "_selected_action": [str(fix.pk) for fix in fixes],
        "version": [f"{fix.pk}:{fix.version}" for fix in now.values()],
        "index": "0",
        **fields,
    }
    return client.post(LIST, data, follow=follow)
