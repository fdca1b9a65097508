"""The bell in a real browser: with the keyboard alone, without JavaScript, on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import by
from flowpilot import answers
from flowpilot.models import AnswerState
from flowpilot.tests.answers import claimed
from sessions import notices
from sessions.notices import notify
from sessions.tests.factories import SessionFactory
from tests.browser.conftest import PHONE, PageFor
from tests.browser.sample_company import HOUR, waiting


@pytest.fixture
def late(engineer: User) -> SuggestedFix:
    """A check of the engineer's that is overdue, of which a notice has told."""
    fix = waiting(engineer, "Replace the disk in bay 5", -HOUR, ticket_ref="CW-61022")
    notify(engineer, "check_due", fix.session, quote=fix.title, subject=fix.pk)
    return fix


def open_bell(page: Page) -> None:
    page.locator("#bell > summary").click()
    expect(page.locator("#bell-list .notices-list").first).to_be_visible()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText")).strip()


def test_by_keyboard_alone(page: Page, engineer: User, late: SuggestedFix) -> None:
    page.goto("/sessions/")
    expect(page.locator("#bell-count")).to_contain_text("Notices, 1 new, 1 overdue")
    page.keyboard.press("n")
    expect(page.locator("#bell-list").get_by_text("overdue 1 h")).to_be_visible()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached[:3] == ["Mark all as read", "Replace the disk in bay 5", "Record outcome"]
    assert reached[3].startswith("Snooze")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith("In 1 hour")
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("Snoozed until")
    assert focused(page) == "Notices"
    expect(page.locator("#bell-count")).to_have_text("Notices")
    late.refresh_from_db()
    assert late.follow_up_at is not None
    assert late.follow_up_at > timezone.now() + timedelta(minutes=59)
    page.keyboard.press("Escape")
    expect(page.locator("#bell-list")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#bell > summary')")


def test_an_opened_notice_is_read_and_leads_to_the_session(page: Page, engineer: User) -> None:
    session = SessionFactory(owner=engineer, ticket_ref="CW-61170")
    answer = claimed(session)
    answers.fail(answer, "The model’s server refused three times.")
    page.goto("/sessions/")
    open_bell(page)
    page.get_by_role("link", name="FlowPilot couldn’t answer in CW-61170").click()
    expect(page.locator(f"#answer-{answer.pk}")).to_be_in_viewport()
    assert page.url.endswith(f"/sessions/{session.pk}/?message={answer.message.sequence}#answer-{answer.pk}")
    expect(page.locator("#bell-count")).to_have_text("Notices")


def test_an_answer_is_tried_again_from_the_bell(page: Page, engineer: User) -> None:
    answer = claimed(SessionFactory(owner=engineer))
    answers.fail(answer, "The model’s server refused three times.")
    page.goto("/sessions/")
    open_bell(page)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url(f"**/sessions/{answer.session_id}/#composer")
    answer.refresh_from_db()
    assert answer.state == AnswerState.DONE
    assert notices.unread_count(engineer) == 0


def test_all_are_marked_as_read(page: Page, engineer: User, late: SuggestedFix) -> None:
    page.goto(f"/sessions/{late.session_id}/")
    open_bell(page)
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
    expect(page.locator("#bell-count")).to_contain_text("Notices, 1 overdue")
    assert focused(page) == "Notices"


def test_the_list_is_fresh_each_time(page: Page, engineer: User, late: SuggestedFix) -> None:
    page.goto("/sessions/")
    open_bell(page)
    page.keyboard.press("Escape")
    lifecycle.record(late.pk, "applied_success", by(engineer))
    page.locator("#bell > summary").click()
    expect(page.locator("#bell-list")).to_contain_text("Earlier")
    expect(page.locator("#bell-list")).not_to_contain_text("Checks due")


def test_an_act_elsewhere_on_the_page_is_seen_in_the_count(page: Page, engineer: User, late: SuggestedFix) -> None:
    page.goto(f"/sessions/{late.session_id}/")
    page.get_by_role("button", name="It worked", exact=True).click()
    expect(page.locator("#bell-count")).to_have_text("Notices")


def test_a_snooze_of_what_somebody_answered_is_refused_in_place(page: Page, engineer: User, late: SuggestedFix) -> None:
    page.goto("/sessions/")
    open_bell(page)
    lifecycle.record(late.pk, "applied_success", by(engineer))
    page.get_by_text("Snooze").click()
    page.get_by_role("button", name="Tomorrow").click()
    expect(page.locator("#bell-list [role=alert]")).to_contain_text("Someone changed this fix")
    expect(page.locator("#bell-list")).not_to_contain_text("Snooze")


def test_without_javascript(page_for: PageFor, engineer: User, late: SuggestedFix) -> None:
    page = page_for(engineer, java_script_enabled=False)
    page.goto("/sessions/")
    page.locator("#bell > summary").click()
    page.get_by_role("link", name="All notices").click()
    expect(page.get_by_role("heading", name="Checks due")).to_be_visible()
    page.locator("main").get_by_text("Snooze").click()
    page.get_by_role("button", name="In 1 hour").click()
    expect(page.get_by_text("Snoozed until")).to_be_visible()
    expect(page.get_by_role("heading", name="Checks due")).to_be_visible()  # due within the hour
    notify(engineer, "check_due", late.session)
    page.reload()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("All notices marked as read.")).to_be_visible()
    assert notices.unread_count(engineer) == 0


def test_on_a_phone_it_fills_the_window(page_for: PageFor, engineer: User, late: SuggestedFix) -> None:
    page = page_for(engineer, viewport=PHONE, has_touch=True)
    page.goto(f"/sessions/{late.session_id}/")
    open_bell(page)
    box, bar = page.locator("#bell-list").bounding_box(), page.locator(".topbar").bounding_box()
    assert box
    assert bar
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, PHONE["width"], PHONE["height"])
    assert abs(box["y"] - bar["height"]) <= 1
    page.get_by_text("Snooze").click()
    menu = page.get_by_role("button", name="In 1 hour").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= PHONE["width"]
