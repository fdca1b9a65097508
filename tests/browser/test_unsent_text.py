"""Text that isn't sent yet: two tabs, two people, another selection, a new sign-in."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from accounts.tests.factories import PASSWORD
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession, Author, Message
from sessions.tests import acts
from tests.browser.conftest import Forgive
from tests.browser.sample_company import HOUR, waiting
from tests.browser.session_page import ask, open_fix, open_session, press, say, standing, stands

OFFER = "You left other text here, unsent:"


@pytest.fixture
def parked(session: AISession) -> SuggestedFix:
    return make_fix(session, Status.PENDING)


def sign_in_again(page: Page, person: User) -> None:
    page.get_by_label("Email").or_(page.get_by_label("E-mail")).fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def lose_the_answer(route: Route) -> None:
    """The server commits what was sent; then the connection is gone."""
    route.fetch(max_redirects=0, headers={**route.request.headers, "connection": "close"})
    route.abort()


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message")


def test_an_old_draft_is_offered_beside_a_colleagues_newer_reason_and_never_covers_it(
    page: Page, parked: SuggestedFix, senior: User
) -> None:
    open_fix(page, parked)
    ask(page, "Update reason").fill("My half-written reason.")
    newer = "They moved it to Friday."
    lifecycle.record(parked.pk, Status.PENDING, By(senior, Source.BANNER), notes=newer)
    page.reload()
    reason = ask(page, "Update reason")
    expect(reason).to_have_value(newer)
    offer = page.locator("#fix-banner .notice", has_text=OFFER)
    expect(offer).to_contain_text("My half-written reason.")
    offer.get_by_role("button", name="Use it").click()
    expect(reason).to_have_value("My half-written reason.")
    expect(offer).to_have_count(0)
    page.reload()
    expect(ask(page, "Update reason")).to_have_value("My half-written reason.")


def test_a_discarded_draft_is_gone(page: Page, parked: SuggestedFix, senior: User) -> None:
    open_fix(page, parked)
    ask(page, "Update reason").fill("My half-written reason.")
    lifecycle.record(parked.pk, Status.PENDING, By(senior, Source.BANNER), notes="Friday.")
    page.reload()
    ask(page, "Update reason")
    page.get_by_role("button", name="Discard it").click()
    page.reload()
    expect(ask(page, "Update reason")).to_have_value("Friday.")
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_fields_that_nobody_touched_show_what_the_server_has(page: Page, session: AISession) -> None:
    page.goto(f"/sessions/{session.pk}/edit/")
    page.get_by_label("Client").fill("Half a na")
    acts.edit(session.pk, {"title": "Outlook asks twice"})
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Outlook asks twice")
    expect(page.get_by_label("Client")).to_have_value("Half a na")


def test_what_one_tab_has_sent_goes_from_the_other(page: Page, session: AISession) -> None:
    open_session(page, session)
    composer(page).fill("The logs say 0x8004.")
    other = page.context.new_page()
    open_session(other, session)
    expect(composer(other)).to_have_value("The logs say 0x8004.")
    other.get_by_role("button", name="Send").click()
    expect(composer(other)).to_have_value("")
    expect(composer(page)).to_have_value("")
    page.reload()
    expect(composer(page)).to_have_value("")


def test_two_tabs_keep_their_different_texts(page: Page, session: AISession) -> None:
    open_session(page, session)
    other = page.context.new_page()
    open_session(other, session)
    composer(page).fill("From the first tab.")
    composer(other).fill("From the second tab.")
    for each, text in ((page, "From the first tab."), (other, "From the second tab.")):
        each.reload()
        expect(composer(each)).to_have_value(text)
    say(page, "From the first tab.")
    expect(composer(other)).to_have_value("From the second tab.")
    other.reload()
    expect(composer(other)).to_have_value("From the second tab.")


def test_texts_of_two_closed_tabs_are_both_there_in_the_next(page: Page, session: AISession) -> None:
    for text in ("From the first tab.", "From the second tab."):
        tab = page.context.new_page()
        open_session(tab, session)
        composer(tab).fill(text)
    first, second = page.context.pages[1:]
    first.close()
    second.close()
    open_session(page, session)
    expect(composer(page)).to_have_value("From the second tab.")
    for _ in range(2):
        expect(page.locator(".composer .notice")).to_contain_text("From the first tab.")
        page.reload()


def test_words_for_one_selection_are_not_recorded_on_another_and_ticks_survive_a_new_sign_in(
    page: Page, engineer: User
) -> None:
    fixes = [waiting(engineer, f"Reset machine {number}", -HOUR + timedelta(minutes=number)) for number in range(3)]
    page.goto("/pending/")
    boxes = [page.locator(f"#pick-{fix.pk}") for fix in fixes]
    boxes[0].check()
    page.locator("#bulk summary", has_text="Didn’t work").click()
    notes = page.locator("#bulk [name='applied_failed-notes']")
    notes.fill("Machine 0 is still dead.")
    page.keyboard.press("Escape")
    boxes[0].uncheck()
    boxes[1].check()
    boxes[2].check()
    page.locator("#bulk summary", has_text="Didn’t work").click()
    expect(notes).to_have_value("")
    notes.fill("Both are still dead.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Record as didn’t work").click()
    sign_in_again(page, engineer)
    page.wait_for_url("**/pending/**")
    assert [box.is_checked() for box in boxes] == [False, True, True]
    expect(notes).to_be_visible()
    expect(notes).to_have_value("Both are still dead.")
    page.get_by_role("button", name="Record as didn’t work").click()
    expect(page.locator(f"#row-{fixes[1].pk}")).to_have_count(0)
    assert [standing(fix).failure_reason for fix in fixes] == [None, "Both are still dead.", "Both are still dead."]


def test_a_message_whose_answer_was_lost_is_sent_once(page: Page, session: AISession, forgive: Forgive) -> None:
    open_session(page, session)
    page.route("**/messages/", lose_the_answer, times=1)
    composer(page).fill("The logs say 0x8004.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".composer [data-failure]")).to_have_text(
        "No answer came; it may have been sent. Your text is saved. Try again: it won’t be sent twice."
    )
    page.reload()
    expect(composer(page)).to_have_value("The logs say 0x8004.")
    page.get_by_role("button", name="Send").click()
    expect(composer(page)).to_have_value("")
    assert [each.author for each in Message.objects.filter(session=session)] == ["engineer", "assistant"]
    expect(page.locator("#thread .message")).to_have_count(2)
    forgive("ERR_FAILED", "htmx:afterRequest", "htmx:sendError")


def test_a_session_whose_answer_was_lost_is_started_once(page: Page, engineer: User, forgive: Forgive) -> None:
    page.goto("/sessions/new/")
    page.get_by_label("Title").fill("VPN drops")
    page.route("**/sessions/new/", lose_the_answer, times=1)
    page.get_by_role("button", name="Start session").click()
    page.wait_for_url("chrome-error://**")
    page.context.clear_cookies(name="messages")  # it came with the lost answer
    page.goto("/sessions/new/")
    expect(page.get_by_label("Title")).to_have_value("VPN drops")
    page.get_by_role("button", name="Start session").click()
    expect(page.get_by_role("heading", name="VPN drops")).to_be_visible()
    assert AISession.objects.filter(account=engineer.account, title="VPN drops").count() == 1


def test_an_outcome_whose_answer_was_lost_is_recorded_once(page: Page, session: AISession, forgive: Forgive) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    page.route("**/record", lose_the_answer, times=1)
    press(page, "It worked")
    expect(page.locator("#fix-banner [data-failure]")).to_contain_text("No answer came; it may have been recorded.")
    press(page, "It worked")
    stands(page, "success")
    expect(page.locator("#thread .event", has_text="Worked")).to_have_count(1)
    forgive("ERR_FAILED", "htmx:afterRequest", "htmx:sendError")


def test_an_answer_brings_what_a_colleague_did_meanwhile(page: Page, session: AISession, senior: User) -> None:
    fix = make_fix(session, applied=True)
    open_fix(page, fix)
    acts.post(session.pk, Author.ENGINEER, "I am at the site.", user=senior)
    lifecycle.record(fix.pk, Status.PENDING, By(senior, Source.BANNER), notes="A reboot.")
    say(page, "Still here.")
    stands(page, "pending")
    expect(page.locator("#thread > :last-child")).to_contain_text("Still here.")
    expect(page.locator("#thread .message")).to_have_count(2)
    say(page, "Again.")
    expect(page.locator("#thread .message")).to_have_count(3)
