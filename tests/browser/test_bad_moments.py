"""What goes wrong while somebody answers: nothing typed is lost, nothing is recorded twice or unsaid."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from accounts.tests.factories import PASSWORD
from fixes.models import SuggestedFix
from fixes.tests.factories import make_fix
from sessions.models import AISession
from tests.browser.conftest import Forgive, PageFor
from tests.browser.session_page import answer, ask, history, open_fix, press, say, standing, stands

NO_CONNECTION = ("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
"""What Chromium and htmx note of it in the console."""


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    """Applied, so that its banner asks whether it worked."""
    return make_fix(session, applied=True)


def test_a_refused_answer_comes_back_as_typed_with_the_error_beside_its_field(page: Page, fix: SuggestedFix) -> None:
    open_fix(page, fix)
    reason = ask(page, "Waiting to verify…")
    reason.fill("   ")
    with page.expect_response("**/record") as refused:
        press(page, "Record as waiting")
    assert refused.value.status == 422
    expect(page.locator("#fix-banner .field .error")).to_have_text(
        "Say what you’re waiting on. Nothing has been recorded yet."
    )
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description(
        "The next person to look reads this first. Say what you’re waiting on. Nothing has been recorded yet."
    )
    reason.fill("The licence sync.")
    page.get_by_label("Pick a time…").check()
    page.get_by_label("Date and time").fill("2020-01-01T09:00")
    press(page, "Record as waiting")
    expect(page.get_by_text("This time has passed. Pick a later one.")).to_be_visible()
    expect(reason).to_have_value("The licence sync.")
    expect(page.get_by_label("Date and time")).to_have_value("2020-01-01T09:00")
    assert history(fix) == [("apply", "proposed", None)]
    page.get_by_label("No check-by time").check()
    press(page, "Record as waiting")
    stands(page, "pending")


def test_a_refused_field_that_was_pulled_larger_breaks_no_rule_of_the_content_security_policy(
    page: Page, fix: SuggestedFix
) -> None:
    open_fix(page, fix)
    field = ask(page, "Partly worked…")
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] + 40)
    page.mouse.up()
    assert field.get_attribute("style")
    press(page, "Record as partly worked")
    expect(page.locator("#fix-banner .error")).to_be_visible()


def test_a_lost_race_shows_the_others_answer_above_the_filled_form_and_records_mine_anyway(
    page: Page, page_for: PageFor, fix: SuggestedFix, senior: User
) -> None:
    open_fix(page, fix)
    before = page.locator("#thread .event").count()
    ask(page, "Partly worked…").fill("Half of them.")
    colleagues = page_for(senior)
    open_fix(colleagues, fix)
    answer(colleagues, "Waiting to verify…", "They reboot tonight.", "Record as waiting")
    stands(colleagues, "pending")

    press(page, "Record as partly worked")
    notice = page.locator("#fix-banner .notice")
    expect(notice).to_contain_text("Sam recorded an outcome while you were writing")
    expect(notice).to_contain_text("They reboot tonight.")
    expect(page.locator("#fix-banner textarea")).to_have_value("Half of them.")
    told = page.locator("#thread .event")
    expect(told).to_have_count(before + 1)
    expect(told.last).to_contain_text("Sam marked it as awaiting verification")
    expect(page).to_have_title(re.compile("^Awaiting verification · "))
    assert standing(fix).status == "applied_pending"
    press(page, "Record mine anyway")
    expect(stands(page, "partial")).to_contain_text("Half of them.")
    assert [status for _, status, _ in history(fix)] == ["proposed", "applied_pending", "applied_partial"]


def test_what_a_verdict_has_overtaken_can_be_read_but_not_recorded(
    page: Page, page_for: PageFor, fix: SuggestedFix, senior: User
) -> None:
    open_fix(page, fix)
    ask(page, "Partly worked…").fill("Half of them.")
    colleagues = page_for(senior)
    open_fix(colleagues, fix)
    press(colleagues, "It worked")
    stands(colleagues, "success")
    press(page, "Record as partly worked")
    expect(stands(page, "success").get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("This can no longer be recorded.")).to_be_visible()
    expect(page.get_by_label("What you wrote")).to_have_value("Half of them.")
    expect(page.get_by_role("button", name="Record mine anyway")).to_have_count(0)
    assert standing(fix).status == "applied_success"


def test_a_double_click_records_once(page: Page, fix: SuggestedFix) -> None:
    open_fix(page, fix)
    page.get_by_role("button", name="It worked").dblclick()
    expect(stands(page, "success").get_by_role("alert")).to_have_count(0)
    expect(page.locator("#thread .event", has_text="recorded that it worked")).to_have_count(1)
    assert [action for action, *_ in history(fix)] == ["apply", "record"]


def test_without_a_connection_the_words_are_kept_and_a_retry_records_them(
    page: Page, fix: SuggestedFix, forgive: Forgive
) -> None:
    open_fix(page, fix)
    reason = ask(page, "Didn’t work")
    reason.fill("It asks again.")
    page.context.set_offline(True)
    press(page, "Record as didn’t work")
    failure = page.locator("#fix-banner [data-failure]")
    expect(failure).to_have_text("Not recorded: no connection. Your text is saved. Try again.")
    expect(reason).to_have_value("It asks again.")
    page.context.set_offline(False)
    press(page, "Record as didn’t work")
    expect(stands(page, "failed")).to_contain_text("It asks again.")
    expect(failure).to_have_count(0)
    forgive(*NO_CONNECTION)


def test_without_a_connection_a_message_is_kept_too(page: Page, fix: SuggestedFix, forgive: Forgive) -> None:
    open_fix(page, fix)
    composer = page.get_by_role("textbox", name="Message")
    composer.fill("The logs say 0x8004.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".composer [data-failure]")).to_contain_text("Not sent: no connection. Your text is saved.")
    page.context.set_offline(False)
    expect(composer).to_have_value("The logs say 0x8004.")
    page.reload()
    expect(composer).to_have_value("The logs say 0x8004.")
    say(page, "The logs say 0x8004.")
    page.reload()
    expect(composer).to_have_value("")
    forgive(*NO_CONNECTION)


def test_when_the_sign_in_expires_in_the_middle_of_a_note_one_signs_in_and_finds_it_again(
    page: Page, fix: SuggestedFix, engineer: User
) -> None:
    open_fix(page, fix)
    ask(page, "Partly worked…").fill("Outlook is quiet, Teams is not.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Record as partly worked")
    expect(page.get_by_text("You’ve been signed out.")).to_be_visible()
    page.get_by_label("Email").fill(engineer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert standing(fix).status == "proposed"
    expect(page.locator("#fix-banner .stack textarea")).to_have_value("Outlook is quiet, Teams is not.")
    press(page, "Record as partly worked")
    stands(page, "partial")


def test_what_is_typed_survives_a_reload_until_it_is_recorded(page: Page, fix: SuggestedFix) -> None:
    open_fix(page, fix)
    ask(page, "Waiting to verify…").fill("The licence sync.")
    page.get_by_label("No check-by time").check()
    page.reload()
    expect(ask(page, "Waiting to verify…")).to_have_value("The licence sync.")
    expect(page.get_by_label("No check-by time")).to_be_checked()
    press(page, "Record as waiting")
    stands(page, "pending")
    press(page, "Update reason or time…")
    expect(page.get_by_label("In 1 hour")).to_be_checked()


def test_while_the_answer_is_slow_the_pressed_button_is_busy_and_the_others_wait(page: Page, fix: SuggestedFix) -> None:
    held: list[Route] = []
    page.route("**/record", lambda route: held.append(route))
    open_fix(page, fix)
    worked = page.get_by_role("button", name="It worked")
    worked.click()
    expect(worked).to_have_attribute("aria-busy", "true")
    expect(page.locator("#fix-banner").get_by_role("link", name="Didn’t work")).to_have_attribute(
        "aria-disabled", "true"
    )
    worked.click(force=True)
    page.get_by_role("link", name="Didn’t work").click(force=True)
    assert len(held) == 1
    held[0].continue_()
    stands(page, "success")
    expect(page.locator("[aria-busy], [data-held], [data-busy]")).to_have_count(0)
