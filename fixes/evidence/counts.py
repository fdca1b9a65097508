"""How often the same fix worked, for many fixes in one statement, and the confidence that follows.

One verdict a session counts: its latest one. *Worked* is 1, *partly* ½, *didn't work* 0. A session in which the fix
only waits is counted apart, and a dismissed fix doesn't count.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from fixes.evidence import beta
from fixes.models import SuggestedFix
from fixes.same_fix import Group

PRIOR = 4
"""So many verdicts weigh as much as what is known of the account's fixes in general."""
ENOUGH = 3
"""Fewer verdicts than this are told in words, without a percentage."""
USUAL = 10
"""While an account has fewer verdicts than this, each of the missing ones counts one half."""
MOST = 200
"""The latest fixes of a group that are looked at: a list counts them for each of its rows."""
MOST_OF_ACCOUNT = 1_000
"""The latest verdicts that the account's rate comes from."""
RARELY, NEARLY_ALWAYS = 0.05, 0.95
"""No rate is taken for lower or higher: a few outcomes make nothing certain."""
INTERVAL = 0.9


@dataclass(frozen=True)
class Counts:
    """Sessions by what came of the fix. `rate`: how often the account's fixes work, from 0 to 1.

    `last_worked`: when it was last verified to have worked.
    """

    worked: int
    partly: int
    failed: int
    waiting: int
    rate: float
    last_worked: datetime | None = None

    @property
    def verdicts(self) -> int:
        return self.worked + self.partly + self.failed

    @property
    def is_all(self) -> bool:
        """Whether every session was looked at, and not only those of the latest MOST fixes."""
        return self.verdicts + self.waiting < MOST - 1  # a fix doesn't count for itself

    @property
    def is_empty(self) -> bool:
        return not self.verdicts and not self.waiting

    @property
    def is_enough(self) -> bool:
        """Whether a percentage means anything."""
        return self.verdicts >= ENOUGH

    @property
    def score(self) -> float:
        return self.worked + self.partly / 2

    @property
    def mean(self) -> float:
        """The mean of Beta(score + rate × PRIOR, …), from 0 to 1."""
        return (self.score + self.rate * PRIOR) / (self.verdicts + PRIOR)

    @property
    def confidence_pct(self) -> int:
        return percent(self.mean)

    @property
    def interval_pct(self) -> tuple[int, int]:
        """Between these the fix's own rate lies with a probability of INTERVAL, in per cent."""
        a = self.score + self.rate * PRIOR
        b = self.verdicts - self.score + (1 - self.rate) * PRIOR
        low, high = (beta.quantile(tail, a, b) for tail in ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
        return percent(low), percent(high)


def percent(share: float) -> int:
    return int(share * 100 + 0.5)


def rate_of(score: float, verdicts: int) -> float:
    """Return the account's rate in hundredths, as it is shown, from its latest verdicts."""
    missing = max(0, USUAL - verdicts)
    share = Fraction(score + missing / 2) / max(verdicts, USUAL)
    return min(max(round(float(share), 2), RARELY), NEARLY_ALWAYS)


def confidence_from_outcomes(account_id: UUID, groups: Collection[Group]) -> dict[Group, Counts]:
    """Return the counts of each group (`fixes.same_fix.group_of`), in one statement.

    A group that was never tried has empty counts; its confidence is the account's rate.
    """
    asked = list(dict.fromkeys(groups))
    return dict(zip(asked, _counted(account_id, [(group, None) for group in asked]), strict=True))


def counts_for_fixes(fixes: Iterable[SuggestedFix]) -> dict[UUID, Counts]:
    """Return by fix what came of the account's other fixes that are the same: one statement for each account."""
    of_accounts: dict[UUID, list[SuggestedFix]] = {}
    for fix in fixes:
        of_accounts.setdefault(fix.account_id, []).append(fix)
    found: dict[UUID, Counts] = {}
    for account_id, of_account in of_accounts.items():
        counts = _counted(account_id, [(fix.group, fix.pk) for fix in of_account])
        found |= zip((fix.pk for fix in of_account), counts, strict=True)
    return found


def with_counts(fixes: QuerySet[SuggestedFix], account_id: UUID | None) -> QuerySet[SuggestedFix]:
    """Count in the query that fetches these fixes of the account; `counts_of_fix` then needs none of its own."""
    return fixes.annotate(counted=RawSQL(OF_A_ROW, [account_id] * OF_A_ROW.count("%s"), JSONField()))  # noqa: S611


def counts_of_fix(fix: SuggestedFix) -> Counts:
    """Return what came of the account's other fixes that are the same as this one."""
    counted = fix.__dict__.get("counted")
    if counted is None:
        return counts_for_fixes([fix])[fix.pk]
    *counts, last_worked, score, verdicts = counted
    return counts_of([*counts, last_worked and datetime.fromisoformat(last_worked), score, verdicts])


def _counted(account_id: UUID, asked: Sequence[tuple[Group, UUID | None]]) -> list[Counts]:
    """Count each group without the fix beside it."""
    if not asked:
        return []
    values: dict[str, Any] = {
        "account": account_id,
        "templates": [group.template_id for group, _ in asked],
        "titles": [group.title_key for group, _ in asked],
        "besides": [fix_id for _, fix_id in asked],
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, values)
        return [counts_of(row) for row in cursor.fetchall()]


def counts_of(row: Sequence[Any]) -> Counts:
    """Return the counts in a row of worked, partly, failed, waiting, last worked, the account's score and verdicts."""
    worked, partly, failed, waiting, last_worked, score, verdicts = row
    return Counts(worked, partly, failed, waiting, rate_of(float(score), verdicts), last_worked)


VERDICTS = "'applied_success', 'applied_failed', 'applied_partial'"

SAME = f"""
    SELECT id, session_id, status, verified_at, status_changed_at, created_at FROM session_suggested_fixes
    WHERE account_id = %(account)s AND {{condition}}
        AND status IN ({VERDICTS}, 'applied_pending') AND id IS DISTINCT FROM asked.besides
    ORDER BY created_at DESC LIMIT {MOST}
"""  # noqa: S608  the parts are constants

SESSIONS = f"""
    SELECT DISTINCT ON (session_id) id, session_id, status, verified_at, status_changed_at
    FROM (
        ({SAME.format(condition="script_template_id = asked.template_id")})
        UNION ALL
        ({SAME.format(condition="asked.template_id IS NULL AND title_key = asked.title_key")})
    ) same
    ORDER BY session_id, status = 'applied_pending', created_at DESC, id DESC
"""  # noqa: S608
"""What came of the fixes of `asked` in each session. In SQL because every banner that asks runs it."""

TALLY = """
    count(*) FILTER (WHERE status = 'applied_success') AS worked,
    count(*) FILTER (WHERE status = 'applied_partial') AS partly,
    count(*) FILTER (WHERE status = 'applied_failed') AS failed,
    count(*) FILTER (WHERE status = 'applied_pending') AS waiting,
    max(verified_at) FILTER (WHERE status = 'applied_success') AS last_worked
"""

RATE = f"""
    SELECT count(*) AS verdicts,
        coalesce(sum(CASE status WHEN 'applied_success' THEN 1 WHEN 'applied_partial' THEN 0.5 ELSE 0 END), 0) AS score
    FROM (
        SELECT status FROM session_suggested_fixes
        WHERE account_id = %(account)s AND status IN ({VERDICTS})
        ORDER BY created_at DESC LIMIT {MOST_OF_ACCOUNT}
    ) latest
"""  # noqa: S608

COUNTED = f"""
    WITH rate AS ({RATE})
    SELECT worked, partly, failed, waiting, last_worked, score, verdicts
    FROM unnest(%(templates)s::uuid[], %(titles)s::text[], %(besides)s::uuid[])
            WITH ORDINALITY AS asked (template_id, title_key, besides, number)
        CROSS JOIN LATERAL (SELECT {TALLY} FROM ({SESSIONS}) sessions) tally
        CROSS JOIN rate
    ORDER BY number
"""  # noqa: S608

OF_A_ROW = f"""(
    SELECT jsonb_build_array(worked, partly, failed, waiting, last_worked)
        || (SELECT jsonb_build_array(score, verdicts) FROM ({RATE}) rate)
    FROM (
            VALUES (
                session_suggested_fixes.script_template_id, session_suggested_fixes.title_key,
                session_suggested_fixes.id
            )
        ) asked (template_id, title_key, besides)
        CROSS JOIN LATERAL (SELECT {TALLY} FROM ({SESSIONS}) sessions) tally
)""".replace("%(account)s", "%s")  # noqa: S608
"""A column of the fixes that are fetched; its parameters are all the account. The rate is found once for all rows."""
