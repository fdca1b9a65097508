"""What came of the same fix before, in the same account (docs/domain.md §6, *Evidence*).

The banner, the board, the API and the built-in copilot count by these functions.
"""

from fixes.evidence.cases import Case, Evidence, evidence_for
from fixes.evidence.counts import Counts, confidence_from_outcomes, counts_for_fixes, counts_of_fix, with_counts
from fixes.evidence.waits import usual_wait

__all__ = [
    "Case",
    "Counts",
    "Evidence",
    "confidence_from_outcomes",
    "counts_for_fixes",
    "counts_of_fix",
    "evidence_for",
    "usual_wait",
    "with_counts",
]
