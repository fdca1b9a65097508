"""Several people who resolve, escalate, and record outcomes in one session at once, on real connections."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, Refusal
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.concurrency import at_once
from tickets.models import Handoff, PostedText
from tickets.refusals import AlreadyEnded
from tickets.tests.closing import by, escalate, post_addendum, resolve, says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engineer(transactional_db: None) -> User:
    return UserFactory(display_name="Maya")


@pytest.fixture
def colleague(engineer: User) -> User:
    return UserFactory(display_name="Jonas", account=engineer.account)


@pytest.fixture
def session(engineer: User) -> AISession:
    return SessionFactory(owner=engineer)


@pytest.fixture
def fix(session: AISession) -> SuggestedFix:
    return make_fix(session, applied=True)


def closing(act: Callable[..., Any], fix: SuggestedFix, user: User, outcome: Status) -> partial[Any]:
    fix.session.refresh_from_db()
    return partial(act, fix.session_id, says(outcome), by(user), version=fix.session.state_version)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (resolve, resolve, {"session_closed"}),
        (escalate, escalate, {"illegal_transition"}),
        (resolve, escalate, {"session_closed", "illegal_transition"}),
    ],
)
def test_of_two_who_close_a_session_one_wins_and_the_other_learns_who_and_when(
    fix: SuggestedFix,
    engineer: User,
    colleague: User,
    one: Callable[..., Any],
    other: Callable[..., Any],
    code: set[str],
) -> None:
    acts = [closing(one, fix, engineer, Status.FAILED), closing(other, fix, colleague, Status.FAILED)]
    results = at_once(fix.session, acts)
    (refused,) = [each for each in results if isinstance(each, AlreadyEnded)]
    text = PostedText.objects.get()
    assert (refused.who, refused.when) == (text.posted_by, text.posted_at)
    assert refused.code in code
    assert str(refused).startswith(f"{text.posted_by} ")
    event = FixEvent.objects.get(source__in=[Source.RESOLVE, Source.ESCALATE])
    fix.session.refresh_from_db()
    assert (event.actor, event.state_version) == (text.posted_by, fix.session.state_version)
    assert Handoff.objects.count() == (fix.session.status == "escalated")


def test_many_scripts_that_resolve_at_once_post_one_note(fix: SuggestedFix, engineer: User) -> None:
    act = partial(resolve, fix.session_id, says(Status.SUCCESS), by(engineer))
    results = at_once(fix.session, [act] * 5)
    assert sum(isinstance(each, PostedText) for each in results) == 1
    assert sum(isinstance(each, AlreadyEnded) for each in results) == 4
    assert PostedText.objects.count() == 1


@pytest.mark.parametrize("act", [resolve, escalate])
def test_a_form_sent_twice_at_once_closes_once(fix: SuggestedFix, engineer: User, act: Callable[..., Any]) -> None:
    send = partial(closing(act, fix, engineer, Status.FAILED), form_key=uuid4())
    first, second = at_once(fix.session, [send, send])
    assert first == second
    assert PostedText.objects.count() == 1


def test_a_note_says_the_outcome_that_was_recorded_first(fix: SuggestedFix, engineer: User, colleague: User) -> None:
    resolving = partial(resolve, fix.session_id, says(Status.SUCCESS), by(engineer))
    failing = partial(lifecycle.record, fix.pk, Status.FAILED, by(colleague))
    resolved, recorded = at_once(fix.session, [resolving, failing])
    fix.refresh_from_db()
    fix.session.refresh_from_db()
    if isinstance(resolved, PostedText):
        assert isinstance(recorded, IllegalTransition)
        assert (fix.status, fix.session.status) == (Status.SUCCESS, "resolved")
    else:
        assert isinstance(resolved, IllegalTransition)
        assert (fix.status, fix.session.status) == (Status.FAILED, "active")
        assert not PostedText.objects.exists()


def test_of_two_who_post_an_addendum_one_does(fix: SuggestedFix, engineer: User, colleague: User) -> None:
    resolve(fix.session_id, says(Status.PENDING, notes="The reboot."), by(engineer))
    lifecycle.record(fix.pk, Status.SUCCESS, by(engineer))
    results = at_once(fix.session, [partial(post_addendum, fix.session_id, by(user)) for user in (engineer, colleague)])
    assert sum(isinstance(each, Refusal) for each in results) == 1
    assert PostedText.objects.filter(kind="addendum").count() == 1
