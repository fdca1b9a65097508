"""Where demo data is loaded, the sign-in page names the demo's people; in production it never does."""

import pytest
from django.test import Client, override_settings

from accounts.demo import PASSWORD, load_people
from accounts.models import User
from tests.markup import by_id, read, text

pytestmark = pytest.mark.django_db

LINK = "/sign-in/?demo=admin%40northwind.example&next=%2Fpending%2F"


@pytest.fixture(autouse=True)
def people() -> None:
    load_people()


def test_they_are_named_with_their_roles(client: Client) -> None:
    page = text(read(client.get("/sign-in/")))
    assert "Maya Lindqvistengineer at Northwind MSP" in page
    assert "Rootsuperuser, all accounts" in page


def test_one_click_fills_in_the_form_and_sign_in_leads_on(client: Client) -> None:
    assert LINK.replace("&", "&amp;") in client.get("/sign-in/?next=/pending/").content.decode()
    page = read(client.get(LINK))
    filled = [by_id(page, name).get("value") for name in ("id_username", "id_password")]
    assert filled == ["admin@northwind.example", PASSWORD]
    answer = client.post(LINK, {"username": filled[0], "password": filled[1], "next": "/pending/"})
    assert answer["Location"] == "/pending/"


@pytest.mark.parametrize("path", ["/sign-in/", LINK])
def test_never_in_production(client: Client, path: str) -> None:
    with override_settings(PRODUCTION=True):
        page = client.get(path).content.decode()
    assert "northwind.example" not in page
    assert PASSWORD not in page


def test_only_those_who_can_sign_in(client: Client) -> None:
    User.objects.filter(display_name="Priya Raman").update(is_active=False)
    assert "Priya" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("stranger", ["maya@example.com", "\0", ""])
def test_nobody_else_is_filled_in(client: Client, stranger: str) -> None:
    page = read(client.get("/sign-in/", {"demo": stranger}))
    assert by_id(page, "id_password").get("value") is None


def test_without_demo_data_there_is_nothing_to_choose(client: Client) -> None:
    User.objects.all().delete()
    assert "Demo" not in client.get("/sign-in/").content.decode()
