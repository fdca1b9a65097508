"""The life of a fix in its banner without JavaScript: forms, links and pages."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import PASSWORD
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from tests.browser.conftest import PageFor
from tests.browser.session_page import answer, ask, history, open_fix, press, standing, stands


@pytest.fixture
def page(page_for: PageFor, engineer: User) -> Page:
    return page_for(engineer, java_script_enabled=False)


def test_somebody_signs_in_parks_a_fix_until_it_can_be_verified_and_records_that_it_worked(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    fix = make_fix(session)
    page = page_for(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Email").fill(engineer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=session.title).click()
    stands(page, "proposed")
    press(page, "Mark as applied")
    stands(page, "verifying")
    expect(page).to_have_url(f"/sessions/{session.pk}/#fix-banner")
    expect(page.get_by_role("status").filter(has_text="Marked as applied. Did it work?")).to_be_visible()

    ask(page, "Waiting to verify…").fill("The client’s power cycle at lunch.")
    page.get_by_label("Tomorrow").check()
    press(page, "Record as waiting")
    expect(stands(page, "pending")).to_contain_text("The client’s power cycle at lunch.")
    ask(page, "Update reason or time…").fill("They reboot tonight.")
    press(page, "Save")
    expect(stands(page, "pending")).to_contain_text("They reboot tonight.")
    press(page, "It worked")
    stands(page, "success")
    press(page, "Undo")
    expect(stands(page, "pending")).to_contain_text("tomorrow 09:00")
    assert [action for action, *_ in history(fix)] == ["apply", "record", "record", "record", "reopen"]


def test_other_answers_a_reopening_by_somebody_else_and_a_message(
    page: Page, page_for: PageFor, session: AISession, senior: User
) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    answer(page, "Partly worked…", "Outlook is quiet, Teams is not.", "Record as partly worked")
    stands(page, "partial")
    answer(page, "Didn’t work", "It asks again.", "Record as didn’t work")
    stands(page, "failed")
    page.get_by_role("textbox", name="Message").fill("Back to `start`.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#thread .message code")).to_have_text("start")

    colleagues = page_for(senior, java_script_enabled=False)
    open_fix(colleagues, fix)
    answer(colleagues, "Reopen…", "The client had not rebooted yet.", "Reopen")
    stands(colleagues, "partial")
    press(colleagues, "Dismiss this fix")
    stands(colleagues, "dismissed")
    assert [(action, status) for action, status, _ in history(fix)][1:] == [
        ("record", "applied_partial"),
        ("record", "applied_failed"),
        ("reopen", "applied_partial"),
        ("record", "dismissed"),
    ]


def test_what_flowpilot_thinks_is_set_aside_or_confirmed_in_other_words(page: Page, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    copilot = By(None, Source.COPILOT)
    lifecycle.propose(fix.pk, Status.SUCCESS, "Maya says so.", copilot)
    open_fix(page, fix)
    press(page, "That’s wrong")
    stands(page, "verifying")
    lifecycle.propose(fix.pk, Status.PENDING, "AD replication isn’t through yet.", copilot)
    open_fix(page, fix)
    ask(page, "Confirm…").fill("AD replication, until 15:00.")
    press(page, "Confirm")
    expect(stands(page, "pending")).to_contain_text("AD replication, until 15:00.")


def test_a_script_is_read_and_noted_as_run(page: Page, session: AISession) -> None:
    fix = make_fix(session, ai_drafted_script="Restart-Service Outlook")
    banner = open_fix(page, fix)
    banner.get_by_text("Script drafted by FlowPilot").click()
    expect(banner.locator(".code")).to_be_visible()
    expect(banner.get_by_role("button", name="Copy")).to_be_hidden()
    banner.get_by_role("button", name="I ran this").click()
    stands(page, "verifying")


def test_a_refused_form_comes_back_filled_on_the_whole_page(page: Page, session: AISession) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    ask(page, "Waiting to verify…").fill("The licence sync.")
    page.get_by_label("Pick a time…").check()
    with page.expect_response(lambda response: response.request.method == "POST") as refused:
        press(page, "Record as waiting")
    assert refused.value.status == 422
    expect(page.get_by_text("Pick a date and time, or choose “No check-by time”.")).to_be_visible()
    expect(page.locator("#fix-banner textarea")).to_have_value("The licence sync.")
    expect(page.locator("h1")).to_have_text(session.title)
    assert standing(fix).status == "proposed"
    page.get_by_label("In 1 hour").check()
    press(page, "Record as waiting")
    stands(page, "pending")


def test_a_lost_race_shows_the_others_answer_above_the_filled_form(
    page: Page, session: AISession, senior: User
) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    ask(page, "Partly worked…").fill("Half of them.")
    lifecycle.record(fix.pk, Status.PENDING, By(senior, Source.BANNER), notes="They reboot tonight.")
    with page.expect_response(lambda response: response.request.method == "POST") as refused:
        press(page, "Record as partly worked")
    assert refused.value.status == 409
    expect(page.locator("#fix-banner .notice")).to_contain_text("Sam recorded an outcome while you were writing")
    expect(page.locator("#fix-banner textarea")).to_have_value("Half of them.")
    press(page, "Record mine anyway")
    expect(stands(page, "partial")).to_contain_text("Half of them.")
