"""Taking a handoff back, asking about it, returning it: who may, what they write, that a refused one writes nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput
from sessions import status
from sessions.models import AISession, Author, Notice, SessionStatus
from sessions.refusals import SessionClosed
from sessions.tests import acts
from tickets.handoffs import end_with_session
from tickets.models import Handoff
from tickets.refusals import AlreadyClaimed, NotYours, OriginatorGone
from tickets.tests.factories import act, claimed_handoff, make_handoff
from tickets.tests.handoff_acts import colleague, notices_of, refused, rows, steps

# Take back


def test_the_originator_takes_it_back(session: AISession) -> None:
    handoff = make_handoff(session)
    ended = act("take_back", handoff, session.owner)
    session.refresh_from_db()
    assert (ended.state, session.status, str(session.owner)) == ("taken_back", "active", "Maya")
    assert ended.ended_at is not None
    assert steps(handoff)[1:] == [("take_back", "Maya", "")]


def test_an_admin_takes_it_back_for_the_originator(session: AISession) -> None:
    act("take_back", make_handoff(session), colleague(session, "Ada", Role.ADMIN))
    session.refresh_from_db()
    assert (session.status, str(session.owner)) == ("active", "Maya")


def test_an_admin_who_takes_it_back_for_somebody_who_left_gets_it(session: AISession) -> None:
    ada, handoff = colleague(session, "Ada", Role.ADMIN), make_handoff(session)
    User.objects.filter(pk=session.owner_id).update(is_active=False)
    act("take_back", handoff, ada)
    session.refresh_from_db()
    assert (session.status, session.owner) == ("active", ada)


def test_nobody_else_takes_it_back(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session)
    with refused(NotYours, "Only Maya or an admin can take this back."):
        act("take_back", handoff, jonas)


def test_what_is_claimed_is_not_taken_back(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(AlreadyClaimed, r"^Jonas Brandt claimed this \("):
        act("take_back", handoff, session.owner)


def test_taking_back_twice_writes_once(session: AISession) -> None:
    handoff = make_handoff(session)
    act("take_back", handoff, session.owner)
    before = rows()
    act("take_back", handoff, session.owner)
    assert rows() == before


def test_a_session_can_be_escalated_again(session: AISession, jonas: User) -> None:
    act("take_back", make_handoff(session), session.owner)
    again = make_handoff(session)
    assert act("claim", again, jonas).state == "claimed"


def test_a_reopened_session_ends_its_handoff(session: AISession) -> None:
    handoff, maya = make_handoff(session), session.owner
    status.reopen(session.pk, "Found it.", user=maya, sessions=AISession.objects.all())
    handoff.refresh_from_db()
    session.refresh_from_db()
    assert (handoff.state, session.status) == ("taken_back", "active")
    assert [(action, who) for action, who, _ in steps(handoff)] == [("escalate", "Maya"), ("take_back", "Maya")]
    assert handoff.events.get(action="take_back").state_version == session.state_version


def test_ending_with_the_session_leaves_a_claimed_handoff_alone(session: AISession, jonas: User) -> None:
    claimed_handoff(session, by=jonas)
    before = rows()
    end_with_session(session, jonas, timezone.now())
    assert rows() == before


# Ask


def test_a_question_stands_in_the_conversation_and_in_the_originators_notices(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    version = AISession.objects.get(pk=session.pk).state_version
    act("ask", handoff, jonas, "  Which firewall?\r\n")
    session.refresh_from_db()
    event = handoff.events.get(action="ask")
    assert (event.notes, event.state_version, session.state_version) == ("Which firewall?", version + 1, version + 1)
    assert notices_of(session.handoffs.get().from_user)[1:] == [("asked", "Jonas Brandt", "Which firewall?")]
    assert Notice.objects.get(kind="asked").anchor == f"handoff-{event.pk}"


def test_a_question_sent_twice_by_one_form_is_asked_once(session: AISession, jonas: User) -> None:
    handoff, key = claimed_handoff(session, by=jonas), session.pk
    act("ask", handoff, jonas, "Which firewall?", form_key=key)
    before = rows()
    act("ask", handoff, jonas, "Which firewall?", form_key=key)
    assert rows() == before


@pytest.mark.parametrize("question", [None, "", " \n", "\u200b"])
def test_an_empty_question_is_refused(session: AISession, jonas: User, question: str | None) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(InvalidInput, "Write your question."):
        act("ask", handoff, jonas, question)


def test_only_the_claimer_asks(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(NotYours, "Only the person who claimed it can ask."):
        act("ask", handoff, session.owner, "Why?")
    waiting = make_handoff()
    with refused(NotYours, "Only the person who claimed it can ask."):
        act("ask", waiting, UserFactory.create(account=waiting.account), "Why?")


def test_somebody_who_left_is_not_asked(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    User.objects.filter(pk=handoff.from_user_id).update(is_active=False)
    with refused(OriginatorGone, "Maya no longer works in this account, and can’t answer."):
        act("ask", handoff, jonas, "Why?")


@pytest.mark.parametrize("name", ["ask", "give_back"])
def test_an_abandoned_session_takes_no_question_and_no_return(session: AISession, jonas: User, name: str) -> None:
    handoff = claimed_handoff(session, by=jonas)
    acts.edit(session.pk, {"status": "abandoned"}, user=jonas)
    with refused(SessionClosed, "This session is abandoned."):
        act(name, handoff, jonas, "Why?")


# Return


def test_a_returned_session_is_active_and_the_originators(session: AISession, jonas: User) -> None:
    handoff, maya = claimed_handoff(session, by=jonas), session.owner
    returned = act("give_back", handoff, jonas, "Needs someone on site.")
    session.refresh_from_db()
    assert (session.owner, session.status) == (maya, "active")
    assert (returned.state, returned.return_reason) == ("returned", "Needs someone on site.")
    assert steps(handoff)[-1] == ("return", "Jonas Brandt", "Needs someone on site.")
    assert notices_of(maya)[1:] == [("returned", "Jonas Brandt", "Needs someone on site.")]


def test_a_return_needs_a_reason(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(InvalidInput, "Say why you are returning it."):
        act("give_back", handoff, jonas, " ")


def test_only_the_claimer_returns(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(NotYours, "Only the person who claimed it can return."):
        act("give_back", handoff, colleague(session, "Ada", Role.ADMIN), "No.")


def test_returning_twice_writes_once(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    act("give_back", handoff, jonas, "No access.")
    before = rows()
    act("give_back", handoff, jonas, "No access.")
    assert rows() == before


def test_nothing_is_returned_to_somebody_who_left(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    User.objects.filter(pk=handoff.from_user_id).update(is_active=False)
    with refused(OriginatorGone, "Maya no longer works in this account. Escalate it to someone else instead."):
        act("give_back", handoff, jonas, "No access.")


def test_what_was_escalated_again_is_not_returned(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    make_handoff(session, by=jonas)
    with refused(IllegalTransition, "This session was escalated again since."):
        act("give_back", handoff, jonas, "No access.")


# What the database refuses by itself


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "claimed"},
        {"state": "returned"},
        {"state": "taken_back"},
        {"ended_at": "2026-11-26T12:00Z"},
        {"was_enough": True, "rated_at": "2026-11-26T12:00Z"},
        {"missing": ["access"]},
        {"state": "nonsense"},
    ],
)
def test_the_database_refuses_a_state_without_its_columns(session: AISession, columns: dict[str, object]) -> None:
    handoff = make_handoff(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handoff.objects.filter(pk=handoff.pk).update(**columns)


# The conversation goes on


def test_the_originator_writes_on_while_it_waits(session: AISession) -> None:
    make_handoff(session)
    acts.post(session.pk, Author.ENGINEER, "The client called again.", user=session.owner)
    assert AISession.objects.get(pk=session.pk).status == SessionStatus.ESCALATED
