"""Turns what retrieval finds into fixes that can be proposed, the best first.

Hits that are the same fix (`fixes.same_fix`) are one candidate. A candidate's value is how well it fits the problem,
times how often it worked in the account.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fixes.evidence import Counts, confidence_from_outcomes
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.same_fix import Group, group_of
from flowpilot import retrieval
from flowpilot.built_in.fitting import Fitting
from flowpilot.models import CaseKind, Playbook
from flowpilot.retrieval import Hit

ENOUGH_WEIGHT_TO_NAME = 0.9
"""What a case that doesn't fit needs of the problem's words to be named as the nearest."""
MORE_SESSIONS = 0.1
"""What each further session with the same fix and such a problem adds to the fit, up to five of them."""


@dataclass
class Candidate:
    """`fit`: how well it fits the problem. `earlier`: the fix that worked in the session most like this one."""

    group: Group
    fit: float = 0
    found: dict[str, float] = field(default_factory=dict)
    sessions: int = 0
    counts: Counts | None = None
    earlier: SuggestedFix | None = None
    template: ScriptTemplate | None = None
    playbook: Playbook | None = None

    @property
    def title(self) -> str:
        if self.playbook:
            return self.playbook.fix_title
        return self.earlier.title if self.earlier else self.template.name if self.template else ""

    @property
    def value(self) -> float:
        belief = self.counts.mean if self.counts else 0.5
        return self.fit * (1 + MORE_SESSIONS * min(max(self.sessions - 1, 0), 5)) * (0.5 + belief)

    @property
    def confidence_pct(self) -> int:
        return self.counts.confidence_pct if self.counts else 50

    def add(self, hit: Hit, found: dict[str, float]) -> None:
        """Count a hit whose words, without names, are these."""
        fit = hit.score * sum(found.values()) / hit.weight if hit.weight else 0
        if fit > self.fit:
            self.fit, self.found = fit, found


@dataclass(frozen=True)
class Searched:
    """`fitting`: what can be proposed, the best first. `nearest`: what comes closest where nothing fits."""

    fitting: list[Candidate]
    nearest: Candidate | None


def find(account_id: UUID, problem: str, names: Collection[str] = ()) -> Searched:
    """Return what fits the problem: six statements. `names`: words that tell no problem, such as the client's."""
    hits = retrieval.find(account_id, problem)
    fitting = Fitting(problem, hits, names)
    rows = _rows(account_id, hits)
    candidates: dict[Group, Candidate] = {}
    nearest = None
    for hit in hits:
        row = rows.get(hit.id)
        if row is None:  # retired meanwhile
            continue
        found = fitting.without_names(hit.found)
        if not fitting.fits(found, row if isinstance(row, Playbook) else None):
            nearest = _nearer(nearest, row, hit, found)
            continue
        candidate = candidates.setdefault(_group(row), Candidate(_group(row)))
        _take(candidate, row)
        candidate.add(hit, found)
    return Searched(_valued(account_id, list(candidates.values())), None if candidates else nearest)


def _nearer(nearest: Candidate | None, row: Any, hit: Hit, found: dict[str, float]) -> Candidate | None:
    if sum(found.values()) < ENOUGH_WEIGHT_TO_NAME or (nearest and nearest.fit >= hit.score):
        return nearest
    candidate = Candidate(_group(row))
    _take(candidate, row)
    candidate.add(hit, found)
    return candidate


def _valued(account_id: UUID, candidates: list[Candidate]) -> list[Candidate]:
    counts = confidence_from_outcomes(account_id, [candidate.group for candidate in candidates])
    for candidate in candidates:
        candidate.counts = counts[candidate.group]
    return sorted(candidates, key=lambda candidate: -candidate.value)


def _rows(account_id: UUID, hits: Iterable[Hit]) -> dict[UUID, Any]:
    ids: dict[CaseKind, list[UUID]] = {kind: [hit.id for hit in hits if hit.kind == kind] for kind in CaseKind}
    fixes = SuggestedFix.objects.filter(account=account_id).select_related("script_template", "session")
    found = (
        fixes.filter(pk__in=ids[CaseKind.FIX]) if ids[CaseKind.FIX] else (),
        ScriptTemplate.objects.usable_by(account_id).filter(pk__in=ids[CaseKind.TEMPLATE])
        if ids[CaseKind.TEMPLATE]
        else (),
        Playbook.objects.usable_by(account_id).filter(pk__in=ids[CaseKind.PLAYBOOK]) if ids[CaseKind.PLAYBOOK] else (),
    )
    return {row.pk: row for rows in found for row in rows}


def _group(row: SuggestedFix | ScriptTemplate | Playbook) -> Group:
    if isinstance(row, Playbook):
        return group_of(row.fix_title)
    return group_of(row.name, row.pk) if isinstance(row, ScriptTemplate) else row.group


def _take(candidate: Candidate, row: SuggestedFix | ScriptTemplate | Playbook) -> None:
    """Remember the row, if it is the first of its kind: hits come the best first."""
    if isinstance(row, Playbook):
        candidate.playbook = candidate.playbook or row
    elif isinstance(row, ScriptTemplate):
        candidate.template = candidate.template or row
    else:
        candidate.sessions += 1
        candidate.earlier = candidate.earlier or row
