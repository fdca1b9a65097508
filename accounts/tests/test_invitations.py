"""Invited by link: shown once, mailed, used once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections, transaction
from django.test import Client, override_settings
from django.utils import timezone

from accounts import invitations
from accounts.models import Account, Invitation, Role, User
from accounts.tests.clients import let_in
from accounts.tests.factories import PASSWORD, UserFactory
from tests.concurrency import PATIENCE, await_lock_waiters

NEW = {"display_name": "Ana Ruiz", "email": "Ana@Example.com", "role": "engineer"}
JOINS = {"display_name": "Ana", "time_zone": "Europe/Madrid", "new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory(role=Role.ADMIN, display_name="Tom")


@pytest.fixture
def desk(admin: User) -> Client:
    client = Client()
    let_in(client, admin)
    return client


def link_in(answer: Any) -> str:
    found = re.search(r'value="http://testserver(/invitations/[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def invite(desk: Client, **changes: str) -> str:
    answer = desk.post("/people/", {**NEW, **changes})
    assert answer.status_code == 201
    return link_in(answer)


class TestInviting:
    def test_the_link_is_shown_once_mailed_and_not_stored(self, desk: Client) -> None:
        answer = desk.post("/people/", NEW)
        link = link_in(answer)
        assert ("no-store" in answer["Cache-Control"], answer["Referrer-Policy"]) == (True, "strict-origin")
        assert link not in desk.get("/people/").content.decode()
        assert link.split("/")[2] not in str(Invitation.objects.values())
        (sent,) = mail.outbox
        assert (sent.to, f"http://testserver{link}" in sent.body) == (["ana@example.com"], True)

    def test_a_mail_that_fails_is_told_and_the_invitation_stands(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
        ):
            answer = desk.post("/people/", NEW)
        assert answer.status_code == 201
        assert "The email could not be sent. The invitation is still valid" in answer.content.decode()
        assert Client().get(link_in(answer)).status_code == 200

    def test_a_new_link_ends_the_old_one(self, desk: Client) -> None:
        old = invite(desk)
        renewed = link_in(desk.post(f"/people/invitations/{Invitation.objects.get().pk}/renew/"))
        newest = invite(desk, role="viewer")
        assert [Client().get(link).status_code for link in (old, renewed, newest)] == [410, 410, 200]

    def test_whoever_came_meanwhile_gets_no_new_link(self, desk: Client, admin: User) -> None:
        link = invite(desk)
        UserFactory(account=admin.account, email="ana@example.com")
        answer = desk.post(f"/people/invitations/{Invitation.objects.get().pk}/renew/")
        assert "already has an account here" in desk.get(answer["Location"]).content.decode()
        assert Client().get(link).status_code == 200

    def test_one_can_be_taken_back(self, desk: Client) -> None:
        link = invite(desk)
        assert desk.post(f"/people/invitations/{Invitation.objects.get().pk}/revoke/").status_code == 303
        answer = Client().get(link)
        assert answer.status_code == 410
        assert "It was revoked" in answer.content.decode()

    @pytest.mark.parametrize("change", [{"role": Role.ENGINEER}, {"is_active": False}])
    def test_whoever_ceased_to_be_admin_meanwhile_invites_nobody(self, admin: User, change: dict[str, Any]) -> None:
        User.objects.filter(pk=admin.pk).update(**change)  # after the page's guard has let them in
        assert admin.account
        with pytest.raises(PermissionDenied):
            invitations.invite(admin.account, admin, email="a@example.com", display_name="A", role=Role.ADMIN)
        assert not Invitation.objects.exists()

    def test_another_accounts_invitation_is_not_there(self, desk: Client) -> None:
        other = UserFactory(role=Role.ADMIN)
        theirs, _ = invitations.invite(other.account, other, email="a@example.com", display_name="A", role=Role.VIEWER)
        for act in ("renew", "revoke"):
            assert desk.post(f"/people/invitations/{theirs.pk}/{act}/").status_code == 404
        theirs.refresh_from_db()
        assert theirs.revoked_at is None

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"email": "TOM@example.com"}, "Someone with this email address already has an account."),
            ({"email": "ſam@example.com"}, "isn’t"),
            ({"email": ""}, "Enter an email address."),
            ({"display_name": " "}, "Enter a name."),
            ({"display_name": "x" * 101}, "Too long: 101 characters (limit 100)."),
            ({"display_name": "Ana \u202eziuR"}, "an invisible character that reverses text"),
            ({"role": "owner"}, "Choose viewer, engineer or admin."),
        ],
    )
    def test_refusals_stand_beside_their_field_and_keep_what_was_typed(
        self, desk: Client, admin: User, changes: dict[str, str], said: str
    ) -> None:
        User.objects.filter(pk=admin.pk).update(email="tom@example.com")
        answer = desk.post("/people/", {**NEW, **changes})
        page = answer.content.decode()
        assert (answer.status_code, said in page) == (422, True)
        assert ("Ana@Example.com" in page) or "email" in changes
        assert not Invitation.objects.exists()

    def test_a_name_brings_no_line_of_its_own_into_the_mail(self, desk: Client) -> None:
        invite(desk, display_name="Ana\r\n\r\nOpen\thttps://evil.example\u2028now")
        assert str(mail.outbox[0].body).startswith("Hello Ana Open https://evil.example now,\n")

    def test_that_an_address_signs_in_elsewhere_is_not_told(self, desk: Client) -> None:
        UserFactory(email="ana@example.com")
        link = invite(desk)
        assert Client().get(link).status_code == 200


class TestJoining:
    def test_makes_the_person_and_signs_them_in(self, desk: Client, admin: User) -> None:
        link, client = invite(desk), Client()
        page = client.get(link)
        assert "Tom has invited you as engineer" in page.content.decode()
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "strict-origin")
        assert client.post(link, JOINS)["Location"] == "/sessions/"
        ana = User.objects.get(email="ana@example.com")
        assert (ana.display_name, ana.role, ana.account) == ("Ana", "engineer", admin.account)
        assert (ana.time_zone, ana.is_staff, ana.check_password(PASSWORD)) == ("Europe/Madrid", False, True)
        assert client.get("/sessions/").status_code == 200
        again = Client().post(link, JOINS)
        assert (again.status_code, "already been used" in again.content.decode()) == (410, True)
        assert 'href="/sign-in/">Sign in</a>' in again.content.decode()
        assert 'href="/">Go to sessions</a>' in client.get(link).content.decode()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"new_password2": "other"}, "The passwords don’t match."),
            ({"new_password1": "Ana Ruiz 1", "new_password2": "Ana Ruiz 1", "display_name": "Ana Ruiz"}, "too similar"),
            ({"display_name": ""}, "Enter a name."),
            ({"time_zone": "Mars/Olympus"}, "is not a time zone"),
        ],
    )
    def test_refusals_stand_beside_their_field(self, desk: Client, changes: dict[str, str], said: str) -> None:
        link = invite(desk)
        answer = Client().post(link, {**JOINS, **changes})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert not User.objects.filter(email="ana@example.com").exists()
        assert Client().post(link, JOINS).status_code == 303

    def test_an_expired_one_says_what_to_do(self, desk: Client) -> None:
        link = invite(desk)
        with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
            answer = Client().post(link, JOINS)
        assert (answer.status_code, "expired after 7 days" in answer.content.decode()) == (410, True)

    @pytest.mark.parametrize("secret", ["nonsense", "%00", "%ED%A0%80", "x" * 5000])
    def test_an_unknown_one_says_what_to_do(self, db: None, secret: str) -> None:
        assert Client().get(f"/invitations/{secret}/").status_code == 404

    def test_whoever_is_signed_in_is_told_so(self, desk: Client, admin: User) -> None:
        link = invite(desk)
        for answer in (desk.get(link), desk.post(link, JOINS)):
            assert (answer.status_code, "You’re already signed in" in answer.content.decode()) == (409, True)
        assert User.objects.count() == 1

    def test_an_address_that_signs_in_elsewhere_is_refused_and_the_link_stays_good(self, desk: Client) -> None:
        link = invite(desk)
        UserFactory(email="ana@example.com")
        answer = Client().post(link, JOINS)
        assert (answer.status_code, "already has an account" in answer.content.decode()) == (422, True)
        assert Invitation.objects.get().used_at is None

    @pytest.mark.django_db(transaction=True)
    def test_used_twice_at_the_same_moment_it_makes_one_person(self, desk: Client, admin: User) -> None:
        invite(desk)
        found = Invitation.objects.get()
        with ThreadPoolExecutor(2) as pool:
            with transaction.atomic():
                Invitation.objects.select_for_update().get()
                running = [pool.submit(outcome, found, admin.account, name) for name in ("Ana", "Ann")]
                await_lock_waiters(2)
            outcomes = [each.result(PATIENCE) for each in running]
        assert sorted(outcomes) == ["joined", "no longer"]
        assert User.objects.filter(email="ana@example.com").count() == 1


def outcome(found: Invitation, account: Account, name: str) -> str:
    try:
        invitations.accept(found, User(email=found.email, account=account, display_name=name))
    except (invitations.InvitationInvalid, ValidationError):
        return "no longer"
    finally:
        connections.close_all()
    return "joined"
