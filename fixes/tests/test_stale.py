"""Two people at once: a form drawn from an older version is stale, unless the fix already stands as it says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition
from fixes.lifecycle.refusals import Stale
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, NOON, assert_nothing_written, by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession

Act = Callable[[SuggestedFix, User, int | None], SuggestedFix]
ACTS: dict[str, Act] = {
    "apply": lambda fix, user, version: lifecycle.apply(fix.pk, by(user), version=version),
    "decide": lambda fix, user, version: lifecycle.decide(fix.pk, "one_off", by(user), version=version),
    "dismiss": lambda fix, user, version: lifecycle.decide(fix.pk, "dismissed", by(user), version=version),
    "record": lambda fix, user, version: lifecycle.record(
        fix.pk, "applied_partial", by(user), notes="Half.", version=version
    ),
    "confirm": lambda fix, user, version: lifecycle.confirm(fix.pk, by(user), version=version),
    "confirm edited": lambda fix, user, version: lifecycle.confirm(
        fix.pk, by(user), notes=" My words. ", version=version
    ),
    "reject": lambda fix, user, version: lifecycle.reject(fix.pk, by(user), version=version),
    "undo": lambda fix, user, version: lifecycle.reopen(fix.pk, by(user), version=version),
    "reopen": lambda fix, user, version: lifecycle.reopen(fix.pk, by(user), reason="It’s back.", version=version),
}


@pytest.fixture(autouse=True)
def clock(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def colleague(engineer: User) -> User:
    return UserFactory(account=engineer.account)


def fix_for(session: AISession, act: str) -> SuggestedFix:
    """A fix on which the act is legal."""
    if act in {"undo", "reopen"}:
        return make_fix(session, Status.SUCCESS)
    fix = make_fix(session, ai_drafted_script="klist purge")
    if act in {"confirm", "confirm edited", "reject"}:
        return lifecycle.propose(fix.pk, Status.FAILED, "It asks again.", COPILOT)
    return fix


def meddle(fix: SuggestedFix, colleague: User) -> SuggestedFix:
    """Somebody else acts on it, after which the first act would still be legal."""
    if fix.is_terminal:
        lifecycle.reopen(fix.pk, by(colleague), reason="Look again.")
        return lifecycle.record(fix.pk, Status.SUCCESS, by(fix.session.owner), notes="Looked.")
    return lifecycle.decide(fix.pk, "build_template", by(colleague))


@pytest.mark.parametrize("act", ACTS)
def test_with_the_version_of_now_it_is_done(session: AISession, engineer: User, act: str) -> None:
    fix = fix_for(session, act)
    assert ACTS[act](fix, engineer, fix.version).version == fix.version + 1


@pytest.mark.parametrize("act", ACTS)
def test_with_an_older_version_it_is_stale(session: AISession, engineer: User, colleague: User, act: str) -> None:
    fix = fix_for(session, act)
    meddle(fix, colleague)
    with assert_nothing_written(), pytest.raises(Stale) as refusal:
        ACTS[act](fix, engineer, fix.version)
    assert refusal.value.code == "stale"


@pytest.mark.parametrize("act", ACTS)
def test_without_a_version_the_last_legal_write_wins(
    session: AISession, engineer: User, colleague: User, act: str
) -> None:
    fix = fix_for(session, act)
    meddled = meddle(fix, colleague)
    assert ACTS[act](fix, engineer, None).version == meddled.version + 1


@pytest.mark.parametrize("act", ACTS)
def test_a_button_hit_twice_is_done_once(session: AISession, engineer: User, act: str) -> None:
    fix = fix_for(session, act)
    done = ACTS[act](fix, engineer, fix.version)
    with assert_nothing_written():
        assert ACTS[act](fix, engineer, fix.version).status == done.status


def test_two_people_who_say_the_same_agree(session: AISession, engineer: User, colleague: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.SUCCESS, by(colleague), version=fix.version)
    with assert_nothing_written():
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), version=fix.version)


def test_other_words_are_another_answer(session: AISession, engineer: User, colleague: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.SUCCESS, by(colleague), notes="Called them.", version=fix.version)
    with assert_nothing_written(), pytest.raises(Stale):
        lifecycle.record(fix.pk, Status.SUCCESS, by(engineer), notes="Saw it.", version=fix.version)


def test_another_check_by_time_is_another_answer(session: AISession, engineer: User, colleague: User) -> None:
    fix = make_fix(session)
    soon, later = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    lifecycle.record(fix.pk, Status.PENDING, by(colleague), notes="Lunch.", follow_up_at=soon, version=fix.version)
    with assert_nothing_written(), pytest.raises(Stale):
        lifecycle.record(fix.pk, Status.PENDING, by(engineer), notes="Lunch.", follow_up_at=later, version=fix.version)


def test_confirming_in_other_words_is_another_answer(session: AISession, engineer: User, colleague: User) -> None:
    fix = fix_for(session, "confirm")
    ACTS["confirm edited"](fix, colleague, fix.version)
    with assert_nothing_written(), pytest.raises(Stale):
        ACTS["confirm"](fix, engineer, fix.version)


def test_rejecting_what_a_colleague_confirmed_is_stale(session: AISession, engineer: User, colleague: User) -> None:
    fix = fix_for(session, "confirm")
    ACTS["confirm"](fix, colleague, fix.version)
    with assert_nothing_written(), pytest.raises(Stale):
        ACTS["reject"](fix, engineer, fix.version)


@pytest.mark.parametrize("act", ["confirm", "reject", "undo"])
def test_without_a_version_a_repeat_finds_nothing_to_do(session: AISession, engineer: User, act: str) -> None:
    fix = fix_for(session, act)
    ACTS[act](fix, engineer, None)
    with assert_nothing_written(), pytest.raises(IllegalTransition):
        ACTS[act](fix, engineer, None)
