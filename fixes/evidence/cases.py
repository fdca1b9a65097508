"""The sessions behind the evidence for one fix, and their counts, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from fixes.evidence.counts import RATE, SESSIONS, TALLY, Counts, counts_of
from fixes.evidence.sentences import sentence
from fixes.models import SuggestedFix
from fixes.transitions import Status

CASES_MAX = 12
"""Sessions that are listed."""
NOTES_SHOWN = 200
"""Characters of a session's notes that are listed."""


@dataclass(frozen=True)
class Case:
    """One session, and what came of the fix there. `at`: since when. `notes`: those of that status, shortened."""

    session_id: UUID
    session_title: str
    ticket_ref: str
    client_name: str
    status: Status
    at: datetime
    notes: str | None

    @property
    def name(self) -> str:
        return self.ticket_ref or self.session_title


@dataclass(frozen=True)
class Evidence:
    """`cases`: the sessions, those where it failed or waits first, then the latest; at most CASES_MAX of them."""

    counts: Counts
    cases: Sequence[Case]

    @property
    def sentence(self) -> str:
        return sentence(self.counts, timezone.now())

    @property
    def sessions(self) -> int:
        return self.counts.verdicts + self.counts.waiting

    @property
    def unlisted(self) -> int:
        """How many sessions are not listed."""
        return self.sessions - len(self.cases)


def evidence_for(fix: SuggestedFix) -> Evidence:
    """Return what came of the account's other fixes that are the same as this one."""
    group = fix.group
    values: dict[str, Any] = {
        "account": fix.account_id,
        "template": group.template_id,
        "title": group.title_key,
        "besides": fix.pk,
        "listed": CASES_MAX,
        "shown": NOTES_SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(WITH_CASES, values)
        *counts, cases = cursor.fetchone()
    return Evidence(counts_of(counts), [_case(each) for each in cases])


def _case(row: dict[str, Any]) -> Case:
    return Case(
        session_id=UUID(row["session_id"]),
        session_title=row["title"],
        ticket_ref=row["ticket_ref"],
        client_name=row["client_name"],
        status=Status(row["status"]),
        at=datetime.fromisoformat(row["at"]),
        notes=row["notes"],
    )


ORDER = """
    array_position(ARRAY['applied_failed', 'applied_pending', 'applied_partial', 'applied_success'], status::text)
"""

WITH_CASES = f"""
    WITH asked (template_id, title_key, besides) AS (
        VALUES (%(template)s::uuid, %(title)s::text, %(besides)s::uuid)
    ),
    cases AS (SELECT one.* FROM asked CROSS JOIN LATERAL ({SESSIONS}) one),
    tally AS (SELECT {TALLY} FROM cases),
    rate AS ({RATE}),
    listed AS (
        SELECT id, session_id, status, coalesce(verified_at, status_changed_at) AS at, {ORDER} AS place FROM cases
        ORDER BY place, at DESC, id LIMIT %(listed)s
    )
    SELECT worked, partly, failed, waiting, last_worked, score, verdicts, coalesce((
        SELECT json_agg(
            json_build_object(
                'session_id', listed.session_id, 'status', listed.status, 'at', listed.at,
                'title', sessions.title, 'ticket_ref', sessions.ticket_ref, 'client_name', sessions.client_name,
                'notes', left(
                    CASE listed.status WHEN 'applied_failed' THEN failure_reason
                        WHEN 'applied_partial' THEN partial_notes WHEN 'applied_pending' THEN pending_reason END,
                    %(shown)s
                )
            ) ORDER BY place, listed.at DESC, listed.id
        )
        FROM listed JOIN ai_sessions sessions ON sessions.id = listed.session_id
            JOIN session_suggested_fixes fixes ON fixes.id = listed.id
    ), '[]')
    FROM tally CROSS JOIN rate
"""  # noqa: S608  the parts are constants
