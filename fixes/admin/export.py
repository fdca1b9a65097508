"""Exports fixes and their outcomes as CSV for spreadsheets (docs/admin.md, *Export*).

UTF-8 with a byte order mark, times in ISO 8601 and UTC. A cell that a spreadsheet would run as a formula begins
with an apostrophe. The rows come from a server-side cursor, so a million of them take no more memory than one.
"""

import csv
import re
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, OuterRef, Subquery, When
from django.http import StreamingHttpResponse
from django.utils import timezone

from fixes.lifecycle import Fixes
from fixes.models import FixEvent
from fixes.transitions import NOTES_COLUMN, TERMINAL, Action, Decision, Status

COLUMNS = {
    "Fix": "id",
    "Account": "account__name",
    "Session": "session_id",
    "Session title": "session__title",
    "Ticket": "session__ticket_ref",
    "Client": "session__client_name",
    "Engineer": "session__owner__display_name",
    "Title": "title",
    "Confidence (%)": "confidence_pct",
    "How to tell it worked": "verification_hint",
    "Outcome": "status",
    "Decision": "user_decision",
    "Suggested": "created_at",
    "Applied": "applied_at",
    "Verified": "verified_at",
    "Outcome since": "status_changed_at",
    "Recorded by": "status_changed_by__display_name",
    "Check by": "follow_up_at",
    "Waiting on": "pending_reason",
    "Partly: what worked and what didn’t": "partial_notes",
    "Didn’t work because": "failure_reason",
    "How it was verified, or why it was dismissed": "notes_of_outcome",
    "Replaced by a newer fix": "superseded_at",
}
"""Heading → the column or annotation with its value."""

LABELS = {"status": dict(Status.choices), "user_decision": dict(Decision.choices)}
"""Columns whose values are shown by their labels."""

AT_ONCE = 2_000
"""Rows that the cursor fetches, and that are sent, at once."""

BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")


def download(fixes: Fixes) -> StreamingHttpResponse:
    """Return the response, which reads its rows while it is sent."""
    response = StreamingHttpResponse(lines(fixes), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="fixes-{timezone.now().astimezone(UTC):%Y-%m-%d}.csv"'
    return response


def lines(fixes: Fixes) -> Generator[str, None, None]:
    """Yield the file in pieces of AT_ONCE rows. Without a transaction, the database would keep a copy of all rows."""
    pieces = _Piece()
    writer = csv.writer(pieces)
    yield BYTE_ORDER_MARK
    writer.writerow(COLUMNS)
    with transaction.atomic():
        rows = fixes.select_related(None).annotate(notes_of_outcome=_outcome_notes()).values_list(*COLUMNS.values())
        for number, row in enumerate(rows.iterator(chunk_size=AT_ONCE), start=1):
            writer.writerow(cells(row))
            if number % AT_ONCE == 0:
                yield pieces.taken()
        yield pieces.taken()


def _outcome_notes() -> Case:
    """Return the notes of *Worked* and *Dismissed*, which only the history has; other outcomes have a column."""
    outcomes = FixEvent.objects.filter(
        fix=OuterRef("pk"), to_status=OuterRef("status"), action__in=[Action.RECORD, Action.CONFIRM]
    )
    latest = Subquery(outcomes.order_by("-state_version", "-position").values("notes")[:1])
    in_history = [status for status in TERMINAL if NOTES_COLUMN[status] is None]
    return Case(When(status__in=in_history, then=latest), default=None)


class _Piece:
    """Collects the writer's lines until they are sent."""

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
    if column in LABELS:
        return LABELS[column].get(value, "")
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """Return the text, with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text
