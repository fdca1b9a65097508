"""A model's texts are written by jobs. A real worker runs them here; it is killed in tests/processes."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from sessions.models import AISession
from tests.fake_model import RETRY_SECONDS, FakeModel
from tests.test_jobs import queue, run_jobs
from tickets import jobs
from tickets.models import Kind, Preview
from tickets.tests.model_texts import ask, make_session, queued

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_job_writes_the_text_and_leaves_the_queue(fake: FakeModel) -> None:
    preview = ask(make_session())
    run_jobs()
    preview.refresh_from_db()
    assert (preview.state, preview.attempt, queue()) == ("done", 1, [])


def test_a_job_is_rolled_back_with_its_preview(fake: FakeModel) -> None:
    session = make_session()
    with transaction.atomic():
        ask(session)
        assert len(queue()) == 1
        transaction.set_rollback(True)
    assert queue() == []
    assert not Preview.objects.exists()


def test_a_job_too_many_does_nothing(fake: FakeModel) -> None:
    preview = ask(make_session())
    for _ in range(2):
        jobs.write_later(preview.pk)
    run_jobs()
    assert (len(fake.requests), queue()) == (1, [])


def test_note_and_package_of_a_session_are_written_at_the_same_time(fake: FakeModel) -> None:
    session = make_session()
    asked = [ask(session, kind) for kind in (Kind.NOTE, Kind.PACKAGE)]
    run_jobs()
    assert set(Preview.objects.filter(pk__in=[each.pk for each in asked]).values_list("state", flat=True)) == {"done"}


def test_a_busy_server_is_asked_again_when_it_said(fake: FakeModel, settings: Settings) -> None:
    settings.FLOWPILOT_MODEL = "busy"
    preview = ask(make_session())
    before = timezone.now()
    run_jobs()
    preview.refresh_from_db()
    (job,) = queue()
    assert (preview.state, job["status"], len(fake.requests)) == ("waiting", "todo", 1)
    assert timedelta(0) <= job["scheduled_at"] - before - timedelta(seconds=RETRY_SECONDS) < timedelta(seconds=30)
    assert job["scheduled_at"] >= preview.not_before


def test_a_text_that_lost_its_job_is_written_after_all(fake: FakeModel) -> None:
    preview = ask(make_session())
    job = queue()[0]
    assert job["args"] == {"preview_id": str(preview.pk)}
    run_jobs()
    Preview.objects.filter(pk=preview.pk).update(
        state="waiting", created_at=timezone.now() - timedelta(hours=1), started_at=None
    )
    assert queued() == []
    assert jobs.find_forgotten_texts() == 1
    run_jobs()
    preview.refresh_from_db()
    assert (preview.state, preview.attempt) == ("done", 2)


def test_a_preview_that_is_gone_leaves_nothing_to_do(fake: FakeModel) -> None:
    preview = ask(make_session())
    Preview.objects.all().delete()
    run_jobs()
    assert (queue(), len(fake.requests)) == ([], 0)
    assert AISession.objects.filter(pk=preview.session_id).exists()
