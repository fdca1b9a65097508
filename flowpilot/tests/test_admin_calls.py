"""Requests to models in the admin: read, rated, and deleted after some days."""

import inspect
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from fixes.tests.admin_pages import admin_of, session_of, signed_in, superuser
from flowpilot import answering, answers, calls
from flowpilot.admin.call_words import WORDS, outcome_of
from flowpilot.models import Answer, ModelCall, Purpose
from flowpilot.providers import chat_stream, completion, server_errors
from flowpilot.tests.questions import post
from tests.fake_model import FakeModel

pytestmark = pytest.mark.django_db
LIST = "/admin/flowpilot/modelcall/"


@pytest.fixture
def admin() -> User:
    return admin_of(display_name="Nora")


def make_call(user: User, text: str = "pw: Hunter2-x! <b>bold</b>") -> ModelCall:
    session = session_of(user)
    answers.ask(post(session, text), session.owner)
    answering.write_due_answers(session.pk, "job")
    return ModelCall.objects.get(session=session)


def rate(client: Client, call: ModelCall, **fields: str) -> None:
    sent = client.post(f"{LIST}{call.pk}/change/", {"rating": "", "comment": "", **fields})
    assert sent.status_code == 302
    call.refresh_from_db()


def test_an_admin_reads_request_and_response_with_secrets_masked(
    fake: FakeModel, admin: User, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "echo"
    call = make_call(admin)
    shown = signed_in(admin).get(f"{LIST}{call.pk}/change/").content.decode()
    assert shown.count("«password-") == 2
    assert "Hunter2" not in shown
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown
    assert "You are FlowPilot" in shown


def test_an_admin_rates_it_with_a_comment(fake: FakeModel, admin: User) -> None:
    call = make_call(admin)
    client = signed_in(admin)
    rate(client, call, rating="down", comment="It asked what was known.\r\nTwice.")
    assert (call.rating, call.comment, call.rated_by) == ("down", "It asked what was known.\nTwice.", admin)
    assert "Bad" in client.get(LIST).content.decode()
    rate(client, call)
    assert (call.rating, call.comment, call.rated_by) == (None, "", None)


def test_nothing_else_can_be_changed(fake: FakeModel, admin: User) -> None:
    call = make_call(admin)
    before = dict(ModelCall.objects.values().get())
    rate(signed_in(admin), call, rating="up", response="x", outcome="x", tokens_in="1", model="x")
    after = dict(ModelCall.objects.values().get())
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"rating", "rated_by_id"}


def test_a_rating_that_doesnt_exist_is_refused(fake: FakeModel, admin: User) -> None:
    call = make_call(admin)
    assert signed_in(admin).post(f"{LIST}{call.pk}/change/", {"rating": "best"}).status_code == 200
    call.refresh_from_db()
    assert call.rating is None


def test_the_list_can_be_filtered_and_searched(fake: FakeModel, admin: User, settings: Settings) -> None:
    rate(signed_in(admin), make_call(admin), rating="down", comment="too long")
    settings.FLOWPILOT_MODEL = "wrong-key"
    make_call(admin)
    client = signed_in(admin)
    words = "Failed: the server doesn’t accept the key"
    for query in ("", "?came=failed", "?q=wrong"):
        assert words in client.get(f"{LIST}{query}").content.decode()
    for query in ("?rating__exact=down", "?q=long", "?came=answered", "?came=cut", "?came=stopped", "?came=open"):
        assert words not in client.get(f"{LIST}{query}").content.decode()
    assert words in signed_in(superuser()).get(LIST).content.decode()


def test_calls_are_deleted_after_the_days_of_the_setting(fake: FakeModel, admin: User, settings: Settings) -> None:
    settings.FLOWPILOT_KEEP_DAYS = 7
    sent = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    with time_machine.travel(sent, tick=False):
        make_call(admin)
    for days, left in ((7, 1), (7.01, 0)):
        with time_machine.travel(sent + timedelta(days=days), tick=False):
            call_command("clear_expired")
        assert ModelCall.objects.count() == left


def test_a_request_without_an_answer_reads_neither_like_success_nor_like_no_time(
    fake: FakeModel, admin: User, settings: Settings
) -> None:
    call = make_call(admin)
    call_row = ModelCall.objects.filter(pk=call.pk)
    call_row.update(outcome="sent", milliseconds=0, tokens_in=1_900, tokens_out=0)
    client = signed_in(admin)
    for address in (LIST, f"{LIST}{call.pk}/change/"):
        shown = client.get(address).content.decode()
        assert "Interrupted: the worker was stopped or killed" in shown
        assert "about 1,900" in shown
        assert "0.0 s" not in shown
    Answer.objects.update(state="writing", claim=call.pk, started_at=call.created_at)
    assert "Under way" in re.sub("Under way or interrupted", "", client.get(LIST).content.decode())


def test_a_request_for_a_text_says_what_it_was_for(admin: User, settings: Settings) -> None:
    session = session_of(admin)
    messages = [{"role": "user", "content": "Phrase this."}]
    call = calls.begin_text(session, Purpose.NOTE, messages, "kestrel-8b", 1)
    client = signed_in(admin)
    for address in (LIST, f"{LIST}{call.row.pk}/change/", f"{LIST}?purpose__exact=note"):
        shown = client.get(address).content.decode()
        assert "Resolution note" in shown
        assert "Under way" in re.sub("Under way or interrupted", "", shown)
    sent = timezone.now() - timedelta(seconds=settings.FLOWPILOT_DEADLINE + 10)
    ModelCall.objects.update(created_at=sent)
    assert "Interrupted: the worker was stopped or killed" in client.get(LIST).content.decode()
    call.end(calls.DONE, "Text.", (120, 30))
    assert "Answered" in client.get(f"{LIST}{call.row.pk}/change/").content.decode()


def test_every_failure_of_a_server_has_words() -> None:
    source = "".join(inspect.getsource(module) for module in (server_errors, completion, chat_stream))
    codes = set(re.findall(r'(?:ProviderError|_later)\(\s*"(\w+)"', source))
    assert len(codes) > 12
    assert not codes - set(WORDS)
    assert outcome_of(ModelCall(outcome="http_503")) == "Failed: the server answered with error 503"
