"""What we know, in a real browser: by mouse, by keyboard, by touch and without scripts."""

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from fixes.tests.factories import make_fix
from sessions import facts
from sessions.models import AISession, Author, Fact
from sessions.tests import acts
from tests.browser.conftest import PHONE, PageFor
from tests.browser.session_page import open_session, say
from tests.browser.test_unsent_text import sign_in_again

WIDE = {"width": 1440, "height": 900}
ALL = AISession.objects.all()


@pytest.fixture
def spoken(session: AISession) -> AISession:
    for words in ("Outlook asks every 30 seconds. Webmail works, phone works.", "The sign-in window flashes up."):
        acts.post(session.pk, Author.ENGINEER, words, user=session.owner)
    return session


@pytest.fixture
def fact(spoken: AISession) -> Fact:
    return facts.add(spoken.pk, "Webmail works.", "question", user=spoken.owner, source=1, sessions=ALL)


@pytest.fixture
def page(page_for: PageFor, engineer: User) -> Page:
    return page_for(engineer, viewport=WIDE)


def known(page: Page) -> Locator:
    return page.locator("#known")


def field(page: Page) -> Locator:
    return page.locator("#fact-text")


def select(page: Page, words: str) -> None:
    """Select words of the first message."""
    page.locator("#message-1 .message-body p").evaluate(
        """(paragraph, words) => {
          const start = paragraph.firstChild.data.indexOf(words);
          getSelection().setBaseAndExtent(paragraph.firstChild, start, paragraph.firstChild, start + words.length);
        }""",
        words,
    )


def promote(page: Page, number: int = 1) -> None:
    page.locator(f"#message-{number}").hover()
    page.locator(f"#message-{number} .quiet-tools").click()
    expect(field(page)).to_be_focused()


def test_selected_words_become_a_fact_with_its_source(page: Page, spoken: AISession) -> None:
    open_session(page, spoken)
    select(page, "Webmail works")
    promote(page)
    expect(field(page)).to_have_value("Webmail works")
    expect(known(page)).to_contain_text("From your message")
    known(page).get_by_label("Checked").check()
    known(page).get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#announcer")).to_have_text("Fact added.")
    fact = Fact.objects.get(session=spoken)
    assert (fact.text, fact.kind, fact.source_message and fact.source_message.sequence) == (
        *("Webmail works", "diagnostic_check"),
        1,
    )
    expect(page.locator(f"#fact-{fact.pk}")).to_be_focused()
    expect(known(page).locator("h2")).to_have_text("What we know 1")
    expect(page.locator("#message-1 .quiet-tools")).not_to_have_attribute("aria-busy", "true")


def test_the_source_leads_to_the_message(page: Page, fact: Fact) -> None:
    open_session(page, fact.session)
    page.locator(f"#fact-{fact.pk} .meta > a").click()
    expect(page).to_have_url(f"/sessions/{fact.session_id}/#message-1")
    expect(page.locator("#message-1")).to_be_in_viewport()


def test_removing_leaves_undo_in_its_place(page: Page, fact: Fact) -> None:
    open_session(page, fact.session)
    page.locator(f"#fact-{fact.pk}").hover()
    page.get_by_role("button", name="Remove: Webmail works.").click()
    undo = page.locator(f"#fact-{fact.pk}").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Fact removed. You can undo this.")
    undo.click()
    expect(page.locator(f"#fact-{fact.pk}")).to_be_focused()
    expect(page.locator(f"#fact-{fact.pk}")).to_contain_text("Asked")


def test_by_keyboard_alone(page: Page, fact: Fact) -> None:
    open_session(page, fact.session)
    edit = page.get_by_role("link", name="Edit: Webmail works.")
    edit.focus()
    expect(page.locator(f"#fact-{fact.pk} .quiet-tools")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_count(0)
    edit.focus()
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Webmail asks.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#fact-{fact.pk}")).to_be_focused()
    fact.refresh_from_db()
    assert fact.text == "Webmail asks."


def test_what_a_colleague_changed_is_shown_above_what_i_typed(page: Page, fact: Fact, senior: User) -> None:
    open_session(page, fact.session)
    page.locator(f"#fact-{fact.pk}").hover()
    page.get_by_role("link", name="Edit: Webmail works.").click()
    field(page).fill("Mine.")
    facts.change(fact.session_id, fact.pk, {"text": "Theirs."}, user=senior, sessions=ALL)
    known(page).get_by_role("button", name="Save").click()
    expect(known(page).get_by_role("alert")).to_contain_text("Sam changed this fact while you were editing")
    expect(field(page)).to_have_value("Mine.")
    known(page).get_by_role("button", name="Save mine anyway").click()
    expect(page.locator(f"#fact-{fact.pk}")).to_contain_text("Mine.")


def test_a_form_that_is_being_filled_in_stays_when_facts_arrive(page: Page, fact: Fact, senior: User) -> None:
    open_session(page, fact.session)
    known(page).get_by_role("link", name="Add a fact").click()
    field(page).fill("Half a thought")
    facts.add(fact.session_id, "Theirs.", "question", user=senior, sessions=ALL)
    say(page, "Still here.")
    expect(field(page)).to_have_value("Half a thought")
    known(page).get_by_role("button", name="Add", exact=True).click()
    expect(known(page)).to_contain_text("Theirs.")
    expect(known(page)).to_contain_text("Half a thought")


def test_what_was_typed_survives_a_new_sign_in(page: Page, spoken: AISession, engineer: User) -> None:
    open_session(page, spoken)
    promote(page, 2)
    field(page).fill("Half a thought")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    known(page).get_by_role("button", name="Add", exact=True).click()
    sign_in_again(page, engineer)
    expect(field(page)).to_have_value("Half a thought")
    expect(known(page)).to_contain_text("From your message")


def test_in_a_small_window_a_message_opens_the_drawer(page_for: PageFor, engineer: User, spoken: AISession) -> None:
    page = page_for(engineer, viewport={"width": 1000, "height": 700})
    make_fix(spoken)
    open_session(page, spoken)
    expect(known(page)).not_to_be_visible()
    promote(page)
    field(page).fill("Webmail works.")
    known(page).get_by_role("button", name="Add", exact=True).click()
    expect(known(page)).to_contain_text("Noted")
    known(page).locator(".meta > a").click()
    expect(known(page)).not_to_be_visible()
    expect(page.locator("#message-1")).to_be_in_viewport()


def test_by_touch_the_facts_tools_are_there(page_for: PageFor, engineer: User, fact: Fact) -> None:
    page = page_for(engineer, viewport=PHONE, has_touch=True, is_mobile=True)
    open_session(page, fact.session)
    page.get_by_role("button", name="What we know").tap()
    tools = page.locator(f"#fact-{fact.pk} .quiet-tools")
    expect(tools).to_have_css("opacity", "1")
    for control in tools.locator("a, button").all():
        box = control.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    tools.get_by_role("button", name="Remove").tap()
    page.locator(f"#fact-{fact.pk}").get_by_role("button", name="Undo").tap()
    expect(page.locator(f"#fact-{fact.pk}")).to_contain_text("Asked")


@pytest.mark.parametrize("width", [1440, 800, 360])
def test_without_scripts_all_of_it_works(page_for: PageFor, engineer: User, spoken: AISession, width: int) -> None:
    page = page_for(engineer, viewport={"width": width, "height": 800}, java_script_enabled=False)
    open_session(page, spoken)
    page.goto(page.locator("#message-1 .quiet-tools").get_attribute("href") or "")
    known(page).get_by_role("button", name="Add", exact=True).click()
    expect(known(page)).to_contain_text("Write what you know.")
    field(page).fill("Webmail works.")
    known(page).get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Fact added.")).to_be_visible()
    row = known(page).locator("li")
    row.hover()
    row.get_by_role("link", name="Edit").click()
    field(page).fill("Webmail asks.")
    known(page).get_by_role("button", name="Save").click()
    expect(row).to_contain_text("Webmail asks.")
    row.hover()
    row.get_by_role("button", name="Remove").click()
    row.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Noted")
