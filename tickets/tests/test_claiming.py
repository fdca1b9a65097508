"""Claiming a handoff: who may, what it writes, and that of several at once one has it."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, Refusal, Stale
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tests.concurrency import at_once
from tickets.models import Handoff, HandoffEvent
from tickets.refusals import AlreadyClaimed, NotYours
from tickets.tests.factories import QUESTION, act, claimed_handoff, make_handoff
from tickets.tests.handoff_acts import colleague, notices_of, refused, rows, steps


def test_a_claim_makes_the_claimer_the_owner_of_an_active_session(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session, at=timezone.now() - timedelta(minutes=15))
    version = AISession.objects.get(pk=session.pk).state_version
    claimed = act("claim", handoff, jonas)
    session.refresh_from_db()
    assert (session.owner, session.status, session.state_version) == (jonas, "active", version + 1)
    assert (claimed.state, claimed.claimed_by, claimed.version) == ("claimed", jonas, 2)
    assert steps(handoff) == [("escalate", "Maya", QUESTION), ("claim", "Jonas Brandt", "")]
    assert HandoffEvent.objects.get(action="claim").state_version == session.state_version


def test_the_originator_is_told_who_claimed_it(session: AISession, jonas: User) -> None:
    claimed_handoff(session, by=jonas)
    assert notices_of(session.owner) == [("claimed", "Jonas Brandt", "")]


def test_claiming_twice_writes_once(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    before = rows()
    assert act("claim", handoff, jonas).state == "claimed"
    assert rows() == before


def test_the_second_to_claim_learns_who_was_first_and_when(session: AISession, jonas: User) -> None:
    tomasz, now = colleague(session, "Tomasz Wilk"), timezone.now()
    handoff = make_handoff(session, at=now - timedelta(hours=1))
    act("claim", handoff, tomasz, at=now - timedelta(seconds=40))
    with refused(AlreadyClaimed, "^Tomasz Wilk claimed this 40 seconds before you.$") as _:
        act("claim", handoff, jonas, at=now)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "a moment"), (1, "1 second"), (59, "59 seconds"), (60, "1 min"), (4000, "1 h 6 min")]
)
def test_how_much_earlier_is_said_in_words(session: AISession, jonas: User, seconds: int, words: str) -> None:
    tomasz, now = colleague(session, "Tomasz Wilk"), timezone.now()
    handoff = make_handoff(session, at=now - timedelta(days=1))
    act("claim", handoff, tomasz, at=now - timedelta(seconds=seconds))
    with pytest.raises(AlreadyClaimed, match=f"claimed this {words} before you") as raised:
        act("claim", handoff, jonas, at=now)
    assert (raised.value.who, raised.value.when) == (tomasz, now - timedelta(seconds=seconds))


def test_nobody_claims_their_own(session: AISession) -> None:
    handoff = make_handoff(session)
    with refused(NotYours, "You escalated this yourself. Take it back to go on with it."):
        act("claim", handoff, session.owner)


def test_not_even_an_admin_claims_their_own(session: AISession) -> None:
    ada = colleague(session, "Ada", Role.ADMIN)
    handoff = make_handoff(session, by=ada)
    with refused(NotYours, "You escalated this yourself"):
        act("claim", handoff, ada)


def test_a_viewer_claims_nothing(session: AISession) -> None:
    handoff = make_handoff(session)
    with refused(NotYours, "You have read-only access"):
        act("claim", handoff, colleague(session, "Vera", Role.VIEWER))


def test_one_for_somebody_is_claimed_by_them(session: AISession, jonas: User) -> None:
    assert act("claim", make_handoff(session, target=jonas), jonas).claimed_by == jonas


def test_one_for_somebody_is_claimed_by_an_admin(session: AISession, jonas: User) -> None:
    ada = colleague(session, "Ada", Role.ADMIN)
    assert act("claim", make_handoff(session, target=jonas), ada).claimed_by == ada


def test_one_for_somebody_is_nobody_elses(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session, target=jonas)
    with refused(NotYours, "Only Jonas Brandt or an admin can claim this."):
        act("claim", handoff, colleague(session, "Tomasz"))


@pytest.mark.parametrize("columns", [{"is_active": False}, {"role": Role.VIEWER}])
def test_anyone_claims_what_was_for_somebody_who_left(
    session: AISession, jonas: User, columns: dict[str, object]
) -> None:
    handoff, tomasz = make_handoff(session, target=jonas), colleague(session, "Tomasz")
    User.objects.filter(pk=jonas.pk).update(**columns)
    assert act("claim", handoff, tomasz).claimed_by == tomasz


def test_a_handoff_of_another_account_is_not_found(session: AISession) -> None:
    handoff = make_handoff(session)
    with pytest.raises(Handoff.DoesNotExist):
        act("claim", handoff, UserFactory.create())


def test_what_was_taken_back_or_returned_is_not_claimed(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session)
    act("take_back", handoff, session.owner)
    with refused(IllegalTransition, r"This escalation was taken back \("):
        act("claim", handoff, jonas)
    returned = claimed_handoff(by=None)
    act("give_back", returned, returned.claimed_by, "No access.")
    with refused(IllegalTransition, r"This escalation was returned \("):
        act("claim", returned, UserFactory.create(account=returned.account))


def test_a_claim_of_an_older_version_is_refused(session: AISession, jonas: User) -> None:
    handoff = make_handoff(session)
    with refused(Stale, "Something happened to this escalation since"):
        act("claim", handoff, jonas, version=7)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_has_it_and_the_other_learns_who(transactional_db: None) -> None:
    session = SessionFactory.create(owner=UserFactory.create(display_name="Maya"))
    handoff = make_handoff(session)
    people = [colleague(session, name) for name in ("Jonas", "Tomasz")]
    results = at_once(session, [partial(act, "claim", handoff, person) for person in people])
    (won,) = [each for each in results if isinstance(each, Handoff)]
    (lost,) = [each for each in results if isinstance(each, Refusal)]
    handoff.refresh_from_db()
    assert won.claimed_by == handoff.claimed_by
    assert isinstance(lost, AlreadyClaimed)
    assert (lost.who, lost.when) == (handoff.claimed_by, handoff.claimed_at)
    assert [action for action, *_ in steps(handoff)] == ["escalate", "claim"]
    assert handoff.version == 2


@pytest.mark.django_db(transaction=True)
def test_of_a_claim_and_a_take_back_at_once_one_is_done(transactional_db: None) -> None:
    session = SessionFactory.create(owner=UserFactory.create(display_name="Maya"))
    handoff, jonas = make_handoff(session), colleague(session, "Jonas")
    results = at_once(
        session, [partial(act, "claim", handoff, jonas), partial(act, "take_back", handoff, session.owner)]
    )
    (won,) = [each for each in results if isinstance(each, Handoff)]
    handoff.refresh_from_db()
    session.refresh_from_db()
    assert won.state == handoff.state
    assert (handoff.state, str(session.owner)) in {("claimed", "Jonas"), ("taken_back", "Maya")}
    assert session.status == "active"
