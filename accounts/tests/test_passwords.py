"""Passwords with accents: the same from every keyboard."""

import unicodedata
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("accounts.tests.pages")]

COMPOSED = "schlüssel-für-zürich"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
MIXED = COMPOSED.replace("ü", "u\u0308", 1)


@pytest.fixture
def maya() -> User:
    return UserFactory(email="maya@example.com", display_name="Maya")


def sign_in(client: Client, password: str, email: str = "maya@example.com") -> Any:
    return client.post("/sign-in/", {"username": email, "password": password})


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED, MIXED])
def test_a_password_is_the_same_however_its_accents_are_typed(
    client: Client, maya: User, chosen: str, typed: str
) -> None:
    sign_in(client, PASSWORD)
    changes = {"old_password": PASSWORD, "new_password1": chosen, "new_password2": chosen}
    assert client.post("/password/", changes).status_code == 302
    client.logout()
    assert sign_in(client, typed).status_code == 302


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED, MIXED])
def test_a_password_from_before_works_as_it_was_typed_then(client: Client, maya: User, chosen: str) -> None:
    User.objects.update(password=make_password(chosen))
    assert sign_in(client, chosen).status_code == 302


def test_a_password_from_a_keyboard_that_decomposes_works_from_one_that_does_not(client: Client, maya: User) -> None:
    User.objects.update(password=make_password(DECOMPOSED))
    assert sign_in(client, COMPOSED).status_code == 302


def test_look_alikes_are_other_passwords(client: Client, maya: User) -> None:
    maya.set_password("ﬁnal-answer-42")
    maya.save()
    assert sign_in(client, "final-answer-42").status_code == 422


@pytest.mark.parametrize("password", ["wrong-password", COMPOSED])
def test_an_unknown_address_is_hashed_for_as_often_as_a_known_one(
    client: Client, maya: User, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    from django.contrib.auth.hashers import get_hasher

    hashed: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(hasher, "encode", counted)
    assert sign_in(client, password).status_code == 422
    known = len(hashed)
    hashed.clear()
    assert sign_in(client, password, "nobody@example.com").status_code == 422
    assert len(hashed) == known > 0
