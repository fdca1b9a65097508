"""The banner by keyboard alone."""

from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import PageFor
from tests.browser.session_page import history, open_fix, standing, stands

FOCUSED = """() => {
  const { x, y, height } = document.activeElement.getBoundingClientRect();
  const words = document.activeElement.innerText || document.activeElement.placeholder;
  return { words: words.split("\\n")[0].trim(), x, middle: y + height / 2 };
}"""


def has_focus(page: Page) -> None:
    """The banner, or something in it."""
    expect(page.locator("#fix-banner:focus-within")).to_have_count(1)


def tab_through(page: Page, presses: int) -> list[dict[str, Any]]:
    """Where the focus stands after each press of Tab: words, and place in the window in pixels."""
    found = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    return found


def test_b_goes_to_the_banner_and_tab_through_it_in_the_order_one_sees(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, applied=True))
    page.keyboard.press("b")
    expect(page.locator("#fix-banner")).to_be_focused()
    stops = tab_through(page, 9)
    assert [stop["words"] for stop in stops] == [
        "Did it work?",
        "What was suggested",
        "It worked",
        "Didn’t work…",
        "Partly worked…",
        "More outcomes",
        "Write what you found or tried",
        "Note only",
        "Send",
    ]
    rows = [stops[:1], stops[1:2], stops[2:6], stops[6:]]
    assert [stop for row in rows for stop in sorted(row, key=lambda stop: stop["x"])] == stops
    for above, below in pairwise(rows):
        assert max(stop["middle"] for stop in above) < min(stop["middle"] for stop in below)


def test_a_fix_goes_from_proposed_to_its_verdict_and_back_and_the_focus_stays_in_the_banner(
    page: Page, session: AISession
) -> None:
    fix = make_fix(session)
    open_fix(page, fix)
    keys = page.keyboard
    keys.press("b")
    for _ in range(4):  # its head, what it is based on, the description, Apply
        keys.press("Tab")
    expect(page.get_by_role("button", name="Mark as applied")).to_be_focused()
    keys.press("Enter")
    stands(page, "verifying")
    has_focus(page)

    keys.press("v")
    reason = page.get_by_label("What are you waiting on?")
    expect(reason).to_be_focused()
    keys.type("power, w d p v u b ?")
    expect(reason).to_have_value("power, w d p v u b ?")
    keys.press("Escape")
    stands(page, "verifying")
    has_focus(page)
    keys.press("v")
    expect(reason).to_be_focused()
    keys.press("ControlOrMeta+a")
    keys.type("The power cycle at lunch.")
    keys.press("Control+Enter")
    stands(page, "pending")
    has_focus(page)

    keys.press("d")
    expect(page.get_by_label("What happened instead?")).to_be_focused()
    keys.press("Escape")
    stands(page, "pending")
    has_focus(page)
    keys.press("p")
    expect(page.get_by_label("What worked, and what didn’t?")).to_be_focused()
    keys.press("Escape")
    stands(page, "pending")
    has_focus(page)
    keys.press("w")
    stands(page, "success")
    has_focus(page)
    keys.press("u")
    stands(page, "pending")
    has_focus(page)
    assert history(fix) == [
        ("apply", "proposed", None),
        ("record", "applied_pending", "The power cycle at lunch."),
        ("record", "applied_success", None),
        ("reopen", "applied_pending", None),
    ]


def test_the_overflow_menu_opens_by_enter_and_closes_by_escape(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, applied=True))
    page.keyboard.press("b")
    tab_through(page, 6)
    page.keyboard.press("Enter")
    dismiss = page.get_by_role("button", name="Dismiss this fix")
    expect(dismiss).to_be_visible()
    page.keyboard.press("Escape")
    expect(dismiss).to_be_hidden()
    expect(page.locator("#fix-banner .menu > summary")).to_be_focused()
    page.keyboard.press("Enter")
    tab_through(page, 2)
    expect(dismiss).to_be_focused()
    page.keyboard.press("Enter")
    stands(page, "dismissed")
    has_focus(page)


def test_a_refused_form_puts_the_focus_into_the_field_that_is_to_be_mended(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, applied=True))
    page.keyboard.press("b")
    page.keyboard.press("p")
    field = page.get_by_label("What worked, and what didn’t?")
    expect(field).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Say what worked and what didn’t.")).to_be_visible()
    expect(field).to_be_focused()


def test_the_question_mark_lists_the_keys(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, applied=True))
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Shortcuts")
    expect(keys).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    stands(page, "verifying")


def test_single_keys_are_letters_while_one_writes_and_outside_the_banner(page: Page, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    page.keyboard.press("w")
    composer = page.get_by_role("textbox", name="Message")
    composer.click()
    page.keyboard.type("bwdpvu?")
    expect(composer).to_have_value("bwdpvu?")
    expect(composer).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    stands(page, "verifying")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread .message").first).to_contain_text("bwdpvu?")
    expect(composer).to_have_value("")
    assert history(fix) == [("apply", "proposed", None)]


def test_single_keys_do_nothing_for_whoever_switched_them_off(page_for: PageFor) -> None:
    person: User = UserFactory(keyboard_shortcuts=False)
    fix = make_fix(SessionFactory(owner=person), Status.PENDING)
    page = page_for(person)
    open_fix(page, fix)
    page.keyboard.press("b")
    page.keyboard.press("?")
    page.locator("#fix-banner").focus()
    for key in "wdpvu":
        page.keyboard.press(key)
    expect(page.locator("#fix-banner")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    stands(page, "pending")
    assert standing(fix).version == fix.version
    tab_through(page, 2)
    page.keyboard.press("Enter")
    stands(page, "success")
