import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Account, User
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SOUND = {"name": "Northwind MSP", "time_zone": "Europe/London", "email": "Tom@Northwind.example", "person": "Tom Wilk"}


def create(**changes: str) -> str:
    said = io.StringIO()
    call_command("create_account", **{**SOUND, **changes}, stdout=said)
    return said.getvalue()


def test_account_and_first_admin_are_made_and_the_link_sets_a_password(client: Client) -> None:
    said = create()
    admin = User.objects.get(email="tom@northwind.example")
    account = admin.account
    assert account is not None
    assert (account.name, account.slug, account.time_zone) == ("Northwind MSP", "northwind-msp", "Europe/London")
    assert (admin.display_name, admin.role, admin.is_staff, admin.has_usable_password()) == (
        "Tom Wilk",
        "admin",
        True,
        False,
    )
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", said)
    assert link
    form = client.get(link[1])["Location"]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert client.post("/sign-in/", {"username": admin.email, "password": PASSWORD}).status_code == 302


def test_slugs_are_unique_and_never_empty() -> None:
    for number, name in enumerate(["Northwind MSP", "Northwind: MSP", "北風", "x" * 200]):
        create(name=name, email=f"tom{number}@northwind.example")
    slugs = sorted(Account.objects.values_list("slug", flat=True))
    assert slugs == ["account", "northwind-msp", "northwind-msp-2", "x" * 45]


def test_every_bad_value_is_told_at_once_and_nothing_is_made() -> None:
    UserFactory(email="tom@northwind.example")
    before = Account.objects.count()
    with pytest.raises(CommandError) as refusal:
        create(name=" ", time_zone="Mars/Olympus", person="")
    assert str(refusal.value).splitlines() == [
        "Nothing was created.",
        "--name: Enter the account’s name.",
        "--time-zone: “Mars/Olympus” is not a time zone. Use an IANA name such as Europe/London.",
        "--email: Someone with this email address already has an account.",
        "--person: Enter a name.",
    ]
    assert Account.objects.count() == before


def test_half_an_account_is_never_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes the address between the check and the writing."""
    UserFactory(email="tom@northwind.example")
    monkeypatch.setattr("accounts.forms.people.AccountForm.clean_email", lambda form: form.cleaned_data["email"])
    before = Account.objects.count()
    with pytest.raises(CommandError, match="at the same moment"):
        create()
    assert Account.objects.count() == before


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "said"),
    [([PASSWORD, PASSWORD], None), ([PASSWORD, "other"], "the two don’t match"), (["tom wilk 1"], "too similar")],
)
def test_on_a_terminal_it_asks(monkeypatch: pytest.MonkeyPatch, typed: list[str], said: str | None) -> None:
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin", Terminal("Northwind MSP\nEurope/London\ntom@northwind.example\nTom Wilk\n"))
    monkeypatch.setattr("getpass.getpass", lambda question: next(answers))
    if said:
        with pytest.raises(CommandError, match=said):
            call_command("create_account")
        assert not Account.objects.exists()
    else:
        call_command("create_account")
        assert User.objects.get().check_password(PASSWORD)
