"""Requests to models in the admin: read, rated, and deleted after some days."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from fixes.tests.admin_pages import admin_of, session_of, signed_in, superuser
from flowpilot import answering, answers
from flowpilot.models import ModelCall
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
    assert "wrong_key" in client.get(LIST).content.decode()
    for query in ("?rating__exact=down", "?q=long"):
        assert "wrong_key" not in client.get(f"{LIST}{query}").content.decode()
    assert "wrong_key" in signed_in(superuser()).get(LIST).content.decode()


def test_calls_are_deleted_after_the_days_of_the_setting(fake: FakeModel, admin: User, settings: Settings) -> None:
    settings.FLOWPILOT_KEEP_DAYS = 7
    sent = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    with time_machine.travel(sent, tick=False):
        make_call(admin)
    for days, left in ((7, 1), (7.01, 0)):
        with time_machine.travel(sent + timedelta(days=days), tick=False):
            call_command("clear_expired")
        assert ModelCall.objects.count() == left
