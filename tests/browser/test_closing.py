"""A session is resolved and escalated in the browser: with JavaScript, without it, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.lifecycle import By
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions import facts
from sessions.models import AISession
from sessions.tests.test_windows import write
from tests.browser.closing_page import open_closing, post, redrawn
from tests.browser.conftest import PageFor
from tests.browser.session_page import open_session, press, stands
from tickets.models import Draft

POSTS = "Posts the note and resolves the session {}."

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def waiting(session: AISession) -> AISession:
    make_fix(session, Status.PENDING, title="Register the sign-in broker again")
    return session


def test_from_the_banner_to_a_verified_note_with_its_addendum(page: Page, waiting: AISession) -> None:
    open_session(page, waiting)
    page.locator(".session-head").get_by_role("link", name="Resolve…").click()
    expect(page.get_by_role("radio", name="Provisional: still awaiting")).to_be_checked()
    expect(page.locator(".foot p")).to_have_text(POSTS.format("as provisional"), use_inner_text=True)
    page.get_by_label("What was the cause?").fill("The broker was not registered.")
    redrawn(page, "The broker was not registered.")
    expect(page.locator("#announcer")).to_have_text("Note updated.")
    post(page)
    expect(page.get_by_text("Note posted. You resolved the session as provisional.")).to_be_visible()
    expect(page.locator(".posted")).to_contain_text("The broker was not registered.")
    expect(page.locator("#composer")).to_contain_text("This session is resolved.")

    press(page, "It worked")
    banner = page.locator("#fix-banner")
    expect(banner).to_contain_text("The resolution note still says provisional. Add this below it?")
    expect(page.locator("#texts")).to_contain_text("offered, not posted")
    banner.get_by_role("button", name="Post addendum").click()
    expect(page.get_by_text("Addendum posted.")).to_be_visible()
    expect(page.locator(".session-head")).to_contain_text(re.compile("verified .*, provisional before"))
    assert [text.kind for text in waiting.texts.order_by("posted_at")] == ["resolution_note", "addendum"]


def test_each_answer_shows_its_own_fields_and_consequence(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting)
    page.get_by_role("radio", name="Partly").check()
    expect(page.get_by_label("What worked, and what didn’t?")).to_be_visible()
    expect(page.get_by_label("How was it confirmed?")).to_be_hidden()
    expect(page.locator(".foot p")).to_have_text(POSTS.format("without a fix"), use_inner_text=True)
    page.get_by_role("radio", name="It worked").check()
    expect(page.get_by_label("How was it confirmed?")).to_be_visible()
    expect(page.locator(".foot p")).to_have_text(POSTS.format("as verified"), use_inner_text=True)
    redrawn(page, "Register the sign-in broker again")
    expect(page.locator("#text")).not_to_contain_text("provisional")


def test_a_number_shows_its_source_and_leads_to_it(page: Page, waiting: AISession) -> None:
    fact = facts.add(waiting.pk, "It hums.", "question", user=waiting.owner, sessions=AISession.objects.all())
    write(waiting, 80)
    open_closing(page, waiting)
    sentence = page.locator(".sentence", has_text="It hums.").first
    expect(sentence.get_by_role("tooltip")).to_be_hidden()
    sentence.hover()
    expect(sentence.get_by_role("tooltip")).to_contain_text("“It hums.”")
    page.keyboard.press("Escape")
    expect(sentence.get_by_role("tooltip")).to_be_hidden()
    page.mouse.move(0, 0)
    cite = sentence.get_by_role("link")
    cite.focus()
    expect(sentence.get_by_role("tooltip")).to_be_visible()
    cite.press("Enter")
    expect(page.locator(f"#fact-{fact.pk}")).to_be_in_viewport()
    page.go_back()
    page.locator(".rests summary").click()
    page.locator(".rests a", has_text="awaiting verification").first.click()
    expect(page.locator("li.event", has_text="as awaiting verification")).to_be_in_viewport()


def test_what_is_typed_survives_a_reload_and_the_text_follows_it(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting)
    page.get_by_label("What was the cause?").fill("The broker was not registered.")
    redrawn(page, "The broker was not registered.")
    page.reload()
    expect(page.get_by_label("What was the cause?")).to_have_value("The broker was not registered.")
    redrawn(page, "The broker was not registered.")


def test_an_edited_text_is_saved_checked_and_posted_in_ones_own_words(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting)
    page.locator("#text").get_by_role("link", name="Edit").click()
    words = page.get_by_label("The note, in Markdown")
    words.fill(f"{words.input_value()}\nAnd the problem is resolved on all 14 PCs.\n")
    expect(page.locator("#checks")).to_contain_text("claims go beyond the record.")
    expect(page.locator("#announcer")).to_contain_text("claims go beyond the record.")
    expect(page.locator("#checks")).to_contain_text("Saved just now")
    page.reload()
    expect(words).to_have_value(re.compile("14 PCs"))
    page.locator(".foot .button-primary").click()
    expect(page.locator("#warned")).to_be_visible()
    page.get_by_label("Post anyway: these are my own words").check()
    post(page)
    expect(page.locator(".posted")).to_contain_text("in their own words that the record doesn’t show")
    assert not Draft.objects.filter(session=waiting).exists()


def test_a_refused_text_has_the_focus_on_what_goes_too_far(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting, query="?edit=1")
    words = page.get_by_label("The note, in Markdown")
    words.fill(f"{words.input_value()}\nAll works again.\n")
    page.locator(".foot .button-primary").click()
    expect(page.get_by_role("alert")).to_contain_text("Not posted: 1 claim goes beyond the record.")
    warned = page.locator("#warned")
    expect(warned).to_be_focused()
    expect(warned.locator("p").first).to_be_in_viewport()
    assert page.evaluate(ENDS_ABOVE_FOOT)
    expect(page).to_have_title(re.compile("^Not posted · Resolve"))
    assert not waiting.texts.exists()


ENDS_ABOVE_FOOT = """() => {
  const [warned, foot] = ["#warned", ".foot"].map((name) => document.querySelector(name).getBoundingClientRect());
  return warned.bottom <= foot.top;
}"""


def test_a_refused_answer_is_summed_up_with_the_focus(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting)
    page.get_by_role("radio", name="Partly").check()
    page.locator(".foot .button-primary").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    alert.get_by_role("link", name="What worked, and what didn’t?").click()
    expect(page.get_by_label("What worked, and what didn’t?")).to_be_focused()


def test_a_text_that_is_too_long_is_not_called_saved(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting, query="?edit=1")
    expect(page.locator("#text")).to_contain_text("Saved as you type.")
    page.get_by_label("The note, in Markdown").fill("x" * 60_001)
    alert = page.locator("#checks").get_by_role("alert")
    expect(alert).to_contain_text("Not saved on the server. Too long: 60,001 characters (limit 60,000).")
    expect(page.locator("#text")).not_to_contain_text("Saved as you type.")
    expect(page.locator("#text")).not_to_contain_text("Checked")


def test_after_posting_the_posted_text_is_in_view_with_the_focus(page: Page, waiting: AISession) -> None:
    write(waiting, 60)
    open_closing(page, waiting)
    post(page)
    expect(page.locator(".posted")).to_be_focused()
    expect(page.locator(".posted summary")).to_be_in_viewport()


def test_an_edited_text_is_called_ones_own_words_only_then(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting, query="?edit=1")
    expect(page.locator("#my-words")).to_be_hidden()
    words = page.get_by_label("The note, in Markdown")
    words.fill(f"{words.input_value()}\nThank you.\n")
    expect(page.locator("#my-words")).to_be_visible()


def test_honest_words_are_taken_at_a_press(page: Page, waiting: AISession) -> None:
    open_closing(page, waiting, query="?edit=1")
    words = page.get_by_label("The note, in Markdown")
    words.fill(f"{words.input_value()}\nThis is on all 14 PCs.\n")
    page.locator("#checks").get_by_role("button", name="Remove it").click()
    expect(page.get_by_label("The note, in Markdown")).not_to_have_value(re.compile("14 PCs"))
    expect(page.locator("#warned")).to_have_count(0)


def test_a_colleagues_verdict_is_told_while_one_writes_and_nothing_is_lost(
    page: Page, waiting: AISession, senior: User
) -> None:
    open_closing(page, waiting)
    fix = waiting.suggested_fixes.get()
    lifecycle.record(fix.pk, Status.SUCCESS, By(senior, Source.BANNER), notes="AzureAdPrt is YES.")
    page.get_by_label("What was the cause?").fill("The broker.")
    notice = page.locator("#overtaken")
    expect(notice).to_contain_text("Sam recorded “Worked” at")
    expect(notice).to_contain_text("so it no longer says provisional")
    notice.locator("summary").click()
    expect(notice.locator("ins").first).to_be_visible()
    page.locator(".foot .button-primary").click()
    expect(page.get_by_role("alert")).to_contain_text("Not posted: the session changed while you were writing.")
    expect(page.get_by_label("What was the cause?")).to_have_value("The broker.")
    assert not waiting.texts.exists()
    post(page)
    expect(page.get_by_text("Note posted. You resolved the session.")).to_be_visible()


def test_the_text_is_copied_in_three_forms(page: Page, waiting: AISession) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_closing(page, waiting)
    for name, kind, begins in (
        ("Copy as Markdown", "text/plain", "## Problem"),
        ("Copy as plain text", "text/plain", "Problem"),
        ("Copy as HTML", "text/html", "<h4>Problem"),
    ):
        page.locator(".paper-head .menu > summary").click()
        page.get_by_role("button", name=name).click()
        expect(page.locator(".paper-head .menu")).not_to_have_attribute("open", "")
        copied = page.evaluate(READ_CLIPBOARD, kind)
        assert begins in copied[:200]


READ_CLIPBOARD = """async (kind) => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType(kind)).text();
}"""


def test_a_session_is_escalated_with_what_the_next_engineer_needs(page: Page, waiting: AISession, senior: User) -> None:
    open_session(page, waiting)
    page.locator(".session-head").get_by_role("link", name="Escalate…").click()
    expect(page.locator("#gap-impact")).to_contain_text("missing")
    page.get_by_label("Impact").fill("Three can’t sign in.")
    expect(page.locator("#gap-impact")).to_contain_text("known")
    page.get_by_label("Escalate to").select_option("Sam")
    page.get_by_label("Question for them").fill("Can you look at the firewall?")
    redrawn(page, "Maya asks")
    post(page)
    expect(page.get_by_text("Package posted. You escalated the session to Sam.")).to_be_visible()
    assert waiting.handoffs.get().question == "Can you look at the firewall?"


FOCUSED = "(({ id, name, textContent }) => name || id || textContent.trim())(document.activeElement)"


def test_all_of_it_by_keyboard(page: Page, waiting: AISession) -> None:
    open_session(page, waiting)
    page.locator("#main").focus()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile("/escalate/$"))
    page.go_back()
    page.locator("#main").focus()
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("/resolve/$"))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
        if "root_cause" in reached:
            break
    assert {"fix_outcome", "Change", "root_cause"} <= reached
    page.keyboard.type("The broker was not registered.")
    redrawn(page, "The broker was not registered.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Note posted. You resolved the session as provisional.")).to_be_visible()


class TestWithoutJavaScript:
    @pytest.fixture
    def page(self, page_for: PageFor, engineer: User) -> Page:
        return page_for(engineer, java_script_enabled=False)

    def test_a_session_is_resolved(self, page: Page, waiting: AISession) -> None:
        open_session(page, waiting)
        page.locator(".session-head").get_by_role("link", name="Resolve…").click()
        page.get_by_role("radio", name="Didn’t help").check()
        page.get_by_label("What happened instead?").fill("She is asked again.")
        page.get_by_label("What was the cause?").fill("The broker.")
        page.get_by_role("button", name="Update the note").click()
        redrawn(page, "The broker.")
        expect(page.get_by_role("radio", name="Didn’t help")).to_be_checked()
        page.locator("#text").get_by_role("button", name="Edit").click()
        words = page.get_by_label("The note, in Markdown")
        expect(words).to_have_value(re.compile("The broker"))
        words.fill(f"{words.input_value()}\nThis is on all 14 PCs.\n")
        page.get_by_role("button", name="Save and check").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.locator("#warned")).to_have_count(0)
        post(page)
        expect(page.locator("#main")).to_contain_text("Note posted. You resolved the session.")
        expect(page.locator(".posted")).to_contain_text("The broker.")

    def test_a_wait_is_changed_in_place_and_its_outcome_added(self, page: Page, waiting: AISession) -> None:
        open_closing(page, waiting)
        page.locator("summary", has_text="Change").click()
        page.get_by_label("What are you waiting on?").fill("The licence sync.")
        page.get_by_label("Tomorrow").check()
        post(page)
        press(page, "It worked")
        stands(page, "success")
        page.get_by_role("button", name="Not now").click()
        expect(page.locator("#fix-banner")).not_to_contain_text("Add this below it?")
        page.locator("#texts").get_by_role("link", name="Addendum").click()
        page.get_by_role("button", name="Post addendum").click()
        expect(page.locator("#thread")).to_contain_text("added to the resolution note")
        assert waiting.texts.filter(kind="addendum").exists()
