"""Measure evidence and calibration with 200,000 fixes in the account.

    python -m tests.with_database python -m bench.evidence [--most 50000]

Each is timed ROUNDS times in one process; the table has the medians, which other programs disturb least.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from bench.empty_database import empty_database
from bench.report import Measured, report

MOST = 200_000
ROUNDS = 30
OF_A_FIX, OF_GROUPS, CALIBRATION = 20, 40, 300
GROUPS = 20
"""So many candidates the built-in copilot ranks at once."""


def main() -> int:
    most = _arguments().most
    with empty_database():
        from bench.large_account import LargeAccount
        from fixes.evidence import confidence_from_outcomes, evidence_for, usual_wait
        from fixes.models import SuggestedFix
        from fixes.same_fix import group_of

        large = LargeAccount()
        large.grow(most)
        account, browser = large.account.pk, large.browsers["engineer"]
        fix = SuggestedFix.objects.filter(status="applied_pending")[0]
        groups = [group_of(f"Clear the cache {number}") for number in range(GROUPS)]
        rows = [
            Measured("evidence of a fix", _milliseconds(lambda: evidence_for(fix)), OF_A_FIX, "ms"),
            Measured("usual wait of a fix", _milliseconds(lambda: usual_wait(fix)), OF_A_FIX, "ms"),
            Measured(
                f"confidence of {GROUPS} candidates",
                _milliseconds(lambda: confidence_from_outcomes(account, groups)),
                OF_GROUPS,
                "ms",
            ),
            Measured(
                "calibration page", _milliseconds(lambda: browser.get("/insights/calibration/")), CALIBRATION, "ms"
            ),
        ]
    return report(f"Evidence and calibration, {most:,} fixes", rows)


def _milliseconds(run: Callable[[], object]) -> float:
    run()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return round(statistics.median(taken) * 1000, 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="fixes in the account")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
