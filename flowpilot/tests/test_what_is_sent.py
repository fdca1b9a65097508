"""What an engineer sees of what a model gets, before and after."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Role
from accounts.tests.clients import let_in
from accounts.tests.factories import UserFactory
from flowpilot import answering, answers
from flowpilot.models import Answer, ModelCall
from flowpilot.tests.answers import answered
from flowpilot.tests.questions import post
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.fake_model import FakeModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> AISession:
    return SessionFactory.create(problem_summary="password: Hunter2-x! and nothing else")


def page(session: AISession, answer: Answer | None = None) -> str:
    client = Client()
    let_in(client, session.owner)
    path = f"/sessions/{session.pk}/what-is-sent/"
    found = client.get(f"{path}{answer.pk}/" if answer else path)
    assert found.status_code == 200
    return found.content.decode()


def answer_of_a_model(session: AISession) -> Answer:
    answer = answers.ask(post(session, "It asks <b>again</b>."), session.owner)
    answering.write_due_answers(session.pk, "job")
    return answer


def test_without_a_model_it_says_that_nothing_leaves(session: AISession) -> None:
    assert "nothing leaves this server" in page(session)
    assert "Nothing left this server" in page(session, answered(session))


def test_before_it_shows_what_the_next_question_sends(fake: FakeModel, session: AISession, settings: Settings) -> None:
    settings.FLOWPILOT_ACCOUNT_TOKENS_A_DAY = 500_000
    post(session, "It asks <b>again</b>.")
    shown = page(session)
    assert f"To answer at 127.0.0.1:{fake.server.server_port}" in shown
    assert "1 message<" in shown
    assert "1 password; restored in the answer" in shown
    assert f"0 of 500,000 tokens of {session.account.name}" in shown
    assert "Hunter2" not in shown
    assert "password: «password-" in shown
    assert "It asks &lt;b&gt;again&lt;/b&gt;." in shown
    assert not fake.requests, "looking sends nothing"
    assert not ModelCall.objects.exists()


def test_what_it_shows_before_is_what_is_sent(fake: FakeModel, session: AISession) -> None:
    post(session, "It asks again.")
    shown = page(session)
    answers.ask(session.messages.get(), session.owner)
    answering.write_due_answers(session.pk, "job")
    for line in fake.requests[0]["messages"][1]["content"].splitlines()[1:]:
        assert line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;") in shown


def test_after_it_shows_what_was_sent_for_an_answer(fake: FakeModel, session: AISession) -> None:
    answer = answer_of_a_model(session)
    post(session, "A later message")
    shown = page(session, answer)
    assert "What was sent" in shown
    assert "It asks &lt;b&gt;again&lt;/b&gt;." in shown
    assert "120 tokens" in shown
    assert "A later message" not in shown
    assert "Hunter2" not in shown


def test_a_request_that_was_deleted_is_said_to_be(fake: FakeModel, session: AISession) -> None:
    answer = answer_of_a_model(session)
    ModelCall.objects.all().delete()
    assert "it is deleted after 30 days" in page(session, answer)


def test_an_answer_that_waits_has_sent_nothing_yet(fake: FakeModel, session: AISession) -> None:
    answer = answers.ask(post(session, "It asks again."), session.owner)
    assert "Nothing has been sent for this answer yet." in page(session, answer)


def test_what_a_model_got_is_shown_even_if_the_built_in_copilot_answered_in_the_end(
    fake: FakeModel, session: AISession, settings: Settings
) -> None:
    settings.FLOWPILOT_MODEL = "wrong-key"
    answer = answer_of_a_model(session)
    answers.retry(answer.pk, sessions=AISession.objects.all(), provider="built-in")
    answering.write_due_answers(session.pk)
    answer.refresh_from_db()
    assert answer.is_built_in
    assert "To wrong-key" in page(session, answer)


def test_an_answer_of_another_session_is_not_found(fake: FakeModel, session: AISession) -> None:
    other = answer_of_a_model(SessionFactory.create(owner=session.owner))
    client = Client()
    let_in(client, session.owner)
    assert client.get(f"/sessions/{session.pk}/what-is-sent/{other.pk}/").status_code == 404


def test_the_session_page_leads_there_before_and_after(fake: FakeModel, session: AISession) -> None:
    answer = answer_of_a_model(session)
    client = Client()
    let_in(client, session.owner)
    shown = client.get(f"/sessions/{session.pk}/").content.decode()
    assert f'href="/sessions/{session.pk}/what-is-sent/"' in shown
    assert f'href="/sessions/{session.pk}/what-is-sent/{answer.pk}/"' in shown


def test_the_composer_has_no_link_to_it_without_a_model(session: AISession) -> None:
    client = Client()
    let_in(client, session.owner)
    assert "what-is-sent" not in client.get(f"/sessions/{session.pk}/").content.decode()


def test_a_viewer_opens_neither_page_and_sees_no_link_to_them(fake: FakeModel, session: AISession) -> None:
    answer = answer_of_a_model(session)
    client = Client()
    let_in(client, UserFactory.create(account=session.account, role=Role.VIEWER))
    shown = client.get(f"/sessions/{session.pk}/")
    assert shown.status_code == 200
    assert "what-is-sent" not in shown.content.decode()
    for path in ("", f"{answer.pk}/"):
        assert client.get(f"/sessions/{session.pk}/what-is-sent/{path}").status_code == 403
