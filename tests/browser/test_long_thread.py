"""A conversation of many messages is read upwards without anything moving under the reader's eyes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from sessions.models import AISession
from sessions.tests.test_windows import write
from tests.browser.conftest import PageFor
from tests.browser.session_page import open_session, say

TOP = "element => element.getBoundingClientRect().top"


@pytest.fixture
def long(session: AISession) -> AISession:
    write(session, 120)
    return session


def message(page: Page, number: int) -> Locator:
    return page.locator(f"#message-{number}")


def shown(page: Page) -> list[int]:
    ids = page.locator("#thread > .message").evaluate_all("lines => lines.map((line) => line.id)")
    return [int(each.removeprefix("message-")) for each in ids]


def test_it_opens_at_its_end_and_earlier_entries_come_above(page: Page, long: AISession) -> None:
    open_session(page, long)
    expect(message(page, 120)).to_be_in_viewport()
    page.locator("#earlier a").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, -40)")
    for first in (21, 1):
        before = message(page, shown(page)[0]).evaluate(TOP)
        top = shown(page)[0]
        page.locator("#earlier a").click()
        expect(message(page, first)).to_be_attached()
        assert abs(message(page, top).evaluate(TOP) - before) < 1
        assert shown(page) == list(range(first, 121))
        page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#earlier")).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("20 entries added to the conversation.")


def test_by_keyboard_the_focus_goes_to_the_next_link_and_then_to_the_lines(page: Page, long: AISession) -> None:
    open_session(page, long)
    page.locator("#earlier a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#earlier a")).to_have_text("Show 20 earlier entries")
    expect(page.locator("#earlier a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(message(page, 20)).to_be_focused()


def test_a_link_to_a_message_further_up_finds_it(page: Page, long: AISession) -> None:
    page.goto(f"/sessions/{long.pk}/#message-10")
    expect(message(page, 10)).to_be_in_viewport()
    expect(page).to_have_url(f"/sessions/{long.pk}/?message=10#message-10")
    assert shown(page) == list(range(5, 55))


def test_from_the_middle_later_entries_come_below_and_a_new_message_is_there_once(page: Page, long: AISession) -> None:
    page.goto(f"/sessions/{long.pk}/?message=40#message-40")
    say(page, "Still at it.")
    expect(message(page, 121)).to_be_in_viewport()
    expect(page.locator("#later a")).to_have_text("Show 36 later entries")
    page.locator("#later a").scroll_into_view_if_needed()
    before = message(page, 84).evaluate(TOP)
    page.locator("#later a").click()
    expect(page.locator("#later")).to_have_count(0)
    assert abs(message(page, 84).evaluate(TOP) - before) < 1
    expect(message(page, 85)).to_be_focused()
    assert shown(page) == list(range(35, 122))


def test_without_scripts_it_is_pages(page_for: PageFor, engineer: User, long: AISession) -> None:
    page = page_for(engineer, java_script_enabled=False)
    open_session(page, long)
    page.get_by_role("link", name="Show 50 of 70 earlier entries").click()
    expect(page.locator("#later")).to_be_in_viewport()
    expect(message(page, 70)).to_be_in_viewport()
    page.get_by_role("link", name="Show 50 later entries").click()
    expect(page.locator("#earlier")).to_be_in_viewport()
    expect(message(page, 120)).to_be_attached()
