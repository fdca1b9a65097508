"""Rating a package, and what receivers miss most."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from common.refusals import InvalidInput
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tickets import gaps
from tickets.refusals import NotYours
from tickets.tests.factories import act, claimed_handoff
from tickets.tests.handoff_acts import notices_of, refused, rows, steps


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
