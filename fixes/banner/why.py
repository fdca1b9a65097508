"""Why a suggested fix is worth trying, as `fixes/banner/_why.html` shows it: what came of it before, or a guess."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fixes.evidence import Case, Counts, Evidence
from fixes.evidence.sentences import NOT_TRIED, headline, waits, when
from fixes.looks import STATUS_LOOKS
from fixes.models import SuggestedFix
from fixes.transitions import Status

BUILT_IN = "built-in"
"""The origin whose confidence comes from outcomes. Every other number is somebody's estimate."""

TALLY_MAX = 12
"""So many sessions are drawn one by one."""
LISTED_FIRST = 4
SQUARE, STEP = 8.5, 12.0
"""Width of a square of the tally, and from one to the next, in units of its drawing."""


@dataclass(frozen=True)
class Why:
    fix: SuggestedFix
    evidence: Evidence
    now: datetime

    @property
    def counts(self) -> Counts:
        return self.evidence.counts

    @property
    def is_known(self) -> bool:
        """Whether anything came of it before."""
        return not self.counts.is_empty

    @property
    def guess(self) -> int | None:
        """FlowPilot's own estimate in per cent, which nothing measured."""
        return None if self.fix.origin == BUILT_IN else self.fix.confidence_pct

    @property
    def source(self) -> str:
        """Where an untried fix comes from; "" for a model's."""
        if self.fix.origin != BUILT_IN:
            return ""
        return "From a script template" if self.fix.script_template_id else "From a playbook"

    @property
    def is_a_model(self) -> bool:
        return self.fix.origin not in ("", BUILT_IN)

    @property
    def headline(self) -> str:
        return headline(self.counts)

    @property
    def not_tried(self) -> str:
        return NOT_TRIED

    @property
    def when(self) -> str:
        return when(self.counts)

    @property
    def waits(self) -> str:
        return waits(self.counts)

    # The drawing of single sessions

    @cached_property
    def tally(self) -> list[tuple[str, float]]:
        """CSS class and x of a square for each session; [] where there are too many."""
        if self.evidence.sessions > TALLY_MAX:
            return []
        counts = self.counts
        kinds = ["did"] * counts.worked + ["partly"] * counts.partly + ["didnt"] * counts.failed
        return [(kind, 0.75 + number * STEP) for number, kind in enumerate(kinds + ["waits"] * counts.waiting)]

    @property
    def tally_width(self) -> float:
        return len(self.tally) * STEP - STEP + SQUARE + 1.5

    # The arithmetic

    @property
    def score(self) -> str:
        return f"{self.counts.score:g}"

    @property
    def rate(self) -> str:
        return f"{self.counts.rate:g}"

    @property
    def rate_pct(self) -> int:
        return round(self.counts.rate * 100)

    @property
    def low(self) -> int:
        return self.counts.interval_pct[0]

    @property
    def high(self) -> int:
        return self.counts.interval_pct[1]

    @property
    def width(self) -> int:
        """Of the interval, in per cent."""
        return self.high - self.low

    # The sessions

    @property
    def first(self) -> list["Row"]:
        return [Row(case) for case in self.evidence.cases[:LISTED_FIRST]]

    @property
    def others(self) -> list["Row"]:
        return [Row(case) for case in self.evidence.cases[LISTED_FIRST:]]


@dataclass(frozen=True)
class Row:
    """A session behind the evidence, as a line shows it."""

    case: Case

    @property
    def tone(self) -> str:
        return STATUS_LOOKS[self.case.status].tone

    @property
    def icon(self) -> str:
        return STATUS_LOOKS[self.case.status].icon

    @property
    def word(self) -> str:
        return STATUS_LOOKS[self.case.status].word

    @property
    def is_waiting(self) -> bool:
        return self.case.status == Status.PENDING
