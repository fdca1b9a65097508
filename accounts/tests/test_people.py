"""The people page, its rules, and who may use it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from accounts import people
from accounts.invitations import invite
from accounts.models import Account, ApiToken, Device, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import AccountFactory, UserFactory
from tests.concurrency import PATIENCE, await_lock_waiters


@pytest.fixture
def admin(engineer: User) -> User:
    return UserFactory(account=engineer.account, role=Role.ADMIN, display_name="Tom", email="tom@example.com")


@pytest.fixture
def desk(admin: User) -> Client:
    client = Client()
    let_in(client, admin)
    return client


def post(client: Client, person: User, act: str, **fields: str) -> Any:
    return client.post(f"/people/{person.pk}/{act}/", fields)


class TestRoles:
    @pytest.mark.parametrize("role", Role.values)
    def test_a_role_is_given_and_admins_alone_may_use_the_admin_site(
        self, desk: Client, engineer: User, role: str
    ) -> None:
        assert post(desk, engineer, "role", role=role)["Location"] == "/people/"
        engineer.refresh_from_db()
        assert (engineer.role, engineer.is_staff) == (role, role == "admin")

    def test_no_such_role_changes_nothing(self, desk: Client, engineer: User) -> None:
        assert post(desk, engineer, "role", role="owner").status_code == 422
        engineer.refresh_from_db()
        assert engineer.role == "engineer"

    def test_an_admin_who_steps_down_is_led_to_what_is_still_theirs(
        self, desk: Client, engineer: User, admin: User
    ) -> None:
        people.set_role(engineer, Role.ADMIN)
        assert post(desk, admin, "role", role="engineer")["Location"] == "/profile/"


class TestTheLastAdmin:
    @pytest.mark.parametrize(("act", "fields"), [("role", {"role": "engineer"}), ("deactivate", {})])
    def test_stays_and_is_told_why(self, desk: Client, admin: User, act: str, fields: dict[str, str]) -> None:
        UserFactory(account=admin.account, role=Role.ADMIN, is_active=False)
        UserFactory(role=Role.ADMIN)  # of another account
        answer = post(desk, admin, act, **fields)
        assert answer.status_code == 409
        assert "Tom is the only admin who can sign in here." in answer.content.decode()
        admin.refresh_from_db()
        assert (admin.role, admin.is_active) == ("admin", True)

    def test_may_be_given_the_role_again(self, desk: Client, admin: User) -> None:
        assert post(desk, admin, "role", role="admin").status_code == 303

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        "act", [lambda person: people.set_role(person, Role.VIEWER), people.deactivate], ids=["demote", "deactivate"]
    )
    def test_two_admins_at_the_same_moment_cant_both_go(self, act: Any) -> None:
        account = AccountFactory()
        admins = UserFactory.create_batch(2, account=account, role=Role.ADMIN)
        with ThreadPoolExecutor(2) as pool:
            with transaction.atomic():
                Account.objects.select_for_update().get(pk=account.pk)
                running = [pool.submit(outcome, act, admin) for admin in admins]
                await_lock_waiters(2)
            outcomes = [each.result(PATIENCE) for each in running]
        assert sorted(outcomes) == ["done", "refused"]
        assert User.objects.filter(account=account, role=Role.ADMIN, is_active=True).count() == 1


def outcome(act: Any, person: User) -> str:
    try:
        act(person)
    except people.LastAdmin:
        return "refused"
    finally:
        connections.close_all()
    return "done"


class TestDeactivating:
    def test_signs_out_and_stops_tokens_until_reactivated(self, desk: Client, engineer: User) -> None:
        elsewhere = Client()
        let_in(elsewhere, engineer)
        _, secret = ApiToken.objects.issue(engineer, "sync")
        script = Client(headers={"Authorization": f"Bearer {secret}"})

        post(desk, engineer, "deactivate")
        assert not Device.objects.filter(user=engineer).exists()
        assert elsewhere.get("/sessions/").status_code == 302
        assert script.get("/api/v1/ai-sessions").status_code == 401
        assert "Deactivated" in desk.get("/people/").content.decode()

        post(desk, engineer, "reactivate")
        assert elsewhere.get("/sessions/").status_code == 302
        assert script.get("/api/v1/ai-sessions").status_code == 200


@pytest.mark.parametrize(("act", "fields"), [("deactivate", {}), ("role", {"role": "engineer"})])
def test_whoever_is_no_admin_any_more_has_no_way_back_by_their_own_invitation(
    desk: Client, admin: User, act: str, fields: dict[str, str]
) -> None:
    former = UserFactory(account=admin.account, role=Role.ADMIN)
    links = [
        invite(admin.account, by, email=f"{by.pk}@x.example", display_name="X", role=Role.ADMIN)[1]
        for by in (former, admin)
    ]
    assert post(desk, former, act, **fields).status_code == 303
    assert [Client().get(f"/invitations/{link}/").status_code for link in links] == [410, 200]


class TestWhoMay:
    @pytest.mark.parametrize("role", ["viewer", "engineer"])
    def test_others_are_refused_in_words(self, admin: User, role: str) -> None:
        client = Client()
        let_in(client, UserFactory(account=admin.account, role=role))
        answer = client.get("/people/")
        assert answer.status_code == 403
        assert "Only admins can manage people" in answer.content.decode()
        assert post(client, admin, "deactivate").status_code == 403

    @pytest.mark.parametrize("act", ["role", "deactivate", "reactivate"])
    def test_people_of_another_account_are_not_there(self, desk: Client, act: str) -> None:
        stranger = UserFactory()
        assert post(desk, stranger, act, role="admin").status_code == 404
        stranger.refresh_from_db()
        assert (stranger.role, stranger.is_active) == ("engineer", True)
        assert stranger.email not in desk.get("/people/").content.decode()
