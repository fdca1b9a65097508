"""Whoever asked an originator is told of the answer, once for each question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.factories import UserFactory
from sessions import notices
from sessions.models import AISession, Author, Message, Notice
from sessions.notices import sentence_of
from sessions.tests import acts
from tickets.models import Handoff
from tickets.tests.factories import act, claimed_handoff


@pytest.fixture
def asked(session: AISession, jonas: User) -> Handoff:
    """Jonas has claimed Maya's session, and asked her."""
    AISession.objects.filter(pk=session.pk).update(ticket_ref="CW-61170")
    handoff = claimed_handoff(session, by=jonas)
    return act("ask", handoff, jonas, "Which firewall?")


def write(session: AISession, user: User | None, text: str = "The one in Leeds.") -> Message:
    return acts.post(session.pk, Author.ENGINEER, text, user=user)


def answers(user: User) -> list[Notice]:
    return list(user.notices.filter(kind="answered").order_by("created_at"))


def test_the_next_message_of_the_originator_is_the_answer(session: AISession, jonas: User, asked: Handoff) -> None:
    message = write(session, asked.from_user)
    [notice] = answers(jonas)
    assert sentence_of(notice) == "Maya answered your question in CW-61170"
    assert (notice.quote, notice.actor, notice.subject) == ("The one in Leeds.", asked.from_user, asked.pk)
    assert (notice.anchor, notice.place) == (f"message-{message.sequence}", f"message={message.sequence}")


def test_the_question_is_read_then(session: AISession, asked: Handoff) -> None:
    assert asked.from_user.notices.filter(kind="asked", read_at=None).exists()
    write(session, asked.from_user)
    assert not asked.from_user.notices.filter(kind="asked", read_at=None).exists()


def test_further_messages_answer_nothing(session: AISession, jonas: User, asked: Handoff) -> None:
    write(session, asked.from_user)
    notices.mark_all_read(jonas)
    write(session, asked.from_user, "And its twin.")
    assert [each.quote for each in answers(jonas)] == ["The one in Leeds."]
    assert notices.unread_count(jonas) == 0


def test_each_question_is_answered(session: AISession, jonas: User, asked: Handoff) -> None:
    write(session, asked.from_user)
    act("ask", asked, jonas, "And its address?")
    write(session, asked.from_user, "10.0.0.1")
    assert [each.quote for each in answers(jonas)] == ["The one in Leeds.", "10.0.0.1"]


def test_messages_of_others_answer_nothing(session: AISession, jonas: User, asked: Handoff) -> None:
    write(session, jonas)
    write(session, UserFactory.create(account=session.account))
    acts.post(session.pk, Author.ASSISTANT, "It may be in Leeds.", user=None)
    assert answers(jonas) == []


def test_without_a_question_nobody_is_told(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    write(session, handoff.from_user)
    assert answers(jonas) == []


def test_after_a_return_nobody_is_told(session: AISession, jonas: User, asked: Handoff) -> None:
    act("give_back", asked, jonas, "No access.")
    write(session, asked.from_user)
    assert answers(jonas) == []


def test_a_message_of_the_owner_looks_for_no_question(session: AISession, jonas: User, asked: Handoff) -> None:
    with CaptureQueriesContext(connection) as queries:
        write(session, jonas)
    assert not [each for each in queries if "handoff" in each["sql"]]
