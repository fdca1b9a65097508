"""A new password by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Device, User
from accounts.tests.factories import PASSWORD

NEW = "battery staple 42"
AWAY = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}


def ask(email: str = "maya@example.com") -> Any:
    return Client().post("/password/forgotten/", {"email": email})


def link() -> str:
    found = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def choose(client: Client, path: str, password: str = NEW) -> Any:
    form = client.get(path)
    return client.post(form["Location"], {"new_password1": password, "new_password2": password})


def signs_in(password: str) -> bool:
    return Client().post("/sign-in/", {"username": "maya@example.com", "password": password}).status_code == 302


def test_the_link_sets_a_password_and_signs_out_everywhere(engineer: User, browser_client: Client) -> None:
    ask(" MAYA@example.com ")
    client = Client()
    assert choose(client, link())["Location"] == "/sign-in/"
    assert "signed out everywhere" in client.get("/sign-in/").content.decode()
    assert browser_client.get("/sessions/").status_code == 302
    assert not Device.objects.filter(user=engineer).exists()
    assert (signs_in(PASSWORD), signs_in(NEW)) == (False, True)


def test_it_works_in_a_browser_that_is_still_signed_in(engineer: User, browser_client: Client) -> None:
    ask()
    assert choose(browser_client, link())["Location"] == "/sign-in/"
    assert browser_client.get("/sessions/").status_code == 302


def test_it_ends_the_wait_after_too_many_tries(engineer: User) -> None:
    for _ in range(5):
        signs_in("wrong")
    assert not signs_in(PASSWORD)
    ask()
    choose(Client(), link())
    assert signs_in(NEW)


@pytest.mark.parametrize("email", ["maya@example.com", "nobody@example.com", "gone@example.com"])
def test_the_answer_is_the_same_for_everybody(engineer: User, email: str) -> None:
    User.objects.create_user("gone@example.com", PASSWORD, account=engineer.account, is_active=False)
    answer = ask(email)
    assert (answer.status_code, answer["Location"]) == (302, "/password/sent/")
    assert len(mail.outbox) == (email == "maya@example.com")


def test_whoever_never_had_a_password_gets_one_too(engineer: User) -> None:
    engineer.set_unusable_password()
    engineer.save()
    ask()
    choose(Client(), link())
    assert signs_in(NEW)


def test_one_mail_in_five_minutes(engineer: User) -> None:
    ask()
    ask()
    assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        ask()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("email", ["maya@example.com", "nobody@example.com"])
def test_a_mail_server_that_is_away_is_told_to_everybody_alike(
    engineer: User, email: str, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(**AWAY):
        answer = ask(email)
    assert (answer.status_code, "no link was sent" in answer.content.decode()) == (503, True)
    assert "The mail server isn’t responding." in caplog.text
    engineer.refresh_from_db()
    assert engineer.reset_sent_at is None


@pytest.mark.parametrize(
    ("email", "said"), [("", "Enter an email address."), ("nonsense", "such as"), ("ſam@example.com", "isn’t")]
)
def test_a_bad_address_is_told_beside_its_field(db: None, email: str, said: str) -> None:
    answer = ask(email)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_a_link_works_once_and_for_a_day(engineer: User) -> None:
    ask()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().get(link()).status_code == 410
    choose(Client(), link())
    answer = Client().get(link())
    assert (answer.status_code, "This link has expired" in answer.content.decode()) == (410, True)
    assert 'href="/password/forgotten/">Get a new link</a>' in answer.content.decode()


def test_a_deactivated_persons_link_is_dead(engineer: User) -> None:
    ask()
    User.objects.update(is_active=False)
    assert Client().get(link()).status_code == 410


@pytest.mark.parametrize("path", ["/password/new/x/y/", "/password/new/%00/set-password/", "/password/new/eA/%F0%9F/"])
def test_nonsense_is_answered_calmly(db: None, path: str) -> None:
    assert Client().get(path).status_code == 410


def test_a_weak_password_is_refused_beside_its_field(engineer: User) -> None:
    ask()
    client = Client()
    answer = choose(client, link(), "maya")
    assert (answer.status_code, "too short" in answer.content.decode()) == (422, True)
    assert signs_in(PASSWORD)
