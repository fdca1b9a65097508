"""What the session page owes to eyes, ears and small windows."""

from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author
from sessions.tests import acts
from tests.browser.conftest import PHONE, PageFor
from tests.browser.session_page import answer, ask, open_fix, open_session, press, say, stands

GAP = """() => document.querySelector(".dock").getBoundingClientRect().top
  - document.querySelector("#thread").lastElementChild.getBoundingClientRect().bottom"""
"""Pixels between the last message and the dock."""


def test_what_is_done_is_announced_outside_the_banner_and_said_by_the_tab(page: Page, session: AISession) -> None:
    fix = make_fix(session)
    open_fix(page, fix)
    announcer = page.locator("#announcer")
    ticket = f"{session.title} · {session.ticket_ref} · ResolutionFlow"
    expect(page).to_have_title(f"Suggested fix · {ticket}")
    press(page, "Mark as applied")
    expect(announcer).to_have_text("Marked as applied. Did it work?")
    expect(page).to_have_title(f"Did it work? · {ticket}")
    answer(page, "Waiting to verify…", "The power cycle.", "Record as waiting")
    expect(announcer).to_have_text("Recorded: awaiting verification.")
    expect(page).to_have_title(f"Awaiting verification · {ticket}")
    say(page, "They called.")
    expect(announcer).to_have_text("Message sent.")
    assert announcer.evaluate("element => element.ariaLive") == "polite"


def test_the_tab_says_that_the_banner_asks_again(page: Page, session: AISession) -> None:
    open_fix(page, make_fix(session, applied=True))
    for words in ("One.", "Two.", "Three."):
        say(page, words)
    stands(page, "nudge")
    expect(page).to_have_title(f"Still open: did it work? · {session.title} · {session.ticket_ref} · ResolutionFlow")


def test_the_first_message_takes_the_place_of_the_empty_conversations_words(page: Page, session: AISession) -> None:
    open_session(page, session)
    expect(page.locator(".thread-empty")).to_be_visible()
    expect(page).to_have_title(f"{session.title} · {session.ticket_ref} · ResolutionFlow")
    say(page, "It started on Monday.")
    expect(page.locator(".thread-empty")).to_have_count(0)


def test_at_the_end_of_the_conversation_the_dock_never_covers_the_last_message(
    page: Page, page_for: PageFor, engineer: User, session: AISession
) -> None:
    for number in range(12):
        acts.post(session.pk, Author.ENGINEER, f"Note {number}. " + "More words. " * 40, user=engineer)
    fix = make_fix(session, applied=True)
    for each in (page, page_for(engineer, viewport=PHONE)):
        open_fix(each, fix)
        expect(each.locator("#thread > :last-child")).to_be_in_viewport()
        assert each.evaluate(GAP) >= 0
        ask(each, "Waiting to verify…")
        each.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert each.evaluate(GAP) >= 0
        expect(each.get_by_role("button", name="Record as waiting")).to_be_in_viewport()


def test_the_page_stays_where_it_is_while_a_form_opens(page: Page, session: AISession) -> None:
    for number in range(12):
        acts.post(session.pk, Author.ENGINEER, f"Note {number}. " + "More words. " * 40, user=session.owner)
    open_fix(page, make_fix(session, applied=True))
    expect(page.locator("#thread > :last-child")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 300)")
    for key in ("b", "Tab", "Tab", "Tab", "p"):
        page.keyboard.press(key)
        assert page.evaluate("scrollY") == 300
    expect(page.locator("#fix-banner textarea")).to_be_focused()
    assert page.evaluate("scrollY") == 300
    press(page, "Cancel")
    stands(page, "verifying")
    ask(page, "Didn’t work")
    assert page.evaluate("scrollY") == 300


def test_the_banner_slides_in_once_and_not_at_all_where_people_asked_for_calm(
    page: Page, page_for: PageFor, engineer: User, session: AISession
) -> None:
    fix = make_fix(session)
    moves = "element => { const s = getComputedStyle(element); return [s.animationName, s.animationDuration]; }"
    assert open_fix(page, fix).evaluate(moves)[0] == "none"
    lively = page_for(engineer, reduced_motion="no-preference")
    assert open_fix(lively, fix).evaluate(moves) == ["arrive", "0.32s"]
    press(lively, "Mark as applied")
    assert stands(lively, "verifying").evaluate(moves)[0] == "none"


def test_a_collapsed_banner_stays_so_until_it_has_something_new_to_say(page: Page, session: AISession) -> None:
    banner = open_fix(page, make_fix(session, Status.PENDING))
    body = banner.locator(".banner-body")
    banner.locator(".banner-head").click()
    expect(body).to_be_hidden()
    page.reload()
    expect(body).to_be_hidden()
    page.keyboard.press("b")
    page.keyboard.press("w")
    expect(body).to_be_visible()
    page.keyboard.press("w")
    stands(page, "success")
    expect(body).to_be_visible()


def test_opening_a_form_keeps_the_last_message_in_view(
    page: Page, page_for: PageFor, engineer: User, session: AISession
) -> None:
    for number in range(12):
        acts.post(session.pk, Author.ENGINEER, f"Note {number}. " + "More words. " * 40, user=engineer)
    fix = make_fix(session, applied=True)
    for each in (page, page_for(engineer, viewport=PHONE)):
        open_fix(each, fix)
        ask(each, "Partly worked…")
        expect(each.locator("#thread > :last-child")).to_be_in_viewport()
        assert each.evaluate(GAP) >= 0


def test_on_a_phone_a_session_opens_with_its_head_and_its_last_message_in_view(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    for number in range(12):
        acts.post(session.pk, Author.ENGINEER, f"Note {number}. " + "More words. " * 40, user=engineer)
    page = page_for(engineer, viewport=PHONE)
    open_session(page, session)
    expect(page.get_by_role("heading", name=session.title)).to_be_in_viewport()
    expect(page.locator("#thread > :last-child")).to_be_in_viewport()


def test_the_sessions_menu_opens_above_the_dock_in_a_small_window(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    page = page_for(engineer, viewport={"width": 360, "height": 520})
    open_fix(page, make_fix(session, Status.PENDING))
    page.locator("#session-head summary", has_text="More").click()
    page.get_by_role("button", name="Abandon").click()
    expect(page.get_by_text("Session abandoned.")).to_be_visible()
    page.locator("#session-head button", has_text="Undo").click()
    expect(page.locator("#session-head .state")).to_have_text("Active")


def test_reopening_begins_in_the_field_for_the_reason(page: Page, session: AISession) -> None:
    acts.edit(session.pk, {"status": "abandoned"})
    open_session(page, session)
    page.locator("#session-head summary", has_text="Reopen…").click()
    expect(page.get_by_label("Why are you reopening it?")).to_be_focused()
    page.keyboard.type("It came back.")
    button = page.get_by_role("button", name="Reopen session")
    assert button.evaluate("element => getComputedStyle(element).justifyContent") == "center"
    button.click()
    expect(page.get_by_text("Session reopened.")).to_be_visible()


def test_a_new_session_begins_in_the_composer(page: Page) -> None:
    page.goto("/sessions/new/")
    page.get_by_label("Title").fill("VPN drops")
    page.get_by_role("button", name="Start session").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_after_an_empty_message_the_focus_is_in_the_field(page: Page, session: AISession) -> None:
    open_session(page, session)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#content-error")).to_have_text("Write something first.")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_on_paper_times_are_absolute(page: Page, session: AISession) -> None:
    open_session(page, session)
    page.emulate_media(media="print")
    started = page.locator("#session-head time")
    printed = "element => [getComputedStyle(element).fontSize, getComputedStyle(element, '::after').content]"
    assert started.evaluate(printed) == ["0px", f'"{started.get_attribute("title")}"']


def test_fields_are_large_enough_for_phones_not_to_zoom_in(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    page = page_for(engineer, viewport=PHONE, has_touch=True, is_mobile=True)
    open_session(page, session)
    size = "element => getComputedStyle(element).fontSize"
    assert page.get_by_role("textbox", name="Message").evaluate(size) == "16px"
    page.goto("/sessions/new/")
    assert page.get_by_label("Title").evaluate(size) == "16px"


def test_the_button_of_the_lane_says_how_many_more_fixes_wait(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    make_fix(session, Status.PENDING)
    fix = make_fix(session, title="Rebuild the profile")
    page = page_for(engineer, viewport=PHONE)
    open_fix(page, fix)
    expect(page.locator("#session-head .lane-open")).to_have_text("What we know · 1 waiting")
