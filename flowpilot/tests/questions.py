"""Questions to a provider, as a worker puts them."""

from collections.abc import Callable
from typing import Any

from flowpilot import answers
from flowpilot.models import Answer
from flowpilot.providers import Question, Reply
from flowpilot.providers.openai_compatible import OpenAICompatible
from sessions import acts
from sessions.models import AISession, Author, Message
from sessions.tests.factories import SessionFactory

TEXT = "Outlook asks for the password again and again."


def post(session: AISession, text: str = TEXT) -> Message:
    return acts.post(session.pk, Author.ENGINEER, text, user=session.owner, sessions=AISession.objects.all())


def ask(text: str = TEXT, session: AISession | None = None, **columns: Any) -> Question:
    """A message in a session, and an answer to it that is being written."""
    session = session or SessionFactory.create(**columns)
    message = post(session, text)
    answers.ask(message, session.owner)
    answer = answers.claim(session.pk)
    assert answer
    session.refresh_from_db()
    return Question(session, message, answer)


def reply(question: Question | None = None, on_text: Callable[[str], None] = lambda text: None) -> Reply:
    return OpenAICompatible().reply(question or ask(), on_text)


def only_answer() -> Answer:
    return Answer.objects.get()
