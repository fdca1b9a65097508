"""Answers for tests: asked as the pages and the API ask."""

from typing import Any

from flowpilot import answering, answers
from flowpilot.models import Answer
from sessions.models import AISession, Author
from sessions.tests import acts


def ask(session: AISession, text: str = "Outlook asks for the password again and again.") -> Answer:
    """Post a message that asks; its answer waits."""
    message = acts.post(session.pk, Author.ENGINEER, text, user=session.owner, asks=True)
    return message.answer


def claimed(session: AISession, text: str = "Outlook asks for the password again and again.") -> Answer:
    """Post a message that asks, and begin its answer."""
    ask(session, text)
    answer = answers.claim(session.pk)
    assert answer
    return answer


def asked_a_model(session: AISession, settings: Any, text: str = "Outlook asks again.") -> Answer:
    """Post a message that asks a model; no worker runs, so the answer waits."""
    settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = "http://127.0.0.1:9/v1", "kestrel-8b"
    return ask(session, text)


def answered(session: AISession, text: str = "Outlook asks for the password again and again.") -> Answer:
    """Post a message that asks, and let the built-in copilot answer it."""
    answer = ask(session, text)
    answering.write_due_answers(session.pk)
    answer.refresh_from_db()
    return answer
