"""Several acts in one: one transaction, one step of the session's version, one order of events."""

import pytest
from django.db import connection, transaction

from accounts.models import User
from common.refusals import InvalidInput, Refusal
from fixes import lifecycle
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Source, Status
from sessions import acts
from sessions.models import AISession, Author, Message
from sessions.one_act import one_act
from sessions.tests.factories import SessionFactory

COPILOT = By(None, Source.COPILOT)
SESSIONS, FIXES = AISession.objects.all(), SuggestedFix.objects.all()


def version(session: AISession) -> int:
    return AISession.objects.values_list("state_version", flat=True).get(pk=session.pk)


def test_a_message_and_what_follows_from_it_are_one_step(session: AISession, engineer: User) -> None:
    old = make_fix(session, Status.PARTIAL)
    before = version(session)
    with one_act(session.pk, sessions=SESSIONS) as locked:
        message = acts.post(session.pk, Author.ASSISTANT, "Try this.", user=None, sessions=SESSIONS)
        new = lifecycle.suggest(session.pk, WORDS, COPILOT, sessions=SESSIONS)
        lifecycle.propose(new.pk, Status.SUCCESS, "It works.", COPILOT, fixes=FIXES)
    assert (version(session), locked.state_version, message.session.state_version) == (before + 1,) * 3
    events = FixEvent.objects.filter(state_version=before + 1)
    assert list(events.values_list("fix", "action", "position")) == [
        (old.pk, "supersede", 0),
        (new.pk, "suggest", 1),
        (new.pk, "propose", 2),
    ]


def test_a_part_that_is_refused_leaves_the_others(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.SUCCESS)
    before = version(session)
    with one_act(session.pk, sessions=SESSIONS):
        acts.post(session.pk, Author.ENGINEER, "That did it.", user=engineer, sessions=SESSIONS)
        with pytest.raises(Refusal):
            lifecycle.apply(fix.pk, By(engineer, Source.BANNER), fixes=FIXES)
        with pytest.raises(InvalidInput):
            lifecycle.suggest(session.pk, {**WORDS, "title": " "}, COPILOT, sessions=SESSIONS)
        lifecycle.suggest(session.pk, WORDS, COPILOT, sessions=SESSIONS)
    assert (version(session), Message.objects.count(), SuggestedFix.objects.count()) == (before + 1, 1, 2)


def test_a_part_that_fails_after_writing_is_rolled_back_alone(session: AISession, engineer: User) -> None:
    before = version(session)

    def fail_after_writing() -> None:
        with one_act(session.pk, sessions=SESSIONS):
            lifecycle.suggest(session.pk, WORDS, COPILOT, sessions=SESSIONS)
            raise LookupError

    with one_act(session.pk, sessions=SESSIONS) as locked:
        with pytest.raises(LookupError):
            fail_after_writing()
        assert locked.state_version == before
        fix = lifecycle.suggest(session.pk, WORDS, COPILOT, sessions=SESSIONS)
    assert version(session) == before + 1
    assert list(FixEvent.objects.values_list("fix", "state_version", "position")) == [(fix.pk, before + 1, 0)]


def test_when_the_whole_fails_nothing_is_left(session: AISession, engineer: User) -> None:
    before = version(session)

    def post_and_fail() -> None:
        with one_act(session.pk, sessions=SESSIONS):
            acts.post(session.pk, Author.ENGINEER, "Hello?", user=engineer, sessions=SESSIONS)
            raise LookupError

    with pytest.raises(LookupError):
        post_and_fail()
    assert (version(session), Message.objects.count()) == (before, 0)
    acts.post(session.pk, Author.ENGINEER, "Hello?", user=engineer, sessions=SESSIONS)
    assert version(session) == before + 1


def test_another_session_keeps_its_own_count(session: AISession, engineer: User) -> None:
    other = SessionFactory(owner=engineer)
    with one_act(session.pk, sessions=SESSIONS):
        for each in (session, other, other, session):
            acts.post(each.pk, Author.ENGINEER, "Hi.", user=engineer, sessions=SESSIONS)
    assert (version(session), version(other)) == (1, 2)


def test_a_session_that_is_out_of_scope_is_not_there(session: AISession) -> None:
    with pytest.raises(AISession.DoesNotExist), one_act(session.pk, sessions=AISession.objects.none()):
        pytest.fail("the block must not run")


def test_two_instances_of_a_session_never_come_to_the_same_version(session: AISession, engineer: User) -> None:
    """The database counts: an instance read before somebody else's act doesn't repeat that act's version."""
    stale = AISession.objects.get(pk=session.pk)
    acts.post(session.pk, Author.ENGINEER, "Meanwhile.", user=engineer, sessions=SESSIONS)
    with transaction.atomic(), one_act(session.pk, sessions=SESSIONS) as locked:
        stale.act = locked.act
        stale.advance(stale.updated_at)
    assert (stale.state_version, version(session)) == (2, 2)


def test_a_joined_act_asks_the_session_no_second_time_to_step(session: AISession, engineer: User) -> None:
    with one_act(session.pk, sessions=SESSIONS):
        acts.post(session.pk, Author.ENGINEER, "One.", user=engineer, sessions=SESSIONS)
        connection.force_debug_cursor = True
        try:
            acts.post(session.pk, Author.ENGINEER, "Two.", user=engineer, sessions=SESSIONS)
            assert not [each for each in connection.queries if each["sql"].lstrip().startswith("UPDATE ai_sessions")]
        finally:
            connection.force_debug_cursor = False
