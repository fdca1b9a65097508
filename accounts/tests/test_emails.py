"""One spelling for each address, and no look-alikes: at every door."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.validators import validate_email
from django.test import Client

from accounts import emails
from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory

TRAPS = {
    "dotless i": "admın@example.com",
    "long s": "ſam@example.com",
    "Kelvin sign": "ma\u212aa@example.com",
    "dotted capital I": "\u0130an@example.com",
    "full width": "ｍaya@example.com",
    "Cyrillic a": "m\u0430ya@example.com",
    "accent": "mayá@example.com",
    "Kelvin sign in the domain": "maya@\u212aelvin.example",
    "full-width domain": "maya@ｅxample.com",
    "ideographic full stop": "maya@example。com",
    "ligature in the domain": "maya@oﬃce.example",
    "zero-width space in the domain": "maya@exam\u200bple.com",
}

ONE_SPELLING = {
    " Maya@EXAMPLE.com ": "maya@example.com",
    "o'brien+desk@sub.example.com": "o'brien+desk@sub.example.com",
    "maya@Müller.example": "maya@xn--mller-kva.example",
    "maya@mu\u0308ller.example": "maya@xn--mller-kva.example",
    "maya@ex\u0430mple.com": "maya@xn--exmple-4nf.com",
}

MALFORMED = [
    "",
    "@",
    "maya",
    "maya@",
    "@example.com",
    "ma ya@example.com",
    '"maya"@example.com',
    "maya@-x.com",
    "a\0@b.com",
]


@pytest.mark.parametrize(("typed", "stored"), ONE_SPELLING.items())
def test_an_address_has_one_spelling(typed: str, stored: str) -> None:
    assert emails.normalise(typed) == stored
    assert emails.normalise(stored) == stored


@pytest.mark.parametrize("typed", TRAPS.values(), ids=TRAPS)
def test_what_looks_alike_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        emails.normalise(typed)
    assert refusal.value.messages[0].endswith(".")


@pytest.mark.parametrize("trap", ["long s", "Kelvin sign"])
def test_django_alone_would_take_it(trap: str) -> None:
    validate_email(TRAPS[trap])


@pytest.mark.parametrize("typed", [*MALFORMED, "a" * 250 + "@example.com", "a" * 100_000 + "@example.com"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        emails.normalise(typed)


@pytest.mark.django_db
class TestDoors:
    def test_sign_in_knows_no_look_alike(self, client: Client) -> None:
        UserFactory(email="sam@example.com")
        answer = client.post("/sign-in/", {"username": "ſam@example.com", "password": PASSWORD})
        assert answer.status_code == 422
        assert "“ſ” isn’t" in answer.content.decode()

    def test_the_manager_finds_one_spelling_and_no_look_alike(self) -> None:
        maya = UserFactory(email=" Maya@Müller.example ")
        assert User.objects.get_by_natural_key("maya@MÜLLER.example") == maya
        with pytest.raises(User.DoesNotExist):
            User.objects.get_by_natural_key("maya@\u212aelvin.example")

    def test_nobody_is_saved_under_a_look_alike(self) -> None:
        with pytest.raises(ValidationError):
            UserFactory(email=TRAPS["long s"])

    def test_a_forms_error_stands_beside_the_field(self) -> None:
        UserFactory(email="sam@example.com")
        for typed, said in {"SAM@example.com": emails.TAKEN, "ſam@example.com": emails.NOT_PLAIN.format("ſ")}.items():
            with pytest.raises(ValidationError) as refusal:
                User(email=typed, display_name="Sam", password="x", is_superuser=True).full_clean()
            assert refusal.value.message_dict["email"] == [said]

    def test_commands_know_no_look_alike(self) -> None:
        UserFactory(email="sam@example.com")
        with pytest.raises(CommandError, match="Nobody signs in"):
            call_command("create_token", "ſam@example.com", "--name", "sync")
        with pytest.raises(CommandError, match="common symbols"):
            call_command("createsuperuser", email="ſam@example.com", display_name="Sam", interactive=False)
