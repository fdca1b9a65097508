"""The line under FlowPilot's message says which facts it added; the lane shows them in the same response."""

import pytest
from django.test import Client

from fixes.lifecycle import suggestions
from fixes.tests.pages import HTMX
from flowpilot import answers
from flowpilot.foot import FIELDS, foot_of
from flowpilot.providers import Reply
from flowpilot.tests.answers import claimed
from sessions import acts
from sessions.models import AISession, Message
from tests.markup import by_id, read, text

FACT = '[PROMOTE]{"text": "%s", "kind": "question"}[/PROMOTE]'
ALL = AISession.objects.all()


def post(session: AISession, *facts: str) -> Message:
    return acts.post_as_copilot(session.pk, "Noted.\n" + "\n".join(FACT % each for each in facts), sessions=ALL)


def foot(message: Message) -> list[str]:
    return [part.words for part in foot_of(message, None)]


def test_it_counts_the_facts_that_are_new(session: AISession) -> None:
    assert foot(post(session, "Webmail works.", "Her phone works.")) == ["added 2 facts"]
    assert foot(post(session, "Webmail works.", "It began on Monday.")) == ["added 1 fact"]
    assert foot(post(session, "Webmail works.")) == []


def test_a_poll_brings_the_facts_of_the_answer(browser_client: Client, session: AISession) -> None:
    answer = claimed(session)
    shown = by_id(read(browser_client.get(f"/sessions/{session.pk}/")), "thread").get("data-shown")
    answers.finish(answer, Reply("Noted.\n" + FACT % "Webmail works."))
    query = {"known": f"{answer.pk}.writing", "shown": shown}
    tree = read(browser_client.get(f"/sessions/{session.pk}/answering", query, headers=HTMX))
    known = by_id(tree, "known")
    assert known.get("hx-swap-oob") == "true"
    assert "Webmail works. Asked FlowPilot" in text(known)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (
            '{"title": "Do it", "description": "So.", "confidence_pct": "very high"}',
            "Couldn’t suggest a fix: confidence: “very high” is not a number from 0 to 100.",
        ),
        (
            '{"title": "Do it", "description": "So.", "confidence_pct": 5, "script_template_id": "7"}',
            "Couldn’t suggest a fix: script template: There is no such script template.",
        ),
    ],
)
def test_a_field_is_called_as_people_call_it(session: AISession, payload: str, said: str) -> None:
    message = acts.post_as_copilot(session.pk, f"Try.[SUGGEST_FIX]{payload}[/SUGGEST_FIX]", sessions=ALL)
    assert foot(message) == [said]
    assert message.effects[0]["reason"].partition(":")[0] in FIELDS, "the API keeps its own names"


def test_every_field_of_a_suggestion_has_words() -> None:
    assert not [field for field in suggestions.FIELDS if "_" in FIELDS.get(field, field)]
