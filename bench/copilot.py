"""Measure how long the built-in copilot takes to answer, with up to 200,000 earlier fixes in the account.

    python -m tests.with_database python -m bench.copilot [--most 50000]

An answer is everything between the engineer's message and FlowPilot's: reading the session, retrieval, evidence, and
writing the reply with its suggestion. The earlier fixes have texts of about fifty words, most of them common, with
error codes and host names; the messages are parts of such texts among other words. Also measures what a verdict takes
longer because it feeds retrieval. On a machine that is busy, compare the CPU time that it also prints.
"""

import argparse
import statistics
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.empty_database import empty_database
from bench.report import AtLeast, Measured, report, say

if TYPE_CHECKING:
    from bench.earlier_fixes import EarlierFixes

LEAST, MOST = 10_000, 200_000
ROUNDS = 100
MILLISECONDS, GROWTH, RIGHT = 100, 2, 0.9


def main() -> int:
    most = _arguments().most
    with empty_database():
        from bench.earlier_fixes import EarlierFixes

        account = EarlierFixes()
        few, _ = _measured(account, LEAST)
        many, right = _measured(account, most)
        feeding = _feeding(account)
    rows = [
        Measured(f"answer, 95 of 100, {LEAST:,} fixes", few, MILLISECONDS, "ms"),
        Measured(f"answer, 95 of 100, {most:,} fixes", many, MILLISECONDS, "ms"),
        Measured("the second over the first", round(many / few, 2), GROWTH),
        AtLeast("right fix proposed", right, RIGHT),
        Measured("a verdict that feeds retrieval, more", feeding, 5, "ms"),
    ]
    return report("The built-in copilot", rows)


def _measured(account: "EarlierFixes", fixes: int) -> tuple[float, float]:
    """Return the milliseconds within which 95 of 100 answers are written, and the share that proposes the right fix."""
    account.grow(fixes)
    for _ in range(5):
        account.ask()  # fills caches that last as long as the process
    times, busy, right = [], [], 0
    for _ in range(ROUNDS):
        before = account.cpu_seconds()
        seconds, is_right = account.ask()
        times.append(seconds * 1000)
        busy.append((account.cpu_seconds() - before) * 1000)
        right += is_right
    say(
        f"{fixes:>7,} fixes: half of the answers within {statistics.median(times):.1f} ms;"
        f" CPU, Python and PostgreSQL: {statistics.mean(busy):.1f} ms each, asking included"
    )
    return round(statistics.quantiles(times, n=20)[-1], 1), right / ROUNDS


def _feeding(account: "EarlierFixes") -> float:
    """Return how many milliseconds more the statement of a verdict takes with the trigger that feeds retrieval."""
    fed = _median(lambda: account.time_of_verdict(feeds=True))
    return round(fed - _median(lambda: account.time_of_verdict(feeds=False)), 2)


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(ROUNDS)) * 1000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help=f"fixes, in place of {MOST:,}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
