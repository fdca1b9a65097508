"""Answers of a model are written by jobs. A real worker runs them here; it is killed in tests/processes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from flowpilot.models import Answer
from sessions import acts
from sessions.models import AISession, Author
from tests.fake_model import FakeModel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(settings: LazySettings) -> Iterator[FakeModel]:
    """A model's server. The name of the model says how it answers."""
    with FakeModel() as fake:
        settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = fake.url, "answer"
        yield fake


def ask(session: AISession, user: User, text: str = "Outlook asks for a password.") -> Answer:
    message = acts.post(session.pk, Author.ENGINEER, text, user=user, sessions=AISession.objects.all(), asks=True)
    return Answer.objects.get(message=message)


def queue() -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.order_by("id").values("args", "status", "scheduled_at", "attempts"))


def test_a_job_is_deferred_with_the_answer(model: FakeModel, session: AISession, engineer: User) -> None:
    ask(session, engineer)
    assert [job["args"] for job in queue()] == [{"session_id": str(session.pk)}]


def test_a_job_is_rolled_back_with_the_answer(model: FakeModel, session: AISession, engineer: User) -> None:
    with transaction.atomic():
        ask(session, engineer)
        assert len(queue()) == 1
        transaction.set_rollback(True)
    assert queue() == []
    assert not Answer.objects.exists()


def test_the_built_in_copilot_needs_no_job(api: Client, session: AISession) -> None:
    body = {"author": "engineer", "content": "Outlook asks for a password.", "ask": True}
    answer = api.post(f"/api/v1/ai-sessions/{session.pk}/messages", body, content_type="application/json")
    assert answer.status_code == 201
    assert queue() == []
