"""Why a suggested fix is worth trying, as `fixes/banner/_why.html` shows it: what came of it before, or a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.addresses import address
from common.templatetags.icons import icon
from common.templatetags.times import clock, day
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
    def tally(self) -> SafeString:
        """A square for each session; "" where there are too many, or none."""
        counts = self.counts
        squares = ["did"] * counts.worked + ["partly"] * counts.partly + ["didnt"] * counts.failed
        squares += ["waits"] * counts.waiting
        if not 0 < len(squares) <= TALLY_MAX:
            return SafeString("")
        width = f"{len(squares) * STEP - STEP + SQUARE + 1.5:g}"
        drawn = "".join(RECT.format(kind, f"{0.75 + number * STEP:g}") for number, kind in enumerate(squares))
        return mark_safe(TALLY.format(width, drawn))  # noqa: S308  numbers and names of our own

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

    @cached_property
    def first(self) -> SafeString:
        return self._lines(self.evidence.cases[:LISTED_FIRST])

    @cached_property
    def others(self) -> SafeString:
        return self._lines(self.evidence.cases[LISTED_FIRST:])

    def _lines(self, cases: Sequence[Case]) -> SafeString:
        """Return a line for each session as a finished string: templates take ten times as long for it."""
        return mark_safe("".join(LINE.format(*_values(case)) for case in cases))  # noqa: S308  `_values` escapes


TALLY = '<svg class="tally" viewBox="0 0 {} 8" aria-hidden="true">{}</svg>'
RECT = '<rect class="{}" x="{}" y=".75" width="8.5" height="6.5" rx="1.5" stroke-width="1.5"/>'
LINE = (
    '<li data-tone="{}">{}<p><span class="visually-hidden">{}: </span><a href="{}"><bdi>{}</bdi></a>{}, {}{}{}</p></li>'
)
CLIENT = " <bdi>{}</bdi>"
NOTES = ': <span class="said" dir="auto">{}</span>'


def _values(case: Case) -> tuple[str, ...]:
    """Return what a line says. What people wrote is escaped; `format_html` would escape every word of ours, too."""
    look = STATUS_LOOKS[case.status]
    is_waiting = case.status == Status.PENDING
    return (
        *(look.tone, icon(look.icon), look.word),
        *(address("session", case.session_id), escape(case.name)),
        CLIENT.format(escape(case.client_name)) if case.client_name else "",
        *("waiting since " if is_waiting else "", (clock if is_waiting else day)(case.at)),
        NOTES.format(escape(case.notes)) if case.notes else "",
    )
