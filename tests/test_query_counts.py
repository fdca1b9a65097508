"""How many SQL statements a page or a press of a button costs, BEGIN and COMMIT counted: the same for many rows."""

from datetime import timedelta
from itertools import cycle

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import NOTES, make_fix
from fixes.tests.pages import HTMX, act_url, page_url, record
from fixes.transitions import Source, Status
from sessions.models import AISession, Author, Message
from sessions.tests.factories import SessionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parametrize("many", [False, True])]

BANNER, PAGE, LIST, BOARD, COUNTS, OUTCOME, PLAIN_OUTCOME, MESSAGE = 3, 9, 5, 4, 2, 9, 7, 7
"""One of each tells who asks: the browser’s session with its person and their account; one of each page, what waits.
The session list also counts its tabs."""


@pytest.fixture
def rows(session: AISession, many: bool) -> int:
    return 6 if many else 1


def counted(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers=HTMX if path.endswith("banner") else {})
    assert answer.status_code == 200
    return len(queries)


def grown(session: AISession, rows: int) -> SuggestedFix:
    """A session with so many fixes of every kind and thirty messages each, and precedents elsewhere in the account."""
    by = By(session.owner, Source.BANNER)
    for _ in range(rows):
        for status in (Status.PENDING, Status.FAILED, Status.PARTIAL):
            make_fix(session, status)
        make_fix(SessionFactory(owner=session.owner), Status.SUCCESS)
    Message.objects.bulk_create(
        Message(
            session=session, account=session.account, sequence=number, author=author, user=session.owner, content="…"
        )
        for number, author in zip(range(1, 30 * rows + 1), cycle([Author.ENGINEER, Author.ASSISTANT]), strict=False)
    )
    fix = make_fix(session, ai_drafted_script="cmdkey /list")
    lifecycle.decide(fix.pk, "build_template", by)
    return SuggestedFix.objects.select_related("session").get(pk=fix.pk)


def test_the_banners_fragment(browser_client: Client, session: AISession, rows: int) -> None:
    assert counted(browser_client, act_url(grown(session, rows), "banner")) == BANNER


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.DISMISSED])
def test_the_fragment_of_a_verdict(browser_client: Client, session: AISession, rows: int, status: Status) -> None:
    fix = grown(session, rows)
    lifecycle.record(fix.pk, status, By(session.owner, Source.BANNER), notes="Seen.")
    assert counted(browser_client, act_url(fix, "banner")) == BANNER


def test_the_session_page(browser_client: Client, session: AISession, rows: int) -> None:
    assert counted(browser_client, page_url(grown(session, rows))) == PAGE


def test_the_session_list(browser_client: Client, session: AISession, rows: int) -> None:
    for number in range(rows):
        other = SessionFactory(owner=session.owner, updated_at=timezone.now() - timedelta(minutes=number))
        make_fix(other, Status.PENDING)
        make_fix(SessionFactory(owner=session.owner), applied=True)
    assert counted(browser_client, "/sessions/") == LIST
    assert counted(browser_client, "/sessions/?q=outlook&status=all") == LIST


def test_the_board_and_its_counts(browser_client: Client, session: AISession, rows: int) -> None:
    for _ in range(rows):
        fix = make_fix(SessionFactory(owner=session.owner), Status.PENDING)
    assert counted(browser_client, "/pending/") == BOARD
    assert counted(browser_client, "/pending/?show=overdue&client=x") == BOARD
    assert counted(browser_client, f"/pending/?answer={fix.pk}") == BOARD + 2
    assert counted(browser_client, "/pending/counts") == COUNTS


@pytest.mark.parametrize(("edge", "expected"), [("htmx", OUTCOME), ("plain form", PLAIN_OUTCOME)])
def test_an_outcome_by_form(browser_client: Client, session: AISession, rows: int, edge: str, expected: int) -> None:
    fix = grown(session, rows)
    with CaptureQueriesContext(connection) as queries:
        answer: HttpResponse = record(browser_client, fix, "applied_pending", edge=edge, notes=NOTES[Status.PENDING])
    assert answer.status_code in {200, 303}
    assert len(queries) == expected, "\n".join(query["sql"][:150] for query in queries)


def test_a_message(browser_client: Client, session: AISession, rows: int) -> None:
    grown(session, rows)
    with CaptureQueriesContext(connection) as queries:
        browser_client.post(f"/sessions/{session.pk}/messages/", {"content": "Hello."}, headers=HTMX)
    assert len(queries) == MESSAGE, "\n".join(query["sql"][:150] for query in queries)
