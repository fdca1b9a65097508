"""Answers of a model are written by jobs. A real worker runs them here; it is killed in tests/processes."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from flowpilot import answers, jobs
from flowpilot.models import Answer
from resolutionflow.worker.connector import worker_connector
from sessions import acts
from sessions.models import AISession, Author, Message
from tests.fake_model import ANSWER, MARKER, RETRY_SECONDS, FakeModel

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


def run_jobs() -> None:
    """Run the jobs that are due, in a real worker with connections of its own.

    It has a thread of its own, too: the browser's tests may have left an event loop in this one.
    """

    async def run() -> None:
        async with django_app.with_connector(worker_connector()).open_async() as app:
            await app.run_worker_async(
                wait=False, listen_notify=False, delete_jobs="always", install_signal_handlers=False
            )

    with ThreadPoolExecutor(1) as executor:
        executor.submit(asyncio.run, run()).result()


def queue() -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.order_by("id").values("args", "status", "scheduled_at", "attempts"))


def replies(session: AISession) -> list[str]:
    return list(Message.objects.filter(session=session, author=Author.ASSISTANT).values_list("content", flat=True))


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def forget_jobs() -> None:
    sql("DELETE FROM procrastinate_jobs")


def age(answer: Answer) -> None:
    """Make an answer an hour old."""
    then = timezone.now() - timedelta(hours=1)
    Answer.objects.filter(pk=answer.pk).update(created_at=then, started_at=then)


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


def test_the_job_writes_the_answer_and_leaves_the_queue(model: FakeModel, session: AISession, engineer: User) -> None:
    answer = ask(session, engineer)
    run_jobs()
    answer.refresh_from_db()
    assert (answer.state, answer.attempt, replies(session)) == ("done", 1, [ANSWER])
    assert queue() == []


def test_two_questions_at_once_get_an_answer_each_in_their_order(
    model: FakeModel, session: AISession, engineer: User
) -> None:
    first, second = ask(session, engineer), ask(session, engineer, "And the calendar is empty.")
    run_jobs()
    assert replies(session) == [ANSWER, ANSWER]
    assert list(Answer.objects.order_by("reply__sequence")) == [first, second]
    assert queue() == []


def test_a_job_too_many_does_nothing(model: FakeModel, session: AISession, engineer: User) -> None:
    ask(session, engineer)
    for _ in range(2):
        jobs.answer_later(session.pk)
    run_jobs()
    assert (replies(session), len(model.requests)) == ([ANSWER], 1)


def test_a_busy_server_is_asked_again_when_it_said(
    model: FakeModel, session: AISession, engineer: User, settings: LazySettings
) -> None:
    settings.FLOWPILOT_MODEL = "busy"
    answer = ask(session, engineer)
    before = timezone.now()
    run_jobs()
    answer.refresh_from_db()
    (job,) = queue()
    assert (answer.state, job["status"], len(model.requests)) == ("waiting", "todo", 1)
    assert timedelta(0) <= job["scheduled_at"] - before - timedelta(seconds=RETRY_SECONDS) < timedelta(seconds=30)
    assert job["scheduled_at"] >= answer.not_before


def test_an_answer_without_a_job_gets_one(model: FakeModel, session: AISession, engineer: User) -> None:
    answer = ask(session, engineer)
    forget_jobs()
    assert jobs.find_forgotten_answers() == 0
    age(answer)
    assert jobs.find_forgotten_answers() == 1
    assert jobs.find_forgotten_answers() == 0
    run_jobs()
    assert replies(session) == [ANSWER]


def test_an_answer_that_a_killed_process_began_without_a_job_is_written(
    model: FakeModel, session: AISession, engineer: User
) -> None:
    answer = ask(session, engineer)
    forget_jobs()
    assert answers.claim(session.pk)
    age(answer)
    assert jobs.find_forgotten_answers() == 1
    run_jobs()
    answer.refresh_from_db()
    assert (answer.state, replies(session)) == ("done", [ANSWER])


def test_a_job_that_ended_its_worker_again_and_again_is_given_up(
    model: FakeModel, session: AISession, engineer: User
) -> None:
    first, second = ask(session, engineer), ask(session, engineer, "And the calendar is empty.")
    sql("DELETE FROM procrastinate_jobs WHERE id > (SELECT min(id) FROM procrastinate_jobs)")
    sql("UPDATE procrastinate_jobs SET attempts = 10")
    run_jobs()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, replies(session)) == ("failed", "done", [ANSWER])
    assert first.error == "FlowPilot was interrupted again and again while it wrote this. Your message is kept."


def test_markers_run_once_when_a_job_runs_twice(
    model: FakeModel, session: AISession, engineer: User, settings: LazySettings
) -> None:
    settings.FLOWPILOT_MODEL = "suggests"
    ask(session, engineer)
    run_jobs()
    jobs.answer_later(session.pk)
    run_jobs()
    assert len(replies(session)) == 1
    assert session.suggested_fixes.count() == 1
    assert MARKER.split("\n")[0] in replies(session)[0]
