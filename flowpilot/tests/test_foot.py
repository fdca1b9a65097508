"""The line under FlowPilot's message says which facts it added; the lane shows them in the same response."""

from django.test import Client

from fixes.tests.pages import HTMX
from flowpilot import answers
from flowpilot.foot import foot_of
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
