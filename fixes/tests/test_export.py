"""Fixes as CSV: what a spreadsheet gets to see."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from fixes.admin import export
from fixes.admin.export import COLUMNS, harmless, lines
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.acting import NOON, by
from fixes.tests.factories import make_fix
from fixes.transitions import Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory


def exported() -> list[dict[str, str]]:
    text = "".join(lines(SuggestedFix.objects.order_by("created_at")))
    assert text.startswith("\ufeffFix,Account,Session,")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_row_says_what_came_of_the_fix(session: AISession, engineer: User) -> None:
    fix = make_fix(session, title="Clear, then “sign in”")
    at = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
    lifecycle.record(fix.pk, Status.PENDING, by(engineer, at=NOON), notes="Lunch;\nthen\r\nboot.", follow_up_at=at)
    fix.refresh_from_db()
    assert exported() == [
        {
            "Fix": str(fix.pk),
            "Account": session.account.name,
            "Session": str(session.pk),
            "Session title": session.title,
            "Ticket": session.ticket_ref,
            "Client": "Nordwind Logistik",
            "Engineer": "Maya",
            "Title": "Clear, then “sign in”",
            "Confidence (%)": "80",
            "How to tell it worked": "",
            "Outcome": "Awaiting verification",
            "Decision": "",
            "Suggested": f"{fix.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "Applied": "2026-11-23T12:00:00Z",
            "Verified": "",
            "Outcome since": "2026-11-23T12:00:00Z",
            "Recorded by": "Maya",
            "Check by": "2026-11-23T13:30:00Z",
            "Waiting on": "Lunch;\nthen\nboot.",
            "Partly: what worked and what didn’t": "",
            "Didn’t work because": "",
            "How it was verified, or why it was dismissed": "",
            "Replaced by a newer fix": "",
        }
    ]
    assert len(COLUMNS) == 23


@pytest.mark.parametrize("outcome", [Status.SUCCESS, Status.DISMISSED])
def test_the_notes_of_an_outcome_without_a_column_are_there_until_it_is_reopened(
    session: AISession, engineer: User, outcome: Status
) -> None:
    fix = lifecycle.record(make_fix(session).pk, outcome, by(engineer))
    lifecycle.add_notes(fix.pk, "Seen by the client.", by(engineer))
    column = "How it was verified, or why it was dismissed"
    assert exported()[0][column] == "Seen by the client."
    lifecycle.reopen(fix.pk, by(engineer), reason="Wrong ticket.")
    assert exported()[0][column] == ""


@pytest.mark.parametrize(
    "formula",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", " \t =1"),
        *("＝1", "＋1", "－1", "＠x", '=HYPERLINK("https://example.com";"x")', "\tplain"),
    ],
)
def test_no_cell_is_a_formula(formula: str) -> None:
    assert harmless(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "Clear it", "a=b", "1 - 2", "'=1", "“=1”", "10 + 2"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_every_text_in_a_row_is_made_harmless(engineer: User) -> None:
    session = SessionFactory.create(
        owner=engineer, title="=t", client_name="@c", ticket_ref="+1", account=engineer.account
    )
    fix = make_fix(session, title="-1")
    lifecycle.record(fix.pk, Status.FAILED, by(engineer), notes="=cmd|' /C calc'!A0")
    (row,) = exported()
    assert [row[name] for name in ("Session title", "Client", "Ticket", "Title", "Didn’t work because")] == [
        "'=t",
        "'@c",
        "'+1",
        "'-1",
        "'=cmd|' /C calc'!A0",
    ]


def test_rows_come_through_one_cursor_in_pieces(session: AISession, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        make_fix(session, title=f"Try {number}")
    monkeypatch.setattr(export, "AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        pieces = list(lines(SuggestedFix.objects.order_by("created_at")))
    assert [piece.count("\r\n") for piece in pieces] == [0, 3, 2, 1]
    assert len([query for query in queries if "SELECT" in query["sql"]]) <= 1


def test_whoever_goes_away_leaves_no_transaction_open(session: AISession, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_fix(session, title=f"Try {number}")
    monkeypatch.setattr(export, "AT_ONCE", 1)
    open_before = len(connection.savepoint_ids)
    pieces = lines(SuggestedFix.objects.order_by("created_at"))
    assert next(pieces)
    assert next(pieces)
    assert len(connection.savepoint_ids) == open_before + 1
    pieces.close()
    assert len(connection.savepoint_ids) == open_before
