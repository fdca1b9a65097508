"""A whole day without a mouse: from the sign-in to the sign-out, and the focus is never lost or out of sight."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import ApiToken, Invitation, Role, User
from accounts.tests.factories import PASSWORD, UserFactory
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.browser.conftest import PageFor
from tests.browser.sample_company import HOUR, waiting
from tests.browser.session_page import stands

FOCUS = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return ["", "nothing has the focus"];
  const { labels, innerText, placeholder, ariaLabel } = focused;
  const words = ariaLabel || (innerText || labels?.[0]?.innerText || placeholder || "").replace(/\\s+/g, " ").trim();
  const ring = (element, part) => getComputedStyle(element, part);
  const around = [ring(focused), ring(focused, "::after"), ring(focused.parentElement)];
  if (!around.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2))
    return [words, "no ring around " + focused.outerHTML.slice(0, 200)];
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return [words, inside ? "" : "out of sight: " + focused.outerHTML.slice(0, 200)];
}"""
"""What the focused thing is called, and why it can't be seen."""


MANY = 60


class Keyboard:
    """Goes from stop to stop as a person does who sees where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def to(self, sought: str) -> None:
        """Tab on to the stop whose words begin like this, if it isn't there yet; on the way every stop can be seen."""
        self.page.wait_for_load_state()  # a page has its title before it has all that Tab goes through
        words, _ = self.page.evaluate(FOCUS)
        passed = [words]
        while not re.match(sought, passed[-1]):
            assert len(passed) < MANY, f"No “{sought}” among {passed}"
            self.press("Tab")
            passed.append(self.stays())

    def take(self, words: str, key: str = "Enter") -> None:
        self.to(words)
        self.press(key)

    def stays(self) -> str:
        """The focus is somewhere, and can be seen: no swap took it away. What it is on is called so."""
        words, trouble = self.page.evaluate(FOCUS)
        assert trouble == ""
        return words


@pytest.fixture
def admin(db: None) -> User:
    return UserFactory(display_name="Tom", role=Role.ADMIN)


def test_a_day_by_keyboard(page_for: PageFor, admin: User) -> None:
    page = page_for()
    keys = Keyboard(page)
    sign_in(keys, admin)
    fix = a_session(keys, admin)
    board(keys, [waiting(admin, f"Reset machine {number}", -HOUR + timedelta(minutes=number)) for number in range(3)])
    fix.refresh_from_db()
    assert fix.status == "applied_success"
    settings(keys, admin)
    sign_out(keys)


def sign_in(keys: Keyboard, person: User) -> None:
    keys.page.goto("/sign-in/")
    expect(keys.page.get_by_label("Email")).to_be_focused()
    keys.type(person.email)
    keys.to("Password")
    keys.type(PASSWORD)
    keys.press("Enter")
    keys.page.wait_for_url("**/sessions/")


def a_session(keys: Keyboard, person: User) -> SuggestedFix:
    """Started, written in, and its fix answered in the banner."""
    page = keys.page
    keys.take("Skip to content")
    page.wait_for_url("**/sessions/#main")
    keys.take("New session")
    page.wait_for_url("**/new/")
    keys.to("Title")
    keys.type("Spooler stops")
    keys.take("Start session")
    expect(page.get_by_role("heading", name="Spooler stops")).to_be_visible()
    keys.to("Write what you found|Message")
    keys.type("It stopped twice.")
    keys.press("Control+Enter")
    expect(page.locator("#thread .message").first).to_contain_text("It stopped twice.")
    keys.stays()
    fix = make_fix(AISession.objects.get(account=person.account), applied=True)
    page.reload()
    keys.press("b")
    keys.stays()
    keys.take("It worked")
    stands(page, "success")
    keys.stays()
    return fix


def board(keys: Keyboard, fixes: list[SuggestedFix]) -> None:
    """Narrowed down, one answered in its row, the rest at once, and that taken back."""
    page = keys.page
    page.reload()
    keys.take("Waiting")
    page.wait_for_url("**/pending/")
    keys.to("Any client|Client")
    keys.type("Nordwind")
    keys.press("Enter")
    page.wait_for_url("**client=Nordwind**")
    keys.take("Record outcome : Reset machine 0|Record outcome: Reset machine 0")
    banner = page.locator(f"#fix-banner-{fixes[0].pk}")
    expect(banner).to_be_focused()
    keys.take("It worked")
    expect(banner).to_have_attribute("data-mode", "success")
    keys.stays()
    keys.take("Select: Reset machine 1", "Space")
    keys.take("Select: Reset machine 2", "Space")
    keys.take("Didn’t work…")
    expect(page.get_by_label("What happened instead").and_(page.locator(":visible"))).to_be_focused()
    keys.type("Still the same.")
    keys.take("Record as didn’t work")
    expect(page.locator("[data-new]")).to_be_focused()
    keys.take("Undo all 2")
    expect(page.locator("[data-new]")).to_contain_text("Undone for 2 fixes.")


def settings(keys: Keyboard, person: User) -> None:
    """A name of one's own, an invitation, a token."""
    page = keys.page
    page.reload()
    keys.take("T Tom|Tom")
    keys.take("Profile")
    page.wait_for_url("**/profile/")
    keys.to("Name")
    keys.type("Thomas")
    keys.press("Enter")
    expect(page.locator(".messages")).to_be_visible()
    keys.take("People")
    page.wait_for_url("**/people/")
    keys.to("Name")
    keys.type("Ana")
    keys.to("E-?mail")
    keys.type(f"ana.{person.pk}@example.com")
    keys.press("Enter")
    expect(page.get_by_label("Link")).to_be_visible()
    assert Invitation.objects.filter(account=person.account).exists()
    page.goto("/tokens/")
    keys.to("Name")
    keys.type("Nightly sync")
    keys.press("Enter")
    expect(page.get_by_label("Token", exact=True)).to_be_visible()
    assert ApiToken.objects.filter(user=person).exists()


def sign_out(keys: Keyboard) -> None:
    page = keys.page
    page.goto("/sessions/")
    keys.take("T Thomas|Thomas")
    keys.take("Sign out")
    page.wait_for_url("**/sign-in/**")
