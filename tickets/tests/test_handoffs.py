"""The acts on handoffs: who may, what they write, and that a refused one writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from common.refusals import IllegalTransition, InvalidInput, Refusal, Stale
from fixes.tests.acting import everything
from sessions import status
from sessions.models import AISession, Author, Notice, SessionStatus
from sessions.refusals import SessionClosed
from sessions.tests import acts
from sessions.tests.factories import SessionFactory
from tests.concurrency import at_once
from tickets import gaps
from tickets.handoff_refusals import NotYours, OriginatorGone
from tickets.handoffs import end_with_session
from tickets.models import Handoff, HandoffEvent
from tickets.refusals import AlreadyClaimed
from tickets.tests.factories import QUESTION, act, claimed_handoff, make_handoff


@pytest.fixture
def jonas(session: AISession) -> User:
    return colleague(session, "Jonas Brandt")


def colleague(session: AISession, name: str, role: str = Role.ENGINEER) -> User:
    return UserFactory.create(account=session.account, display_name=name, role=role)


def rows() -> tuple[object, ...]:
    tables = (Handoff, HandoffEvent, Notice)
    return everything(), *(list(each._default_manager.order_by("pk").values()) for each in tables)


@contextmanager
def refused(refusal: type[Exception], words: str) -> Iterator[None]:
    """The act is refused with these words, and nothing is written."""
    before = rows()
    with pytest.raises(refusal, match=words):
        yield
    assert rows() == before


def steps(handoff: Handoff) -> list[tuple[str, str, str]]:
    return [(each.action, str(each.actor), each.notes) for each in handoff.events.select_related("actor")]


def notices_of(user: User) -> list[tuple[str, str, str]]:
    return [(each.kind, str(each.actor), each.quote) for each in user.notices.order_by("created_at")]


# Claim


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


# Rate


def test_a_package_is_rated_as_enough(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    rated = act("rate", handoff, jonas, was_enough=True)
    assert (rated.was_enough, rated.missing, rated.missing_notes) == (True, [], "")
    assert notices_of(session.owner)[1:] == [("rated", "Jonas Brandt", "Enough to start.")]


def test_a_rating_names_what_was_missing(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    version = AISession.objects.get(pk=session.pk).state_version
    rated = act("rate", handoff, jonas, was_enough=False, missing=["impact", "tried"], notes="The site’s phone number.")
    assert (rated.was_enough, rated.missing, rated.missing_notes) == (
        False,
        ["tried", "impact"],
        "The site’s phone number.",
    )
    assert AISession.objects.get(pk=session.pk).state_version == version
    assert notices_of(session.owner)[-1][2] == "What was tried, Impact. The site’s phone number."


def test_words_alone_are_a_rating(session: AISession, jonas: User) -> None:
    rated = act("rate", claimed_handoff(session, by=jonas), jonas, was_enough=False, notes="The phone number.")
    assert (rated.missing, rated.missing_notes) == ([], "The phone number.")


def test_the_latest_rating_counts_and_the_same_again_writes_nothing(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    act("rate", handoff, jonas, was_enough=True)
    before = rows()
    act("rate", handoff, jonas, was_enough=True)
    assert rows() == before
    assert act("rate", handoff, jonas, was_enough=False, missing=["access"]).missing == ["access"]
    assert [action for action, *_ in steps(handoff)] == ["escalate", "claim", "rate", "rate"]


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"was_enough": False}, "Say what was missing"),
        ({"was_enough": False, "notes": "\u200b "}, "Say what was missing"),
        ({"was_enough": False, "missing": ["acess"]}, "“acess” is none of: tried, waited_on, impact, access"),
        ({"was_enough": True, "missing": ["access"]}, "Nothing can be missing from a package that was enough."),
        ({"was_enough": True, "notes": "The number."}, "Nothing can be missing from a package that was enough."),
        ({"was_enough": False, "notes": "x" * 4_001}, "limit 4,000"),
        ({"was_enough": False, "notes": "a\x00b"}, "invalid character"),
    ],
)
def test_a_rating_that_says_nothing_or_two_things_is_refused(
    session: AISession, jonas: User, rating: dict[str, object], words: str
) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(InvalidInput, words):
        act("rate", handoff, jonas, **rating)


def test_only_the_claimer_rates(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    with refused(NotYours, "Only the person who claimed it can rate its package."):
        act("rate", handoff, session.owner, was_enough=True)


def test_a_returned_package_can_still_be_rated(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    act("give_back", handoff, jonas, "No access.")
    assert act("rate", handoff, jonas, was_enough=False, missing=["access"]).missing == ["access"]


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


# What receivers miss most


def test_the_gap_that_receivers_name_most_is_known(session: AISession, jonas: User) -> None:
    for missing in (["access"], ["impact", "access"], ["impact"], ["access", "tried"]):
        handoff = claimed_handoff(SessionFactory.create(owner=session.owner), by=jonas)
        act("rate", handoff, jonas, was_enough=False, missing=missing)
    assert gaps.most_missed(session.account) == "access"
    assert gaps.most_missed(UserFactory.create().account) is None


def test_of_two_gaps_named_equally_often_the_first_counts(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    act("rate", handoff, jonas, was_enough=False, missing=["access", "impact"])
    assert gaps.most_missed(session.account) == "impact"


def test_what_was_missed_long_ago_is_forgotten(session: AISession, jonas: User) -> None:
    handoff = claimed_handoff(session, by=jonas)
    act("rate", handoff, jonas, was_enough=False, missing=["access"])
    now = timezone.now()
    assert gaps.most_missed(session.account, now=now + timedelta(days=89)) == "access"
    assert gaps.most_missed(session.account, now=now + timedelta(days=91)) is None


# The conversation goes on


def test_the_originator_writes_on_while_it_waits(session: AISession) -> None:
    make_handoff(session)
    acts.post(session.pk, Author.ENGINEER, "The client called again.", user=session.owner)
    assert AISession.objects.get(pk=session.pk).status == SessionStatus.ESCALATED


# At once


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
