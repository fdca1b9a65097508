import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

SOUND = {"display_name": "Maya L.", "time_zone": "Europe/Oslo", "theme": "dark", "keyboard_shortcuts": "on"}


def save(client: Client, **changes: str | None) -> Any:
    fields = {**SOUND, **changes}
    return client.post("/profile/", {name: value for name, value in fields.items() if value is not None})


def test_it_is_saved_and_seen_on_the_next_page(browser_client: Client, engineer: User) -> None:
    page = browser_client.get(save(browser_client)["Location"]).content.decode()
    engineer.refresh_from_db()
    assert (engineer.display_name, engineer.time_zone, engineer.theme) == ("Maya L.", "Europe/Oslo", "dark")
    assert '<html lang="en-GB" data-theme="dark">' in page
    assert f'data-draft-clear="{engineer.pk}:profile"' in page


def test_single_keys_can_be_switched_off(browser_client: Client) -> None:
    assert 'data-shortcuts="on"' in browser_client.get("/profile/").content.decode()
    save(browser_client, keyboard_shortcuts=None)
    assert 'data-shortcuts="off"' in browser_client.get("/profile/").content.decode()


def test_reminders_by_email_are_on_until_they_are_switched_off(browser_client: Client, engineer: User) -> None:
    assert engineer.email_reminders
    save(browser_client)
    engineer.refresh_from_db()
    assert not engineer.email_reminders
    save(browser_client, email_reminders="on")
    engineer.refresh_from_db()
    assert engineer.email_reminders


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"display_name": ""}, "Enter a name."),
        ({"display_name": "x" * 101}, "Too long: 101 characters (limit 100)."),
        ({"display_name": "a\0b"}, "invalid character (U+0000, line 1)"),
        ({"time_zone": "Mars/Olympus"}, "is not a time zone"),
        ({"theme": "pink"}, "pink is not one of the available choices"),
        ({"theme": None}, "This field is required."),
    ],
)
def test_refusals_stand_beside_their_field_and_change_nothing(
    browser_client: Client, engineer: User, changes: dict[str, str | None], said: str
) -> None:
    answer = save(browser_client, **changes)
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    assert '<span class="wide">Maya</span>' in page
    engineer.refresh_from_db()
    assert (engineer.display_name, engineer.theme) == ("Maya", "system")


def test_role_account_and_address_are_not_theirs_to_change(browser_client: Client, engineer: User) -> None:
    save(browser_client, role="admin", email="other@example.com", is_superuser="on", is_staff="on")
    before = (engineer.role, engineer.email, engineer.is_staff, engineer.is_superuser)
    engineer.refresh_from_db()
    assert (engineer.role, engineer.email, engineer.is_staff, engineer.is_superuser) == before


def test_a_zone_that_is_not_in_the_list_is_kept(browser_client: Client, engineer: User) -> None:
    User.objects.update(time_zone="Etc/GMT+5")
    assert '<option value="Etc/GMT+5" selected>' in browser_client.get("/profile/").content.decode()


def test_each_time_zone_is_offered_once_by_its_name_of_today(browser_client: Client) -> None:
    page = browser_client.get("/profile/").content.decode()
    offered = re.findall(r'<option value="([^"]+)"', page)
    assert len(offered) == len(set(offered)) > 400
    assert {"Asia/Kolkata", "Europe/Kyiv", "America/New_York", "Europe/Oslo", "UTC"} <= set(offered)
    assert not {"Asia/Calcutta", "Europe/Kiev", "US/Eastern", "Etc/UTC", "Europe/Belfast"} & set(offered)


def test_an_old_name_of_a_zone_is_shown_and_kept_as_the_name_of_today(browser_client: Client, engineer: User) -> None:
    User.objects.update(time_zone="Asia/Calcutta")
    assert '<option value="Asia/Kolkata" selected>' in browser_client.get("/profile/").content.decode()
    save(browser_client, time_zone="Asia/Saigon")
    engineer.refresh_from_db()
    assert engineer.time_zone == "Asia/Ho_Chi_Minh"


def test_the_buttons_colours_are_kept(browser_client: Client, engineer: User) -> None:
    assert browser_client.post("/profile/theme", {"theme": "light"}).status_code == 204
    assert 'data-theme="light"' in browser_client.get("/profile/").content.decode()
    assert browser_client.post("/profile/theme", {"theme": "pink"}).status_code == 422


@pytest.mark.django_db
def test_strangers_pages_name_no_theme(client: Client) -> None:
    assert "data-theme=" not in client.get("/sign-in/").content.decode().partition("<head>")[0]
