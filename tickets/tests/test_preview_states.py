"""A preview that a model writes: asked for once, written by a job, kept for everyone, and never of another moment."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from flowpilot.tests.questions import post
from sessions.models import AISession
from tests.concurrency import at_once
from tests.fake_model import FakeModel
from tickets import jobs, model_texts, previews
from tickets.bundle import ClosingInput
from tickets.models import Kind, Language, Preview
from tickets.tests.model_texts import FACT, PROBLEM, ask, make_session, queued, shown, written
from tickets.writing.document import Document
from tickets.writing.model import attempts

pytestmark = pytest.mark.django_db


def texts_of(preview: Preview) -> list[str]:
    return [each.text for each in Document.from_json(preview.document).sentences()]


def test_without_a_model_the_built_in_writer_is_the_only_one(settings: Settings) -> None:
    assert previews.writers() == ["built-in"]
    settings.FLOWPILOT_URL, settings.FLOWPILOT_MODEL = "http://127.0.0.1:9/v1", "kestrel-8b"
    assert previews.writers() == ["kestrel-8b", "built-in"]


def test_the_built_in_writer_is_asked_when_nobody_is_named(fake: FakeModel) -> None:
    session = make_session()
    preview, _ = previews.preview_of(session, Kind.NOTE, user=session.owner)
    assert (preview.writer, preview.state) == ("built-in", "done")
    assert queued() == []


def test_an_unknown_writer_is_refused(fake: FakeModel) -> None:
    session = make_session()
    with pytest.raises(InvalidInput, match="Choose one of: text-good, built-in"):
        ask(session, writer="kestrel-8b")
    assert not Preview.objects.exists()


def test_a_models_text_waits_with_the_built_in_one_and_a_job(fake: FakeModel) -> None:
    session = make_session()
    preview = shown(session)
    assert (preview.state, preview.writer, preview.error) == ("waiting", "text-good", "")
    assert PROBLEM in texts_of(preview)
    assert queued() == [str(ask(session).pk)]
    assert not fake.requests


def test_the_job_writes_it_and_everyone_gets_it_from_the_cache(fake: FakeModel) -> None:
    session = make_session()
    colleague = UserFactory.create(account=session.account)
    text = written(session)
    assert (text.state, text.error, text.attempt) == ("done", "", 1)
    preview = shown(session)
    assert (preview.state, preview.writer, preview.error) == ("done", "text-good", "")
    again, from_cache = previews.preview_of(session, Kind.NOTE, user=colleague, writer="text-good")
    assert (again.pk, from_cache) == (preview.pk, True)
    assert len(fake.requests) == 1


def test_two_who_ask_for_the_same_text_make_one_row_and_one_call(fake: FakeModel) -> None:
    session = make_session()
    first, second = ask(session), ask(session, user=UserFactory.create(account=session.account))
    assert first.pk == second.pk
    assert len(queued()) == 1
    for _ in range(2):
        attempts.write(first.pk, "job")
    assert len(fake.requests) == 1


def test_what_a_form_says_is_its_own_persons_in_every_preview(fake: FakeModel) -> None:
    fix = make_fix(make_session(), applied=True)
    session = AISession.objects.get(pk=fix.session_id)
    jonas = UserFactory.create(account=session.account, display_name="Jonas")
    inputs = ClosingInput(fix_outcome=Status.SUCCESS)
    for writer in ("built-in", "text-good"):
        mine = shown(session, Kind.PACKAGE, inputs=inputs, writer=writer)
        theirs = shown(session, Kind.PACKAGE, jonas, inputs=inputs, writer=writer)
        assert "Jonas" in " ".join(texts_of(theirs))
        assert "Jonas" not in " ".join(texts_of(mine))
    assert len(queued()) == 1


def test_typing_in_the_form_sends_no_request(fake: FakeModel) -> None:
    fix = make_fix(make_session(), applied=True)
    session = AISession.objects.get(pk=fix.session_id)
    for cause in ("A", "A stale", "A stale token."):
        shown(session, inputs=ClosingInput(fix_outcome=Status.SUCCESS, root_cause=cause))
    assert len(queued()) == 1
    text = written(session, inputs=ClosingInput(fix_outcome=Status.SUCCESS))
    assert text.state == "done"
    for cause in ("A stale token.", "Another one."):
        preview = shown(session, inputs=ClosingInput(fix_outcome=Status.SUCCESS, root_cause=cause))
        assert preview.state == "done"
        assert cause in texts_of(preview)
        assert [each.writer for each in Document.from_json(preview.document).sentences()].count("text-good") == 2
    shown(session, inputs=ClosingInput(fix_outcome=Status.FAILED))
    assert len(fake.requests) == 1
    assert len(queued()) == 2, "of another outcome other steps follow"


@pytest.mark.parametrize(("writer", "statements"), [("built-in", 1), ("text-good", 2)])
def test_from_the_cache_it_takes_a_statement_or_two(fake: FakeModel, writer: str, statements: int) -> None:
    session = AISession.objects.select_related("account", "owner").get(pk=make_session().pk)
    written(session)
    shown(session, writer=writer)
    with CaptureQueriesContext(connection) as queries:
        shown(session, writer=writer)
    assert len(queries) == statements


def test_what_the_model_phrased_is_for_whoever_posts_it(fake: FakeModel) -> None:
    session = make_session()
    how = (Kind.NOTE, Language.ENGLISH, "text-good")
    assert previews.slots_for(session, *how, ClosingInput()) is None
    ask(session)
    assert previews.slots_for(session, *how, ClosingInput()) is None, "it isn't written yet"
    written(session)
    slots = previews.slots_for(session, *how, ClosingInput(root_cause="The token was stale."))
    assert slots
    assert [each.text for each in slots.sentences["confirmed"]] == [FACT]
    assert previews.slots_for(session, *how, ClosingInput(fix_outcome=Status.FAILED)) is None
    assert previews.slots_for(session, Kind.NOTE, Language.ENGLISH, "built-in", ClosingInput()) is None
    post(session)
    session.refresh_from_db()
    assert previews.slots_for(session, *how, ClosingInput()) is None, "the session has changed"


def test_a_text_that_an_act_overtook_is_not_written(fake: FakeModel) -> None:
    session = make_session()
    preview = ask(session)
    post(session)
    attempts.write(preview.pk, "job")
    assert not fake.requests
    preview.refresh_from_db()
    assert (preview.state, preview.error) == ("failed", "The session changed while this was being written.")


def test_a_text_that_an_act_overtakes_while_it_is_written_is_not_kept(fake: FakeModel, settings: Settings) -> None:
    settings.FLOWPILOT_MODEL = "drips"
    session = make_session()
    preview = ask(session)
    check_wanted = model_texts.check_wanted
    asked: list[Preview] = []

    def post_meanwhile(row: Preview) -> None:
        if len(asked) == 1:
            post(session)
        asked.append(row)
        check_wanted(row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_texts, "check_wanted", post_meanwhile)
        attempts.write(preview.pk, "job")
    preview.refresh_from_db()
    assert (preview.state, preview.slots) == ("failed", None)
    assert fake.hung_up.wait(10), "the connection is closed at once"


def test_a_preview_that_is_deleted_while_it_is_written_ends_the_call(fake: FakeModel, settings: Settings) -> None:
    settings.FLOWPILOT_MODEL = "drips"
    preview = ask(make_session())
    check_wanted = model_texts.check_wanted

    def delete(row: Preview) -> None:
        check_wanted(row)
        Preview.objects.all().delete()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_texts, "check_wanted", delete)
        assert attempts.write(preview.pk, "job") is None
    assert not Preview.objects.exists()
    assert fake.hung_up.wait(10)


def test_asking_for_a_newer_one_deletes_what_is_overtaken(fake: FakeModel) -> None:
    session, other = make_session(), make_session()
    ask(session)
    ask(other)
    post(session)
    session.refresh_from_db()
    ask(session)
    version = session.state_version
    assert set(Preview.objects.values_list("session", "state_version", "writer")) == {
        (other.pk, other.state_version, "text-good"),
        (other.pk, other.state_version, "built-in"),
        (session.pk, version, "text-good"),
        (session.pk, version, "built-in"),
    }


def test_previews_are_deleted_after_a_day(fake: FakeModel) -> None:
    asked = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    with time_machine.travel(asked, tick=False):
        shown(make_session(), writer="built-in")
    for hours, left in ((24, 1), (24.1, 0)):
        with time_machine.travel(asked + timedelta(hours=hours), tick=False):
            call_command("clear_expired")
        assert Preview.objects.count() == left


def test_a_failed_text_is_tried_again_when_somebody_asks(fake: FakeModel, settings: Settings) -> None:
    settings.FLOWPILOT_MODEL = "given"
    session = make_session()
    assert written(session).state == "failed"
    assert shown(session).state == "failed", "a page that is loaded again doesn't ask by itself"
    for _ in range(2):
        assert try_again(session).state == "waiting"
    assert len(queued()) == 2, "one for the first attempt, one for the second"
    fake.text = json.dumps({"problem": [{"text": PROBLEM, "cites": ["s2"]}]})
    text = written(session)
    assert (text.state, text.attempt, text.error) == ("done", 1, "")
    assert try_again(session).state == "done"


def try_again(session: AISession) -> Preview:
    return previews.retry(
        session, Kind.NOTE, user=session.owner, inputs=ClosingInput(), language=Language.ENGLISH, writer="given"
    )


def test_another_worker_takes_over_with_the_same_job_only(fake: FakeModel) -> None:
    preview = ask(make_session())
    dead = model_texts.claim(preview.pk, "job")
    assert dead
    assert model_texts.claim(preview.pk, "another job") is None
    attempts.write(preview.pk, "job")
    preview.refresh_from_db()
    assert (preview.state, preview.attempt) == ("done", 2)
    with pytest.raises(model_texts.Taken):
        model_texts.fail(dead, "too late")
    preview.refresh_from_db()
    assert preview.state == "done"


def test_a_job_whose_workers_die_again_and_again_is_given_up(fake: FakeModel) -> None:
    preview = ask(make_session())
    attempts.give_up(preview.pk, "job")
    preview.refresh_from_db()
    assert (preview.state, preview.error) == (
        "failed",
        "The model was interrupted again and again while it wrote this.",
    )


def test_a_text_without_a_job_gets_one(fake: FakeModel) -> None:
    waiting, writing, done = ask(make_session()), ask(make_session()), written()
    model_texts.claim(writing.pk, "job")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert jobs.find_forgotten_texts() == 0
    then = datetime.now(UTC) - timedelta(hours=1)
    Preview.objects.update(created_at=then)
    Preview.objects.exclude(started_at=None).update(started_at=then)
    assert jobs.find_forgotten_texts() == 2
    assert set(queued()) == {str(waiting.pk), str(writing.pk)}
    assert jobs.find_forgotten_texts() == 0
    writing.refresh_from_db()
    assert (writing.state, writing.job) == ("waiting", "")
    assert done.state == "done"


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_make_one_row_and_one_job(fake: FakeModel) -> None:
    session = make_session()
    post(session)
    before = AISession.objects.get(pk=session.pk)
    found = at_once(session, [lambda: ask(before).pk] * 6)
    assert len(set(found)) == 1
    assert queued() == [str(found[0])]
