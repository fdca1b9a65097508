"""What a person sets for themselves and an admin for others, in a real browser."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from accounts.tests.factories import PASSWORD, UserFactory
from tests.browser.conftest import PageFor


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory(display_name="Tom Wilk", role=Role.ADMIN)


def test_an_invited_person_joins_by_keyboard(page_for: PageFor, admin: User) -> None:
    page, email = page_for(admin), f"ana-{admin.pk}@example.com"
    page.goto("/people/")
    page.get_by_label("Name").focus()
    page.keyboard.type("Ana Ruiz")
    page.keyboard.press("Tab")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    link = page.get_by_label("Link").input_value()
    expect(page.get_by_label("Role")).to_have_value("engineer")  # the form is as new

    other = page_for()
    other.goto(link)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_label("Repeat password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_text("Welcome to")).to_be_visible()
    assert User.objects.get(email=email).account == admin.account


def test_the_secret_of_a_token_is_copied(page_for: PageFor, admin: User) -> None:
    page = page_for(admin)
    page.goto("/tokens/")
    page.get_by_label("Name", exact=True).fill("Nightly sync")
    page.get_by_role("button", name="Create token").click()
    page.wait_for_load_state()  # scripts included
    secret = page.get_by_label("Token", exact=True).input_value()
    assert secret.startswith("rf_")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.goto("/tokens/")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")  # its draft is done with


def theme_of(page: Page) -> Any:
    return page.evaluate("document.documentElement.dataset.theme")


def test_the_themes_button_switches_at_once_and_for_good(page_for: PageFor, engineer: User) -> None:
    page = page_for(engineer)
    page.goto("/profile/")
    with page.expect_response("**/profile/theme") as saved:
        page.get_by_role("button", name="Switch between light and dark").click()
        assert theme_of(page) == "dark"
    assert saved.value.status == 204
    engineer.refresh_from_db()
    assert engineer.theme == "dark"
    page.evaluate("localStorage.clear()")
    page.reload()
    assert theme_of(page) == "dark"
    page.get_by_label("Light").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/sessions/")
    assert theme_of(page) == "light"
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto("/sign-in/")
    assert theme_of(page) == "light"


@pytest.mark.parametrize(
    ("path", "label", "button"),
    [
        ("/profile/", "Name", "Save"),
        ("/tokens/", "Name", "Create token"),
        ("/people/", "Name", "Invite"),
    ],
)
def test_words_outlive_an_expired_sign_in(page_for: PageFor, admin: User, path: str, label: str, button: str) -> None:
    page = page_for(admin)
    page.goto(path)
    page.get_by_label(label).fill("Typed with care")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("You’ve been signed out.")).to_be_visible()
    page.get_by_label("Email").fill(admin.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    expect(page.get_by_label(label)).to_have_value("Typed with care")


def test_passwords_are_never_drafts(page_for: PageFor, engineer: User) -> None:
    page = page_for(engineer)
    page.goto("/password/")
    for label in ("Current password", "New password", "Repeat new password"):
        page.get_by_label(label, exact=True).fill("not for storage")
    assert "not for storage" not in page.evaluate("JSON.stringify(localStorage)")


def test_the_browsers_time_zone_is_offered_under_its_name_of_today(page_for: PageFor, admin: User) -> None:
    page = page_for(admin, timezone_id="Asia/Calcutta")
    page.goto("/profile/")
    offer = page.get_by_text("This browser’s time zone is Asia/Kolkata.")
    expect(offer).to_be_visible()
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Kolkata")
    expect(offer).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Profile saved.")).to_be_visible()
    admin.refresh_from_db()
    assert admin.time_zone == "Asia/Kolkata"


def test_it_is_not_offered_where_the_account_has_the_same(page_for: PageFor, admin: User) -> None:
    page = page_for(admin, timezone_id="UTC")
    page.goto("/profile/")
    page.wait_for_load_state()
    expect(page.locator("[data-zone-offer]")).to_be_hidden()


def test_the_menu_leads_to_devices_and_tokens(page: Page) -> None:
    page.goto("/sessions/")
    for name in ("Devices", "Tokens"):
        page.locator(".topbar .menu:not(.bell) > summary").click()
        page.locator(".topbar .menu:not(.bell)").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_top_bar_fits_the_narrowest_phone_with_many_waiting(page_for: PageFor, engineer: User) -> None:
    page = page_for(engineer, viewport={"width": 320, "height": 640})
    page.goto("/sessions/")
    page.locator("#awaiting-count").evaluate("count => count.firstChild.textContent = '99+'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    menu = page.locator(".topbar .menu:not(.bell) > summary").bounding_box()
    assert menu
    assert menu["x"] + menu["width"] <= 320
