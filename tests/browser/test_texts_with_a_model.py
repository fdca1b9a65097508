"""A note that a model writes, in a real browser, with scripts and without. The test is the worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from accounts.models import User
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.browser.conftest import PageFor
from tests.fake_model import FakeModel
from tickets.bundle import ClosingInput
from tickets.models import PostedText
from tickets.tests.model_texts import FACT, make_session, written

LIE = "The problem is solved and everything works again."
WAITS = ClosingInput(fix_outcome=Status.PENDING)


@pytest.fixture
def model(settings: Settings) -> Iterator[FakeModel]:
    with FakeModel() as server:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = server.url, "text-closes"
        yield server


@pytest.fixture
def waiting(engineer: User, model: FakeModel) -> AISession:
    return AISession.objects.get(pk=make_fix(make_session(owner=engineer), Status.PENDING).session_id)


def look(page: Page) -> None:
    """Wait until the page shows the model's text; without scripts, ask for it."""
    refresh = page.get_by_role("button", name="Refresh")
    if refresh.is_visible():
        refresh.click()
    expect(page.locator("#text")).to_contain_text("Checked")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_models_note_comes_by_itself_its_lie_is_struck_out_and_the_rest_is_posted(
    page_for: PageFor, engineer: User, waiting: AISession, scripts: bool
) -> None:
    page = page_for(engineer, java_script_enabled=scripts)
    page.goto(f"/sessions/{waiting.pk}/resolve/")
    paper = page.locator("#text")
    expect(paper).to_contain_text("text-closes is writing…")
    expect(paper).to_contain_text(FACT)
    assert written(waiting, inputs=WAITS).state == "done"
    look(page)
    struck = paper.locator("del, s").filter(has_text=LIE)
    expect(struck).to_have_count(1)
    expect(paper).to_contain_text("Not posted")
    page.get_by_role("button", name="Post and resolve").click()
    expect(page.locator("main")).to_contain_text("You resolved the session as provisional.")
    posted = PostedText.objects.get(session=waiting)
    assert (posted.writer, posted.is_provisional) == ("text-closes", True)
    assert FACT in posted.markdown
    assert LIE not in posted.markdown


def test_a_model_that_fails_is_said_and_can_be_tried_again(
    page_for: PageFor, engineer: User, waiting: AISession, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "text-half"
    page = page_for(engineer)
    page.goto(f"/sessions/{waiting.pk}/resolve/")
    written(waiting, inputs=WAITS)
    paper = page.locator("#text")
    expect(paper.get_by_role("alert")).to_contain_text("text-half couldn’t write this.")
    page.get_by_role("button", name="Try again").click()
    expect(paper).to_contain_text("text-half is writing…")
    expect(paper).to_contain_text(FACT)
