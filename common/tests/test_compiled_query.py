"""A compiled query returns what its queryset returns, for values of any later call, in any thread."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import UserFactory
from common.compiled_query import AnyOf, compiled
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

NOON = datetime(2026, 8, 24, 12, tzinfo=UTC)


@compiled(UUID, datetime)
def sessions_since(account_id: UUID, since: datetime) -> QuerySet[AISession]:
    sessions = AISession.objects.filter(Q(updated_at__gte=since) | Q(status="paused"), account_id=account_id)
    return sessions.select_related("owner").defer("owner__password").order_by("title")[:2]


@pytest.mark.django_db
def test_each_call_gets_the_rows_of_its_own_values() -> None:
    mine, yours = UserFactory.create(), UserFactory.create()
    for user, title in ((mine, "B"), (mine, "A"), (yours, "C")):
        SessionFactory.create(owner=user, title=title, updated_at=NOON)
    assert [each.title for each in sessions_since(mine.account_id, NOON)] == ["A", "B"]
    assert [each.title for each in sessions_since(yours.account_id, NOON)] == ["C"]
    assert sessions_since(mine.account_id, NOON + timedelta(seconds=1)) == []
    assert sessions_since(uuid4(), NOON) == []


@compiled(list)
def sessions_of(ids: list[UUID]) -> QuerySet[AISession]:
    return AISession.objects.filter(AnyOf("pk", ids)).order_by("title")


@pytest.mark.django_db
def test_a_list_has_any_length() -> None:
    one, two, _ = (SessionFactory.create(title=title) for title in "ABC")
    assert sessions_of([two.pk, one.pk, uuid4()]) == [one, two]
    assert sessions_of([two.pk]) == [two]
    assert sessions_of([]) == []


@pytest.mark.django_db
def test_nothing_is_equal_to_none() -> None:
    SessionFactory.create(updated_at=NOON)
    assert sessions_since(None, NOON) == []


@pytest.mark.django_db
def test_conditions_limits_joins_and_unread_columns_are_those_of_the_queryset() -> None:
    user = UserFactory.create(display_name="Maya")
    for title, status in (("A", "paused"), ("B", "active"), ("C", "paused"), ("D", "paused")):
        SessionFactory.create(owner=user, title=title, status=status, updated_at=NOON - timedelta(days=1))
    with CaptureQueriesContext(connection) as captured:
        found = sessions_since(user.account_id, NOON)
        assert [(each.title, str(each.owner)) for each in found] == [("A", "Maya"), ("C", "Maya")]
    assert len(captured) == 1
    assert found[0].owner.get_deferred_fields() == {"password"}


@pytest.mark.django_db
def test_its_objects_can_be_changed_and_saved() -> None:
    session = SessionFactory.create(updated_at=NOON)
    [found] = sessions_since(session.account_id, NOON)
    found.client_name = "Aldermoor"
    found.save()
    session.refresh_from_db()
    assert session.client_name == "Aldermoor"


@pytest.mark.django_db(transaction=True)
def test_each_thread_uses_its_own_connection() -> None:
    session = SessionFactory.create(updated_at=NOON)
    sessions_since(session.account_id, NOON)  # written with this thread's connection
    found: list[list[AISession]] = []

    def in_another_thread() -> None:
        try:
            found.append(sessions_since(session.account_id, NOON))
        finally:
            connection.close()

    thread = Thread(target=in_another_thread)
    thread.start()
    thread.join()
    assert found == [[session]]
