"""Several people, scripts and the copilot at once, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, Refusal
from fixes.lifecycle.refusals import AlreadyFailed, Stale, Superseded
from fixes.models import FixEvent, SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, by
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession, Author, Message
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.concurrency import PATIENCE, at_once, run_in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engineer(transactional_db: None) -> User:
    return UserFactory(display_name="Maya")


@pytest.fixture
def session(engineer: User) -> AISession:
    return SessionFactory(owner=engineer)


def record(fix: SuggestedFix, outcome: str, user: User, **words: Any) -> Callable[[], SuggestedFix]:
    return lambda: lifecycle.record(fix.pk, outcome, by(user), **words)


def suggest(session: AISession) -> Callable[[], SuggestedFix]:
    words = WORDS
    return lambda: lifecycle.suggest(session.pk, words, COPILOT)


def records(fix: SuggestedFix) -> list[str]:
    return list(fix.events.filter(action="record").values_list("to_status", flat=True))


def assert_history_is_whole(session: AISession) -> None:
    """Every step of the session since its beginning has its event, and each fix its version."""
    session.refresh_from_db()
    steps = set(FixEvent.objects.filter(session=session).values_list("state_version", flat=True))
    assert steps == set(range(1, session.state_version + 1))
    for fix in session.suggested_fixes.all():
        assert fix.version == fix.events.count()


def test_a_fix_that_fails_at_the_same_instant_is_not_suggested_again(session: AISession, engineer: User) -> None:
    fix = make_fix(session)
    results = at_once(
        session,
        [
            record(fix, Status.FAILED, engineer),
            lambda: lifecycle.suggest(session.pk, WORDS, COPILOT, again=False),
        ],
    )
    fix.refresh_from_db()
    (refused,) = [type(result) for result in results if isinstance(result, Refusal)]
    assert (fix.status, refused) in {(Status.FAILED, AlreadyFailed), (Status.PROPOSED, Superseded)}
    assert_history_is_whole(session)


def test_of_two_verdicts_one_wins_and_the_other_is_refused(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    events = fix.events.count()
    colleague = UserFactory(account=engineer.account)
    answers = at_once(
        session,
        [record(fix, "applied_success", engineer), record(fix, "applied_failed", colleague, notes="Same error.")],
    )
    won = [answer for answer in answers if isinstance(answer, SuggestedFix)]
    lost = [answer for answer in answers if isinstance(answer, IllegalTransition)]
    assert (len(won), len(lost)) == (1, 1)
    fix.refresh_from_db()
    assert fix.status == won[0].status
    assert fix.events.count() == events + 1
    assert_history_is_whole(session)


def test_of_two_forms_the_later_is_stale(session: AISession, engineer: User) -> None:
    fix = make_fix(session, applied=True)
    partly = record(fix, "applied_partial", engineer, notes="Half.", version=fix.version)
    waiting = record(fix, "applied_pending", engineer, notes="Lunch.", version=fix.version)
    answers = at_once(session, [partly, waiting])
    assert sorted(type(answer) for answer in answers if isinstance(answer, Stale)) == [Stale]
    assert len(records(fix)) == 1
    assert_history_is_whole(session)


def test_a_double_click_writes_one_event(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    click = record(fix, "applied_success", engineer, version=fix.version)
    answers = at_once(session, [click] * 4)
    assert [answer.status for answer in answers] == ["applied_success"] * 4
    assert records(fix) == ["applied_pending", "applied_success"]
    assert_history_is_whole(session)


def test_eight_suggestions_are_eight_fixes_and_one_is_current(session: AISession) -> None:
    answers = at_once(session, [suggest(session)] * 8)
    assert {type(answer) for answer in answers} == {SuggestedFix}
    assert session.suggested_fixes.count() == 8
    assert session.suggested_fixes.current().count() == 1
    assert FixEvent.objects.filter(action="suggest").count() == 8
    assert FixEvent.objects.filter(action="supersede").count() == 7
    assert_history_is_whole(session)


def test_a_verdict_and_a_suggestion_come_one_after_the_other(session: AISession, engineer: User) -> None:
    fix = make_fix(session, applied=True)
    verdict, newer = at_once(session, [record(fix, "applied_success", engineer), suggest(session)])
    assert newer.is_current
    fix.refresh_from_db()
    assert fix.superseded_at is not None
    if isinstance(verdict, Superseded):
        assert (fix.status, records(fix)) == ("proposed", [])
    else:
        assert (fix.status, records(fix)) == ("applied_success", ["applied_success"])
    assert_history_is_whole(session)


def test_a_waiting_fix_gets_its_verdict_whichever_comes_first(session: AISession, engineer: User) -> None:
    fix = make_fix(session, Status.PENDING)
    verdict, newer = at_once(session, [record(fix, "applied_success", engineer), suggest(session)])
    assert (verdict.status, newer.is_current) == ("applied_success", True)
    fix.refresh_from_db()
    assert (fix.status, fix.is_current) == ("applied_success", False)
    assert_history_is_whole(session)


def test_messages_and_verdicts_lose_no_step(session: AISession, engineer: User) -> None:
    fix = make_fix(session, applied=True)
    before = session.state_version = fix.session.state_version
    post = lambda: acts.post(session.pk, Author.ENGINEER, "Any news?", user=engineer)  # noqa: E731
    at_once(session, [post, record(fix, "applied_partial", engineer, notes="Half."), post, post])
    session.refresh_from_db()
    assert session.state_version == before + 4
    assert list(session.messages.values_list("sequence", flat=True)) == [1, 2, 3]


def test_many_rounds_of_everything_end_without_a_deadlock(session: AISession, engineer: User) -> None:
    """Each round starts together on both sessions; a deadlock would raise OperationalError."""
    rounds, sessions = 12, [session, SessionFactory(owner=engineer)]
    for each in sessions:
        make_fix(each, Status.PENDING)

    def current(each: AISession) -> SuggestedFix:
        return each.suggested_fixes.current().get()

    steps: list[Callable[[AISession], Any]] = [
        lambda each: suggest(each)(),
        lambda each: lifecycle.apply(current(each).pk, by(engineer)),
        lambda each: lifecycle.record(current(each).pk, "applied_pending", by(engineer), notes="Lunch."),
        lambda each: acts.post(each.pk, Author.ENGINEER, "Any news?", user=engineer),
    ]
    together = Barrier(len(steps), timeout=PATIENCE)

    def repeat(number: int) -> None:
        for turn in range(rounds):
            together.wait()
            run_in_thread(partial(steps[number], sessions[(number + turn) % 2]))

    with ThreadPoolExecutor(len(steps)) as pool:
        for future in [pool.submit(repeat, number) for number in range(len(steps))]:
            future.result(PATIENCE)
    assert SuggestedFix.objects.current().count() == 2
    assert FixEvent.objects.filter(action="suggest").count() == 2 + rounds


def test_a_message_sent_twice_at_once_is_stored_once(engineer: User, session: AISession) -> None:
    key = uuid4()

    def send() -> Message:
        return acts.post(session.pk, Author.ENGINEER, "Hello.", user=engineer, form_key=key)

    first, second = at_once(session, [send, send])
    assert first == second == Message.objects.get()
    session.refresh_from_db()
    assert session.state_version == 1
