"""When history can't be written, nothing is: a trigger made here refuses the event, as a full disk might."""

from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import COPILOT, assert_nothing_written, by
from fixes.tests.factories import WORDS, make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

REFUSE = """
    CREATE FUNCTION refuse_events() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'No room for history.'; END $$;
    CREATE TRIGGER refuse_events BEFORE INSERT ON fix_events FOR EACH ROW EXECUTE FUNCTION refuse_events();
"""
RELENT = "DROP TRIGGER refuse_events ON fix_events; DROP FUNCTION refuse_events();"

Act = Callable[[SuggestedFix, User], object]
ON_OPEN: dict[str, Act] = {
    "suggest": lambda fix, user: lifecycle.suggest(fix.session_id, WORDS, COPILOT),
    "apply": lambda fix, user: lifecycle.apply(fix.pk, by(user)),
    "run once": lambda fix, user: lifecycle.decide(fix.pk, "one_off", by(user)),
    "draft a template": lambda fix, user: lifecycle.decide(fix.pk, "draft_template", by(user)),
    "build a template": lambda fix, user: lifecycle.decide(fix.pk, "build_template", by(user)),
    "dismiss": lambda fix, user: lifecycle.decide(fix.pk, "dismissed", by(user)),
    "propose": lambda fix, user: lifecycle.propose(fix.pk, Status.FAILED, "It asks again.", COPILOT),
    "confirm": lambda fix, user: lifecycle.confirm(fix.pk, by(user)),
    "reject": lambda fix, user: lifecycle.reject(fix.pk, by(user)),
    **{
        f"record {outcome}": lambda fix, user, outcome=outcome: lifecycle.record(
            fix.pk, outcome, by(user), notes="Words."
        )
        for outcome in ("applied_success", "applied_failed", "applied_partial", "applied_pending", "dismissed")
    },
}


@pytest.fixture
def user(transactional_db: None) -> User:
    return UserFactory()


@pytest.fixture
def without_history() -> Iterator[Callable[[], None]]:
    def refuse() -> None:
        with connection.cursor() as cursor:
            cursor.execute(REFUSE)

    yield refuse
    with connection.cursor() as cursor:
        cursor.execute(RELENT)


def test_no_act_on_an_open_fix_leaves_a_trace(
    user: User, without_history: Callable[[], None], subtests: pytest.Subtests
) -> None:
    fix = make_fix(SessionFactory(owner=user), ai_drafted_script="klist purge")
    lifecycle.propose(fix.pk, Status.SUCCESS, "It works.", COPILOT)
    without_history()
    for name, act in ON_OPEN.items():
        with subtests.test(name), assert_nothing_written(), pytest.raises(DatabaseError, match="No room for history"):
            act(fix, user)


def test_reopening_leaves_no_trace_on_fix_or_session(user: User, without_history: Callable[[], None]) -> None:
    fix = make_fix(SessionFactory(owner=user), Status.PENDING)
    AISession.objects.update(status="resolved", resolution_kind="provisional")
    lifecycle.record(fix.pk, Status.SUCCESS, by(user))
    without_history()
    with assert_nothing_written(), pytest.raises(DatabaseError):
        lifecycle.reopen(fix.pk, by(user))
    assert AISession.objects.get().resolution_kind == "verified"


def test_a_verdict_leaves_no_trace_on_a_resolved_session(user: User, without_history: Callable[[], None]) -> None:
    fix = make_fix(SessionFactory(owner=user), Status.PENDING)
    AISession.objects.update(status="resolved", resolution_kind="provisional")
    without_history()
    with assert_nothing_written(), pytest.raises(DatabaseError):
        lifecycle.record(fix.pk, Status.FAILED, by(user))
    assert AISession.objects.get().status == "resolved"
