"""Notices: who is told what, once, and what they have read."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from accounts.tests.factories import AccountFactory, UserFactory
from sessions import notices
from sessions.models import AISession, Notice
from sessions.notices import NoticeKind, notify
from sessions.tests.factories import SessionFactory


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    known = dict(notices._registered)
    notices.register(NoticeKind("test_claimed", "muted", "flag", "{actor} claimed your escalation {ticket}"))
    yield
    notices._registered.clear()
    notices._registered.update(known)


@pytest.fixture
def session(db: None) -> AISession:
    return SessionFactory.create()


def test_a_person_is_told(session: AISession) -> None:
    jonas = UserFactory.create(account=session.account)
    notify(session.owner, "test_claimed", session, actor=jonas, quote="Mine now.", anchor="event-7", key="claim:1")
    notice = notices.of(session.owner).get()
    assert (notice.kind, notice.actor, notice.quote, notice.anchor) == ("test_claimed", jonas, "Mine now.", "event-7")
    assert (notice.account_id, notice.session, notice.read_at) == (session.account_id, session, None)
    assert notices.unread_count(session.owner) == 1


def test_the_same_key_is_told_once_to_each_person(session: AISession) -> None:
    other = UserFactory.create(account=session.account)
    for user in (session.owner, session.owner, other):
        notify(user, "test_claimed", session, key="claim:1")
    assert [notices.unread_count(user) for user in (session.owner, other)] == [1, 1]


def test_without_a_key_it_is_told_each_time(session: AISession) -> None:
    notify(session.owner, "test_claimed", session)
    notify(session.owner, "test_claimed", session)
    assert notices.unread_count(session.owner) == 2


def test_nobody_is_told_what_they_did_themselves(session: AISession) -> None:
    notify(session.owner, "test_claimed", session, actor=session.owner)
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_a_mistake(session: AISession) -> None:
    with pytest.raises(LookupError, match="test_unheard_of"):
        notify(session.owner, "test_unheard_of", session)


def test_a_long_quote_is_cut(session: AISession) -> None:
    notify(session.owner, "test_claimed", session, quote="word " * 1_000)
    quote = notices.of(session.owner).get().quote
    assert len(quote) <= 500
    assert quote.endswith("word…")


def test_a_notice_is_read_once(session: AISession) -> None:
    notify(session.owner, "test_claimed", session)
    first = notices.mark_read(session.owner, notices.of(session.owner).get().pk)
    again = notices.mark_read(session.owner, first.pk)
    assert first.read_at is not None
    assert again.read_at == first.read_at
    assert notices.unread_count(session.owner) == 0


def test_the_notice_of_another_person_cannot_be_read(session: AISession) -> None:
    other = UserFactory.create(account=session.account)
    notify(other, "test_claimed", session)
    with pytest.raises(Notice.DoesNotExist):
        notices.mark_read(session.owner, Notice.objects.get().pk)
    assert notices.unread_count(other) == 1


def test_all_of_one_person_are_read(session: AISession) -> None:
    other = UserFactory.create(account=session.account)
    for user in (session.owner, session.owner, other):
        notify(user, "test_claimed", session)
    assert notices.mark_all_read(session.owner) == 2
    assert [notices.unread_count(user) for user in (session.owner, other)] == [0, 1]


def test_what_is_done_is_read_for_everybody(session: AISession) -> None:
    subject, other = uuid4(), UserFactory.create(account=session.account)
    notify(session.owner, "test_claimed", session, subject=subject)
    notify(other, "test_claimed", session, subject=subject)
    notify(other, "test_claimed", session, subject=uuid4())
    notices.read_about(subject, "test_claimed")
    assert [notices.unread_count(user) for user in (session.owner, other)] == [0, 1]


def test_the_database_keeps_a_notice_in_the_account_of_its_session(session: AISession) -> None:
    foreign = AccountFactory.create()
    Notice.objects.create(user=session.owner, account=foreign, session=session, kind="test_claimed")
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="notices_same_account"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ({}, ""),
        ({"anchor": "fix-banner"}, "#fix-banner"),
        ({"anchor": "handoff-7", "place": "entry=12"}, "?entry=12#handoff-7"),
    ],
)
def test_where_it_leads(session: AISession, where: dict[str, str], link: str) -> None:
    notify(session.owner, "test_claimed", session, **where)
    assert notices.address_of(Notice.objects.get()) == f"/sessions/{session.pk}/{link}"
