"""Single-key shortcuts on any keyboard, and where they lead when the focus is elsewhere."""

import pytest
from playwright.sync_api import Page, expect

from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.browser.session_page import open_fix, stands

PRESS = """([key, code, shiftKey]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }))"""
"""What the browser tells of a key on another layout; Playwright's keyboard is an English one."""


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


@pytest.mark.parametrize(
    ("layout", "bee", "double_u"),
    [
        ("Russian", ("и", "KeyB"), ("ц", "KeyW")),
        ("Greek", ("β", "KeyB"), ("ς", "KeyW")),
        ("Caps Lock", ("B", "KeyB"), ("W", "KeyW")),
        ("French", ("b", "KeyB"), ("w", "KeyZ")),
    ],
)
def test_work_on_every_layout(
    page: Page, fix: SuggestedFix, layout: str, bee: tuple[str, str], double_u: tuple[str, str]
) -> None:
    banner = open_fix(page, fix)
    page.evaluate(PRESS, [*bee, False])
    expect(banner).to_be_focused()
    page.evaluate(PRESS, [*double_u, False])
    stands(page, "success")


@pytest.mark.parametrize(
    "key", [("W", "KeyW", True), ("z", "KeyW", False), (",", "KeyW", False), ("Enter", "KeyW", False)]
)
def test_another_sign_of_the_layout_is_no_shortcut(page: Page, fix: SuggestedFix, key: tuple[str, str, bool]) -> None:
    open_fix(page, fix)
    page.keyboard.press("b")
    page.evaluate(PRESS, list(key))
    stands(page, "verifying")


def test_an_outcomes_key_pressed_elsewhere_leads_to_the_banner_and_shows_the_keys(
    page: Page, fix: SuggestedFix
) -> None:
    banner = open_fix(page, fix)
    page.keyboard.press("w")
    expect(banner).to_be_focused()
    stands(page, "verifying")
    shown = "element => getComputedStyle(element, '::after').content"
    assert "w" in banner.get_by_role("button", name="It worked").evaluate(shown)
    page.keyboard.press("w")
    stands(page, "success")
