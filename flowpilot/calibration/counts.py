"""Outcomes by confidence and by who said it, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db import connection

from fixes.evidence import beta
from flowpilot.models.answer import BUILT_IN

ENOUGH = 20
"""Outcomes of one origin below which nothing is shown but how many there are."""
BINS = 10
"""Equal ranges of confidence: 0 to 9 per cent, …, 90 to 100."""
TAIL = 0.05


@dataclass(frozen=True)
class Bin:
    """The fixes suggested with about the same confidence. *Partly worked* counts ½ in `worked`.

    `confidence`: the mean of theirs, from 0 to 1. `squares`: the sum of (confidence - outcome)², for the Brier score.
    """

    number: int
    outcomes: int
    confidence: float
    worked: float
    squares: float

    @property
    def first(self) -> int:
        """The lowest confidence in it, in per cent."""
        return self.number * 100 // BINS

    @property
    def last(self) -> int:
        return 100 if self.number == BINS - 1 else self.first + 100 // BINS - 1

    @property
    def predicted_pct(self) -> float:
        return self.confidence * 100

    @property
    def observed_pct(self) -> float:
        return self.worked / self.outcomes * 100

    @cached_property
    def likely_pct(self) -> tuple[float, float]:
        """Where the true rate is, nine times in ten (Jeffreys interval)."""
        a, b = self.worked + 0.5, self.outcomes - self.worked + 0.5
        return beta.quantile(TAIL, a, b) * 100, beta.quantile(1 - TAIL, a, b) * 100


@dataclass(frozen=True)
class Calibration:
    """Of one origin: the built-in copilot, or a model."""

    origin: str
    bins: Sequence[Bin]

    @property
    def name(self) -> str:
        return "Built-in copilot" if self.origin == BUILT_IN else self.origin

    @property
    def outcomes(self) -> int:
        return sum(each.outcomes for each in self.bins)

    @property
    def is_enough(self) -> bool:
        return self.outcomes >= ENOUGH

    @property
    def brier_score(self) -> float:
        """The mean squared difference of confidence and outcome: 0 is perfect, 0.25 is what always saying 50 % gets."""
        return sum(each.squares for each in self.bins) / self.outcomes


def calibration_of(account_id: UUID) -> list[Calibration]:
    """Return the built-in copilot's calibration, then each model's by name; none for an origin without outcomes."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"account": account_id})
        rows = cursor.fetchall()
    found = [
        Calibration(origin, [Bin(*numbers) for _, *numbers in bins])
        for origin, bins in groupby(rows, lambda row: row[0])
    ]
    return sorted(found, key=lambda each: (each.origin != BUILT_IN, each.origin))


COUNTED = f"""
    WITH verdicts AS (
        SELECT origin, confidence_pct, status, count(*) AS times FROM session_suggested_fixes
        WHERE account_id = %(account)s AND status IN ('applied_success', 'applied_failed', 'applied_partial')
            AND origin <> ''
        GROUP BY origin, confidence_pct, status
    ),
    edited AS (
        SELECT DISTINCT ON (fix_id) fix_id, (details #>> '{{confidence_pct,0}}')::int AS suggested FROM fix_events
        WHERE account_id = %(account)s AND action = 'edit' AND details ? 'confidence_pct'
        ORDER BY fix_id, state_version, position
    ),
    moved AS (
        SELECT origin, confidence_pct, status, suggested FROM edited
            JOIN session_suggested_fixes fixes ON fixes.id = fix_id
        WHERE status IN ('applied_success', 'applied_failed', 'applied_partial') AND origin <> ''
    ),
    said AS (
        SELECT origin, confidence_pct, status, times FROM verdicts
        UNION ALL SELECT origin, confidence_pct, status, -1 FROM moved
        UNION ALL SELECT origin, suggested, status, 1 FROM moved
    ),
    scored AS (
        SELECT origin, least(confidence_pct * {BINS} / 100, {BINS - 1}) AS bin, confidence_pct / 100.0 AS confidence,
            CASE status WHEN 'applied_success' THEN 1 WHEN 'applied_partial' THEN 0.5 ELSE 0 END AS worked, times
        FROM said
    )
    SELECT origin, bin, sum(times)::int, (sum(times * confidence) / sum(times))::float, sum(times * worked)::float,
        sum(times * (confidence - worked) ^ 2)::float
    FROM scored GROUP BY origin, bin HAVING sum(times) > 0 ORDER BY origin COLLATE "C", bin
"""  # noqa: S608  the parts are constants
"""Confidence as it was suggested: most fixes still have theirs, so the few that were edited are moved afterwards."""
