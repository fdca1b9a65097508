"""A round over the board: by mouse, and by keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import PageFor
from tests.browser.session_page import history, standing

HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(engineer: User) -> list[SuggestedFix]:
    """Two overdue, one due today or tomorrow, and one without a time."""
    return [wait(engineer, number, due) for number, due in enumerate((-3 * HOUR, -HOUR, HOUR, None))]


def wait(engineer: User, number: int, due: timedelta | None) -> SuggestedFix:
    session = SessionFactory(owner=engineer, client_name=f"Client {number}", ticket_ref=f"CW-4821{number}")
    fix = make_fix(session, applied=True, title=f"Reset the profile of machine {number} and sign in again")
    now = timezone.now()
    at = None if due is None else now + due
    recorded = now if at is None or at > now else at - HOUR
    by = By(engineer, Source.BANNER, recorded)
    return lifecycle.record(fix.pk, Status.PENDING, by, notes="The client reboots at lunch.", follow_up_at=at)


def test_by_mouse_one_is_answered_in_its_row_and_the_rest_at_once(page: Page, waiting: list[SuggestedFix]) -> None:
    page.goto("/pending/")
    expect(page.locator("#awaiting-count")).to_have_text("4 · 2 overdue")
    first = page.locator(".rows > li").first
    first.get_by_role("link", name="Record outcome").click()
    banner = page.locator(f"#fix-banner-{waiting[0].pk}")
    expect(banner).to_be_focused()
    banner.get_by_role("link", name="Didn’t work").click()
    expect(banner.locator("textarea")).to_be_focused()
    banner.locator("textarea").fill("It asks again.")
    banner.get_by_role("button", name="Record as didn’t work").click()
    expect(banner).to_have_attribute("data-mode", "failed")
    expect(banner).to_be_focused()
    expect(first).to_contain_text("Didn’t work")
    expect(page.locator("#awaiting-count")).to_have_text("3 · 1 overdue")
    expect(page).to_have_title("1 overdue · Awaiting verification · ResolutionFlow")
    first.get_by_role("link", name="Close").click()
    expect(banner).to_have_count(0)

    page.locator(".pick[type=checkbox]").first.check()
    page.locator(".pick[type=checkbox]").last.click(modifiers=["Shift"])
    bar = page.locator("#bulk")
    expect(bar).to_contain_text("3 selected")
    bar.locator("summary", has_text="It worked…").click()
    bar.get_by_label("How was it verified?").fill("Seen by the client.")
    bar.get_by_role("button", name="Record as worked").click()
    expect(page.locator("[data-new]")).to_contain_text("3 recorded as worked.")
    expect(page.locator(".empty")).to_contain_text("All done.")
    page.get_by_role("button", name="Undo all 3").click()
    expect(page.locator("[data-new]")).to_contain_text("Undone for 3 fixes.")
    expect(page.locator("#awaiting-count")).to_have_text("3 · 1 overdue")
    assert [standing(fix).status for fix in waiting] == ["applied_failed", *["applied_pending"] * 3]
    assert history(waiting[0])[-1] == ("record", "applied_failed", "It asks again.")


def test_by_keyboard(page: Page, waiting: list[SuggestedFix]) -> None:
    page.goto("/pending/")
    page.keyboard.press("j")
    expect(page.locator(".row-title").first).to_be_focused()
    page.keyboard.press("b")
    banner = page.locator(f"#fix-banner-{waiting[0].pk}")
    expect(banner).to_be_focused()
    page.keyboard.press("w")
    expect(banner).to_have_attribute("data-mode", "success")
    page.keyboard.press("u")
    expect(banner).to_have_attribute("data-mode", "pending")
    page.keyboard.press("Escape")
    expect(banner).to_have_count(0)
    expect(page.get_by_role("link", name="Record outcome").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".row-title").nth(1)).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.locator("#bulk")
    expect(bar).to_contain_text("2 selected")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(bar.locator("summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar.locator("textarea:visible")).to_be_focused()
    page.keyboard.press("Escape")
    expect(bar.locator("summary").first).to_be_focused()
    page.keyboard.press("Escape")  # back to the row, and what was selected stays so
    expect(page.locator(".row-title").nth(2)).to_be_focused()
    expect(bar).to_contain_text("1 selected")
    bar.locator("summary", has_text="Check by…").click()
    bar.get_by_label("Pick a time…").check()
    bar.locator("[type=datetime-local]").press("Enter")
    bar.get_by_role("button", name="Cancel").click()
    expect(bar.locator("summary", has_text="Check by…")).to_be_focused()
    bar.locator("summary", has_text="Didn’t work…").focus()
    page.keyboard.press("Enter")
    expect(bar.locator("textarea:visible")).to_be_focused()
    page.keyboard.type("Still the same.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-new]")).to_contain_text("1 recorded as didn’t work.")
    assert [standing(fix).status for fix in waiting].count("applied_failed") == 1


def test_enter_on_a_box_is_no_answer_without_javascript(
    page_for: PageFor, engineer: User, waiting: list[SuggestedFix]
) -> None:
    page = page_for(engineer, java_script_enabled=False)
    page.goto("/pending/")
    box = page.locator(".pick[type=checkbox]").first
    box.check()
    page.locator("#bulk summary", has_text="It worked…").click()
    page.locator("#bulk details[open] textarea").fill("Seen by the client.")
    box.press("Enter")
    expect(page.locator("#bulk .error")).to_have_text("Choose an outcome. Nothing has been recorded.")
    assert {standing(fix).status for fix in waiting} == {"applied_pending"}


def test_every_page_asks_once_a_minute_how_many_wait(page_for: PageFor, engineer: User) -> None:
    page = page_for(engineer, timezone_id="Europe/Paris")  # a context of its own: its clock stays a stopped one
    page.clock.install()
    page.goto("/sessions/")
    expect(page.locator("#awaiting-count")).to_have_text("0")
    wait(engineer, 0, -HOUR)
    page.clock.run_for(59_000)
    expect(page.locator("#awaiting-count")).to_have_text("0")
    with page.expect_response("**/pending/counts*"):
        page.clock.run_for(1_000)
    page.clock.run_for(100)
    expect(page.locator("#awaiting-count")).to_have_text("1 · 1 overdue")
