"""The copilot's story through a model behind an address, in a real browser, with scripts and without.

The model is a server on this machine (tests/fake_model.py) that knows nothing but what it is sent. The test is the
worker: it writes the answers that wait.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from accounts.models import User
from fixes.models import SuggestedFix
from flowpilot import answering
from flowpilot.models import Answer, ModelCall
from sessions.models import AISession
from tests.browser.conftest import PageFor
from tests.browser.session_page import press, stands
from tests.browser.test_copilot_story import start, told
from tests.browser.test_texts_with_a_model import look
from tests.fake_model import ANSWER, FakeModel
from tickets.models import PostedText, Preview
from tickets.writing.model import attempts


@pytest.fixture
def model(settings: Settings) -> Iterator[FakeModel]:
    with FakeModel() as server:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = server.url, "story"
        yield server


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_story_runs_through_a_model(page_for: PageFor, engineer: User, model: FakeModel, scripts: bool) -> None:
    page = page_for(engineer, java_script_enabled=scripts)
    session = start(page)
    say(page, session, "Outlook asks for the password: Hunter2-x! every 30 seconds.")
    expect(page.locator("#thread .message").last).to_contain_text(ANSWER)
    expect(page.locator("#fix-banner")).to_have_attribute("data-mode", "none")

    say(page, session, "Yes, webmail works.")
    banner = stands(page, "proposed")
    expect(banner).to_contain_text("Clear the saved sign-ins")
    expect(banner).to_contain_text("FlowPilot’s guess")
    expect(banner).to_contain_text("How to tell it worked")

    press(page, "Mark as applied")
    stands(page, "verifying")
    say(page, session, "We have to wait for the reboot, tomorrow 9am.")
    expect(stands(page, "ai_confirming")).to_contain_text("It has to wait for the reboot")
    press(page, "Confirm")
    stands(page, "pending")
    press(page, "It worked")
    stands(page, "success")
    assert told(session) == [
        ("suggest", "copilot", None),
        ("apply", "banner", "proposed"),
        ("propose", "copilot", "proposed"),
        ("confirm", "banner", "applied_pending"),
        ("record", "banner", "applied_success"),
    ]
    assert SuggestedFix.objects.get(session=session).origin == "story"
    assert "Hunter2" not in str(model.requests)

    page.get_by_role("link", name="What was sent").last.click()
    expect(page.get_by_role("heading", name="To story")).to_be_visible()
    expect(page.locator("pre").first).to_contain_text("password: «password-")
    expect(page.get_by_text("1 password; restored in the answer")).to_be_visible()

    page.goto(f"/sessions/{session.pk}/resolve/")
    expect(page.locator("#text")).to_contain_text("story is writing…")
    for text in Preview.objects.filter(session=session, state="waiting"):
        attempts.write(text.pk, "worker")
    look(page)
    page.get_by_role("button", name="Post and resolve").click()
    expect(page.locator("main")).to_contain_text("You resolved the session.")
    posted = PostedText.objects.get(session=session)
    assert (posted.writer, posted.is_provisional) == ("story", False)
    assert "Hunter2" not in str(model.requests)


def test_before_anything_is_sent_the_page_shows_it(page_for: PageFor, engineer: User, model: FakeModel) -> None:
    page = page_for(engineer)
    session = start(page)
    page.get_by_role("textbox", name="Message").fill("Half a thought")
    page.get_by_role("link", name="What is sent").click()
    expect(page.get_by_role("heading", name=f"To story at {model.url.split('/')[2]}")).to_be_visible()
    expect(page.locator("pre").first).to_contain_text(session.title)
    page.get_by_role("link", name=session.title).click()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a thought")
    assert not model.requests


def test_a_wrong_key_is_said_and_the_built_in_copilot_can_be_asked(
    page_for: PageFor, engineer: User, model: FakeModel, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "wrong-key"
    page = page_for(engineer)
    session = start(page)
    send(page, "Outlook asks for the password again and again.")
    answering.write_due_answers(session.pk, "worker")
    ended = page.locator("#thread, #answering").get_by_text("doesn’t accept the key")
    expect(ended).to_be_visible()
    page.get_by_role("button", name="Ask the built-in one").click()
    expect(page.locator("#thread .message-foot").last).to_contain_text("Built-in copilot")
    assert Answer.objects.get(session=session).state == "done"
    assert ModelCall.objects.get(session=session).outcome == "wrong_key"


def send(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Message").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#copilot-status")).to_contain_text("FlowPilot is writing")


def say(page: Page, session: AISession, words: str) -> None:
    """Write a message that asks, let the worker answer it, and wait until the page shows the answer."""
    before = page.locator("#thread .message").count()
    send(page, words)
    assert answering.write_due_answers(session.pk, "worker") is None
    if page.get_by_role("link", name="Refresh").is_visible():
        page.get_by_role("link", name="Refresh").click()
    expect(page.locator("#thread .message")).to_have_count(before + 2)
