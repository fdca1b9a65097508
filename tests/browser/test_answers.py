"""FlowPilot's answers in a browser: they grow while they are written, and nothing that people do meanwhile is lost."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from fixes.tests.factories import make_fix
from flowpilot import answers
from flowpilot.models import Answer
from flowpilot.providers import Reply
from flowpilot.tests.answers import claimed
from sessions.models import AISession, Message
from tests.browser.conftest import PHONE, PageFor
from tests.browser.session_page import open_fix, open_session, stands

FIX = '[SUGGEST_FIX]{"title": "Clear the cache", "description": "Then sign in.", "confidence_pct": 70}[/SUGGEST_FIX]'


def writing(session: AISession) -> Answer:
    """A model's answer that is being written; the test is the worker."""
    answer = claimed(session)
    Answer.objects.filter(pk=answer.pk).update(provider="kestrel-8b")
    answer.refresh_from_db()
    return answer


def test_an_answer_grows_in_the_page_and_what_is_being_typed_stays(page: Page, session: AISession) -> None:
    answer = writing(session)
    open_session(page, session)
    expect(page.locator("#answering")).to_contain_text("reading…")
    page.get_by_role("textbox", name="Message").fill("Half a thought")
    answers.write_text(answer, "No refresh token: that is **Windows’ sign-in")
    expect(page.locator("#answering")).to_contain_text("No refresh token")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    answers.write_text(answer, f"No refresh token: that is **Windows’ sign-in broker**.\n\n{FIX[:40]}")
    expect(page.locator("#answering strong")).to_have_text("Windows’ sign-in broker")
    expect(page.locator("#answering")).not_to_contain_text("SUGGEST")
    answers.finish(answer, Reply(f"No refresh token: that is **Windows’ sign-in broker**.\n\n{FIX}"))
    stands(page, "proposed")
    expect(page.locator("#answering > li")).to_have_count(0)
    expect(page.locator("#thread .message")).to_have_count(2)
    expect(page.locator("#announcer")).to_have_text("FlowPilot answered.")
    expect(page).to_have_title(f"Suggested fix · {session.title} · {session.ticket_ref} · ResolutionFlow")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a thought")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()


def test_a_page_without_an_open_answer_asks_for_nothing(page: Page, session: AISession) -> None:
    answer = writing(session)
    answers.finish(answer, Reply("Done.", blocks=()))
    polls: list[str] = []
    page.on("request", lambda request: polls.append(request.url) if "answering" in request.url else None)
    open_session(page, session)
    expect(page.locator("#answering")).not_to_have_attribute("hx-trigger", "every 1s")
    page.evaluate("new Promise((done) => setTimeout(done, 1500))")  # longer than an open answer waits
    assert polls == []


def test_stop_by_keyboard_keeps_what_was_written(page: Page, session: AISession) -> None:
    answer = writing(session)
    answers.write_text(answer, f"Half an answer. {FIX}")
    open_session(page, session)
    stop = page.get_by_role("button", name="Stop the answer")
    stop.focus()
    expect(page.locator("#answering")).to_contain_text("Half an answer.")
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    ended = page.locator(f"#answer-{answer.pk}")
    expect(ended).to_contain_text("Half an answer.")
    expect(ended).to_contain_text("Nothing in it was acted on.")
    expect(stop).to_have_count(0)
    assert Answer.objects.get(pk=answer.pk).state == "stopped"
    assert not session.suggested_fixes.exists()


def test_a_failed_answer_is_asked_of_the_built_in_copilot(page: Page, session: AISession) -> None:
    answer = writing(session)
    open_session(page, session)
    answers.fail(answer, "The model’s server is down.")
    ended = page.locator(f"#answer-{answer.pk}")
    expect(ended).to_contain_text("The model’s server is down. Your message is kept.")
    page.get_by_role("button", name="Ask the built-in one").click()
    expect(ended).to_have_count(0)
    expect(page.locator("#thread .message")).to_have_count(2)
    expect(page.locator("#thread .message-foot")).to_contain_text("Built-in copilot")


def test_everybody_who_has_the_session_open_reads_along(
    page: Page, page_for: PageFor, session: AISession, senior: User
) -> None:
    answer = writing(session)
    other = page_for(senior)
    for each in (page, other):
        open_session(each, session)
    answers.write_text(answer, "Look at the broker first.")
    for each in (page, other):
        expect(each.locator("#answering")).to_contain_text("Look at the broker first.")
    answers.finish(answer, Reply("Look at the broker first. Then restart.", blocks=()))
    for each in (page, other):
        expect(each.locator("#thread .message").last).to_contain_text("Then restart.")


def test_leaving_and_coming_back_loses_nothing(page: Page, session: AISession) -> None:
    answer = writing(session)
    open_session(page, session)
    page.goto("/sessions/")
    answers.write_text(answer, "Written meanwhile.")
    page.go_back()
    expect(page.locator("#answering")).to_contain_text("Written meanwhile.")
    page.goto("/sessions/")
    answers.finish(answer, Reply("Written meanwhile, and finished.", blocks=()))
    page.go_back()
    expect(page.locator("#thread .message").last).to_contain_text("and finished.")


def test_ctrl_enter_asks_and_with_shift_it_is_a_note(page: Page, session: AISession) -> None:
    open_session(page, session)
    box = page.get_by_role("textbox", name="Message")
    box.fill("For the record.")
    box.press("Control+Shift+Enter")
    expect(page.locator("#thread .message")).to_have_count(1)
    expect(box).to_have_value("")
    box.fill("Outlook asks for the password.")
    box.press("Control+Enter")
    expect(page.locator("#thread .message")).to_have_count(3)
    asked = Message.objects.filter(session=session, author="engineer").values_list("content", "answer__state")
    assert list(asked) == [("For the record.", None), ("Outlook asks for the password.", "done")]


def test_without_javascript_a_page_says_since_when_and_offers_refresh(
    page_for: PageFor, engineer: User, session: AISession
) -> None:
    answer = writing(session)
    page = page_for(engineer, java_script_enabled=False)
    open_session(page, session)
    expect(page.locator("#copilot-status")).to_contain_text("FlowPilot is writing, since")
    answers.finish(answer, Reply(f"Clear it. {FIX}"))
    page.get_by_role("link", name="Refresh").click()
    expect(page.locator("#thread .message").last).to_contain_text("Clear it.")
    stands(page, "proposed")
    box = page.get_by_role("textbox", name="Message")
    box.fill("Only a note.")
    page.get_by_role("button", name="Note only").click()
    expect(page.locator("#thread .message").last).to_contain_text("Only a note.")
    box.fill("It asks again, no luck.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#thread .message").last).to_contain_text("FlowPilot")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_tap_that_leaves_the_composer_hits_the_button_that_it_was_meant_for(
    page_for: PageFor, engineer: User, session: AISession, motion: Literal["no-preference", "reduce"]
) -> None:
    page = page_for(engineer, viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion=motion)
    open_fix(page, make_fix(session))
    page.get_by_role("textbox", name="Message").tap()
    expect(page.get_by_role("button", name="Note only")).to_be_visible()
    page.get_by_role("button", name="Mark as applied").tap()
    stands(page, "verifying")
    expect(page.get_by_role("button", name="Note only")).not_to_be_visible()
