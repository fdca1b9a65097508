"""The pages that resolve and escalate, with a model: what they show while it writes, and what they post."""

import json

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from tests.fake_model import FakeModel
from tickets.bundle import ClosingInput
from tickets.models import PostedText, Preview
from tickets.tests.model_texts import FACT, make_session, written
from tickets.tests.pages import HTMX, form_of, opened, send, words

pytestmark = pytest.mark.django_db

WAITS = ClosingInput(fix_outcome=Status.PENDING)
LIE = "The problem is solved and everything works again."


@pytest.fixture
def waiting(fake: FakeModel, engineer: User) -> AISession:
    """A session whose fix waits, in which the model would be asked."""
    return AISession.objects.get(pk=make_fix(make_session(owner=engineer), Status.PENDING).session_id)


def test_while_it_writes_the_built_in_text_is_shown_and_asked_after(browser_client: Client, waiting: AISession) -> None:
    shown = words(opened(browser_client, waiting))
    assert "text-good is writing…" in shown
    assert FACT in shown
    sent = form_of(browser_client, waiting)
    assert (sent["writer"], sent["seen_writer"]) == ("text-good", "built-in")
    poll = send(browser_client, waiting, sent | {"poll": "1"}, part="preview/", headers=HTMX)
    assert poll.status_code == 204, "nothing has changed"
    assert Preview.objects.filter(writer="text-good").count() == 1


def test_once_it_is_written_the_page_shows_it(
    browser_client: Client, waiting: AISession, fake: FakeModel, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "text-closes"
    sent = form_of(browser_client, waiting)
    written(waiting, inputs=WAITS)
    shown = words(send(browser_client, waiting, sent | {"poll": "1"}, part="preview/", headers=HTMX))
    assert LIE in shown
    assert "Not posted" in shown
    assert "is writing" not in shown


@pytest.mark.parametrize("seen", [False, True], ids=["built-in", "model"])
def test_the_text_is_posted_that_was_shown(
    browser_client: Client, waiting: AISession, fake: FakeModel, settings: Settings, seen: bool
) -> None:
    settings.FLOWPILOT_MODEL = "text-fenced"
    sent = form_of(browser_client, waiting)
    assert sent["fix_outcome"] == "applied_pending"
    written(waiting, inputs=WAITS)
    if seen:
        sent = form_of(browser_client, waiting)
    assert send(browser_client, waiting, sent).status_code == 303
    assert PostedText.objects.get().writer == ("text-fenced" if seen else "built-in")


def test_when_it_failed_the_built_in_text_can_be_posted(
    browser_client: Client, waiting: AISession, fake: FakeModel, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "text-half"
    written(waiting, inputs=WAITS)
    shown = words(opened(browser_client, waiting))
    assert "text-half couldn’t write this." in shown
    assert "it isn’t the JSON that was asked for" in shown
    assert send(browser_client, waiting, form_of(browser_client, waiting)).status_code == 303
    assert PostedText.objects.get().writer == "built-in"


def test_what_failed_can_be_tried_again(
    browser_client: Client, waiting: AISession, fake: FakeModel, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "given"
    assert written(waiting, inputs=WAITS).state == "failed"
    sent = form_of(browser_client, waiting)
    shown = words(send(browser_client, waiting, sent, part="retry/", headers=HTMX))
    assert "given is writing…" in shown
    assert Preview.objects.filter(writer="given", state="waiting").count() == 1


def test_the_built_in_writer_can_be_chosen_instead(browser_client: Client, waiting: AISession) -> None:
    sent = form_of(browser_client, waiting) | {"writer": "built-in"}
    shown = words(send(browser_client, waiting, sent, part="preview/", headers=HTMX))
    assert "is writing" not in shown
    assert FACT in shown


def test_a_models_text_is_what_is_edited_and_posted_with_what_was_added(
    browser_client: Client, waiting: AISession, fake: FakeModel, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "given"
    phrased = "The mailbox keeps asking for the password."
    fake.text = json.dumps({"problem": [{"text": phrased, "cites": ["s2"]}]})
    assert written(waiting, inputs=WAITS).state == "done"
    sent = form_of(browser_client, waiting, query="?edit=1&writer=given")
    assert phrased in sent["text"]
    assert (sent["writer"], sent["seen_writer"]) == ("given", "given")
    edited = sent | {"text": f"{sent['text']}\nShe is at her desk again.\n", "my_words": "on"}
    assert send(browser_client, waiting, edited).status_code == 303
    posted = PostedText.objects.get()
    assert phrased in posted.markdown
    assert "She is at her desk again." in posted.markdown
