"""Fixes and what came of them as CSV for spreadsheets (docs/admin.md, *Export*).

UTF-8 with a byte order mark, times in ISO 8601 and UTC. A cell that a spreadsheet would run as a formula begins
with an apostrophe. The rows come from a server-side cursor, so a million of them take no more memory than one.
"""

import csv
import re
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import StreamingHttpResponse
from django.utils import timezone

from fixes.lifecycle import Fixes
from fixes.transitions import Decision, Status

COLUMNS = {
    "Fix": "id",
    "Account": "account__name",
    "Session": "session_id",
    "Session title": "session__title",
    "Ticket": "session__ticket_ref",
    "Client": "session__client_name",
    "Engineer": "session__owner__display_name",
    "Title": "title",
    "Confidence in per cent": "confidence_pct",
    "Outcome": "status",
    "Path": "user_decision",
    "Suggested": "created_at",
    "Applied": "applied_at",
    "Verified": "verified_at",
    "Outcome since": "status_changed_at",
    "Recorded by": "status_changed_by__display_name",
    "Check by": "follow_up_at",
    "Waiting on": "pending_reason",
    "Partly: what worked and what didn’t": "partial_notes",
    "Didn’t work because": "failure_reason",
    "Replaced by a newer fix": "superseded_at",
}
"""Heading → where its value stands."""

WORDS = {"status": dict(Status.choices), "user_decision": dict(Decision.choices)}
"""Columns whose values are shown by their words."""

AT_ONCE = 2_000
"""Rows that the cursor fetches, and that are sent, at once."""

BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")


def download(fixes: Fixes) -> StreamingHttpResponse:
    """The file. Its rows are read while it is sent."""
    response = StreamingHttpResponse(lines(fixes), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fixes-{timezone.now().astimezone(UTC):%Y-%m-%d}.csv"'
    return response


def lines(fixes: Fixes) -> Generator[str, None, None]:
    """Pieces of the file, AT_ONCE rows each. In one transaction: without, the server would keep a copy of all rows."""
    pieces = _Piece()
    writer = csv.writer(pieces)
    yield BYTE_ORDER_MARK
    writer.writerow(COLUMNS)
    with transaction.atomic():
        rows = fixes.select_related(None).values_list(*COLUMNS.values())
        for number, row in enumerate(rows.iterator(chunk_size=AT_ONCE), start=1):
            writer.writerow(cells(row))
            if number % AT_ONCE == 0:
                yield pieces.taken()
        yield pieces.taken()


class _Piece:
    """Where the writer leaves its lines until they are sent."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    def write(self, line: str) -> None:
        self.waiting.append(line)

    def taken(self) -> str:
        text, self.waiting = "".join(self.waiting), []
        return text


def cells(row: Iterable[Any]) -> list[Any]:
    return [cell(column, value) for column, value in zip(COLUMNS.values(), row, strict=True)]


def cell(column: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if column in WORDS:
        return WORDS[column].get(value, "")
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text
