from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.tests.factories import UserFactory
from common import keyset
from common.refusals import InvalidInput
from fixes.models import SuggestedFix
from fixes.models.queries import due_order
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

NEWEST = ("-updated_at", "-id")
BY_DUE = (keyset.Key("follow_up_at", due_order(), when_null="infinity"), "id")


def page(cursor: str | None = None, *, size: int = 2, bound_to: Sequence[object] = ("list",)) -> keyset.Page[AISession]:
    return keyset.page(AISession.objects.all(), order=NEWEST, cursor=cursor, bound_to=bound_to, size=size)


def make_sessions(count: int) -> list[AISession]:
    """Newest first; every two share a moment, so that the id decides."""
    owner, now = UserFactory(), timezone.now()
    for number in range(count):
        SessionFactory(owner=owner, updated_at=now + timedelta(microseconds=number // 2))
    return list(AISession.objects.order_by(*NEWEST))


def test_pages_follow_each_other_onwards_and_back(db: None) -> None:
    sessions = make_sessions(5)
    first = page()
    second = page(first.next)
    third = page(second.next)
    assert [first.rows, second.rows, third.rows] == [sessions[:2], sessions[2:4], sessions[4:]]
    assert third.next is None
    assert page(third.previous).rows == second.rows
    back = page(page(third.previous).previous)
    assert (back.rows, back.previous) == (first.rows, None)
    assert page(back.next).rows == second.rows


def test_a_list_of_exactly_one_page_has_no_neighbours(db: None) -> None:
    make_sessions(2)
    assert page().next is None
    assert page().previous is None


def test_rows_that_come_meanwhile_shift_no_page(db: None) -> None:
    sessions = make_sessions(4)
    first = page()
    SessionFactory(updated_at=timezone.now() + timedelta(hours=1))
    assert page(first.next).rows == sessions[2:]


def test_when_the_rest_has_gone_the_way_back_leads_to_the_row_it_came_from(db: None) -> None:
    sessions = make_sessions(3)
    first = page()
    AISession.objects.filter(pk=sessions[2].pk).delete()
    gone = page(first.next)
    assert (gone.rows, gone.next) == ([], None)
    assert page(gone.previous).rows == first.rows


def test_the_board_pages_through_fixes_with_and_without_a_check_by_time(db: None) -> None:
    now = timezone.now()
    for hours in (5, None, 3, None, 4):
        fix = make_fix(status=Status.PENDING)
        follow_up = hours and now + timedelta(hours=hours)
        SuggestedFix.objects.filter(pk=fix.pk).update(follow_up_at=follow_up)
    seen: list[SuggestedFix] = []
    cursor: str | None = None
    pages = 0
    while pages == 0 or cursor:
        found = keyset.page(SuggestedFix.objects.awaiting(), order=BY_DUE, cursor=cursor, bound_to=("due",), size=2)
        seen, cursor, pages = seen + found.rows, found.next, pages + 1
    assert [fix.follow_up_at and (fix.follow_up_at - now) // timedelta(hours=1) for fix in seen] == [
        3,
        4,
        5,
        None,
        None,
    ]
    assert [fix.pk for fix in seen[3:]] == sorted(fix.pk for fix in seen[3:])
    assert pages == 3


@pytest.mark.parametrize(
    "mend", [lambda c: "nonsense", lambda c: c + "x", lambda c: c[1:], lambda c: "\x00", lambda c: "é:é"]
)
def test_a_tampered_cursor_is_refused(db: None, mend: Any) -> None:
    make_sessions(3)
    cursor = mend(page().next)
    with pytest.raises(InvalidInput) as refused:
        page(cursor)
    assert list(refused.value.errors) == ["cursor"]


@pytest.mark.parametrize("other", [("other list",), ("list", "status=active"), ("list", "another account")])
def test_a_cursor_of_another_list_filter_or_account_is_refused(db: None, other: Sequence[object]) -> None:
    make_sessions(3)
    with pytest.raises(InvalidInput):
        page(page().next, bound_to=other)


def test_a_cursor_with_a_lone_surrogate_is_refused(db: None) -> None:
    with pytest.raises(InvalidInput):
        page("\ud800:\ud800")


def test_a_page_is_one_query_that_compares_whole_rows(db: None) -> None:
    make_sessions(5)
    first = page()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(first.next)
    assert len(queries) == 1
    assert "ROW(" in queries[0]["sql"]


class AnyListAndPageSize(TestCase):
    @given(moments=st.lists(st.integers(0, 3), max_size=9), size=st.integers(1, 4))
    @settings(max_examples=40, deadline=None)
    def test_walking_onwards_and_back_meets_every_row_once_in_order(self, moments: list[int], size: int) -> None:
        owner, now = UserFactory(), timezone.now()
        for moment in moments:
            SessionFactory(owner=owner, updated_at=now + timedelta(microseconds=moment))
        pages = [page(size=size)]
        while pages[-1].next:
            pages.append(page(pages[-1].next, size=size))
        assert [row for each in pages for row in each.rows] == list(AISession.objects.order_by(*NEWEST))
        back = [pages[-1]]
        while back[-1].previous:
            back.append(page(back[-1].previous, size=size))
        assert [each.rows for each in reversed(back)] == [each.rows for each in pages]
