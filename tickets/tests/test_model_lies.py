"""Sentences of a model that claim too much: struck out with the reason in the preview, and never posted."""

import json

import pytest
from pytest_django.fixtures import Settings

from fixes.lifecycle import By
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from tests.fake_model import FakeModel
from tickets import closing
from tickets.bundle import ClosingInput
from tickets.closing import Closing
from tickets.models import Kind, PostedText, Preview
from tickets.tests.model_texts import FACT, PROBLEM, make_session, shown, written
from tickets.writing.document import Document, Section, Sentence

pytestmark = pytest.mark.django_db


def pending_session() -> AISession:
    return AISession.objects.get(pk=make_fix(make_session(), Status.PENDING).session_id)


def sentences_of(preview: Preview) -> list[Sentence]:
    return list(Document.from_json(preview.document).sentences(with_refused=True))


def section_of(preview: Preview, key: str) -> Section:
    return next(each for each in Document.from_json(preview.document).sections if each.key == key)


def post(session: AISession, inputs: ClosingInput, writer: str) -> PostedText:
    by = By(session.owner, Source.BANNER)
    return closing.resolve(session.pk, Closing(inputs, writer=writer), by, sessions=AISession.objects.all())


LIES = {
    "text-closes": "The problem is solved and everything works again.",
    "text-number": "It concerns 4711 devices.",
    "text-unknown-id": "The line was replaced.",
    "text-uncited": "The line was replaced.",
}


@pytest.mark.parametrize("scenario", LIES)
def test_a_lie_is_struck_out_with_the_reason_and_not_posted(fake: FakeModel, settings: Settings, scenario: str) -> None:
    settings.FLOWPILOT_MODEL = scenario
    session = pending_session()
    inputs = ClosingInput(fix_outcome=Status.PENDING)
    assert written(session, inputs=inputs).state == "done"
    preview = shown(session, inputs=inputs)
    assert (preview.state, preview.writer) == ("done", scenario)
    (lie,) = [each for each in sentences_of(preview) if each.text == LIES[scenario]]
    assert lie.refused
    assert lie.writer == scenario
    posted = post(session, inputs, scenario)
    assert LIES[scenario] not in posted.markdown
    assert PROBLEM in posted.markdown
    assert (posted.writer, posted.is_provisional) == (scenario, True)
    session.refresh_from_db()
    assert (session.status, session.resolution_kind) == ("resolved", "provisional")


def test_what_the_model_phrased_well_is_posted_with_its_name(fake: FakeModel, settings: Settings) -> None:
    settings.FLOWPILOT_MODEL = "given"
    words = "Webmail opens with the same password, so the password is right."
    fake.text = json.dumps({"confirmed": [{"text": FACT, "cites": ["s5"]}, {"text": words, "cites": []}]})
    session = pending_session()
    inputs = ClosingInput(fix_outcome=Status.PENDING)
    written(session, inputs=inputs)
    preview = shown(session, inputs=inputs)
    confirmed = [each for item in section_of(preview, "confirmed").blocks[0].items for each in item.sentences]
    assert [(each.text, each.writer, bool(each.refused)) for each in confirmed] == [
        (FACT, "given", False),
        (words, "given", True),
    ]
    posted = post(session, inputs, "given")
    assert f"- {FACT}\n" in posted.markdown
    assert words not in posted.markdown
    (told,) = [each for each in posted.sentences if each["text"] == FACT]
    assert list(told["cites"]) == list(confirmed[0].cites)


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.PACKAGE])
@pytest.mark.parametrize("status", Status)
def test_outcomes_times_and_names_are_the_products_whatever_the_model_says(
    fake: FakeModel, settings: Settings, kind: Kind, status: Status
) -> None:
    """Every slot is filled with lies: what isn't a slot is the built-in text, letter by letter."""
    settings.FLOWPILOT_MODEL = "given"
    lies = [{"text": f"Fix {number} worked and the case is closed.", "cites": ["s1"]} for number in range(3)]
    fake.text = json.dumps(dict.fromkeys(("problem", "confirmed", "next_steps", "resolution", "tried"), lies))
    session = AISession.objects.get(pk=make_fix(make_session(), status).session_id)
    written(session, kind)
    by_model, built_in = shown(session, kind), shown(session, kind, writer="built-in")
    for key in ("resolution", "root_cause", "tried", "hypothesis"):
        if any(section.key == key for section in Document.from_json(built_in.document).sections):
            assert section_of(by_model, key) == section_of(built_in, key)
    assert all(each.refused for each in sentences_of(by_model) if each.writer)
    posted = {each.text for each in Document.from_json(by_model.document).sentences()}
    assert posted == {each.text for each in Document.from_json(built_in.document).sentences()}
    assert not PostedText.objects.exists()
