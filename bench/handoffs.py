"""Measure the queue of escalations with a hundred thousand handoffs in the account.

    python -m tests.with_database python -m bench.handoffs [--most 30000]

Each page is requested ROUNDS times in one process, of an account with ten thousand handoffs and of one with all of them
in turn, and the fastest rounds are compared: those that other programs disturbed least. Also counts SQL statements.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product
from typing import TYPE_CHECKING

from bench.empty_database import empty_database
from bench.report import Measured, report, say

if TYPE_CHECKING:
    from django.test import Client

    from bench.large_account import LargeAccount

LEAST, MOST = 10_000, 100_000
ROUNDS = 60
GROWTH = 1.3
MAX_STATEMENTS = 6

HANDOFFS = """
INSERT INTO handoffs (id, session_id, account_id, from_user_id, target_id, state, question, created_at, claimed_by_id,
                      claimed_at, ended_at, return_reason, missing, missing_notes, version)
SELECT md5('handoff' || n)::uuid, md5('session' || n)::uuid, %(account)s,
       (%(people)s::uuid[])[1 + n %% cardinality(%(people)s::uuid[])],
       CASE WHEN n %% 3 = 0 THEN (%(people)s::uuid[])[1 + (n + 7) %% cardinality(%(people)s::uuid[])] END,
       state, 'Can you look at the rules of the firewall?', at,
       CASE WHEN state <> 'waiting' THEN (%(people)s::uuid[])[1 + (n + 7) %% cardinality(%(people)s::uuid[])] END,
       CASE WHEN state <> 'waiting' THEN at + interval '15 minutes' END,
       CASE WHEN state = 'returned' THEN at + interval '40 minutes' END,
       CASE WHEN state = 'returned' THEN 'Needs someone on site.' ELSE '' END, '{}', '', 2
FROM (SELECT n, now() - n * interval '20 seconds' AS at,
             CASE WHEN n %% 50 = 0 THEN 'waiting' WHEN n %% 10 = 1 THEN 'returned' ELSE 'claimed' END AS state
      FROM generate_series(%(first)s, %(last)s) n) made
"""
"""One in fifty waits, as many of the account's sessions as have one."""


@dataclass(frozen=True)
class View:
    name: str
    path: str


VIEWS = (
    View("everyone", "/escalations/"),
    View("for me", "/escalations/?show=for-me"),
    View("claimed by me", "/escalations/?show=claimed"),
    View("from me", "/escalations/?show=from-me"),
    View("all claimed", "/escalations/?state=claimed"),
    View("API, waiting", "/api/v1/handoffs"),
    View("API, claimed", "/api/v1/handoffs?state=claimed"),
)

Figures = dict[View, tuple[float, int]]
"""View → milliseconds of the fastest round, SQL statements."""


def main() -> int:
    most = _arguments().most
    with empty_database():
        from bench.large_account import LargeAccount

        accounts = LargeAccount(), LargeAccount(beyond=LEAST)
        for account, last in zip(accounts, (LEAST, LEAST + most), strict=True):
            _escalate_all(account, last)
        few, many = _measured([account.browsers["engineer"] for account in accounts])
    for each in VIEWS:
        say(f"{each.name:<14} {few[each][0]:>7.1f} ms, {many[each][0]:>7.1f} ms")
    grown = [Measured(each.name, round(many[each][0] / few[each][0], 2), GROWTH) for each in VIEWS]
    counted = [Measured(each.name, many[each][1], MAX_STATEMENTS) for each in VIEWS]
    return max(report(f"Time ratio, {LEAST:,} → {most:,} handoffs", grown), report("SQL statements", counted))


def _escalate_all(account: "LargeAccount", last: int) -> None:
    """Let the account have sessions up to this number, with a handoff each."""
    from django.db import connection

    first, people = account.rows + 1, [person.pk for person in account.people]
    account.grow(last)
    with connection.cursor() as cursor:
        cursor.execute(HANDOFFS, {"account": account.account.pk, "people": people, "first": first, "last": last})
        cursor.execute("VACUUM ANALYZE handoffs")


def _measured(browsers: "list[Client]") -> list[Figures]:
    """Measure every view in each browser; their rounds alternate, so that whatever else runs slows all of them."""
    figures: list[Figures] = [{} for _ in browsers]
    for view in VIEWS:
        visits = [_visit(browser, view.path) for browser in browsers]
        times: list[list[float]] = [[] for _ in browsers]
        for visit in visits:
            visit()  # fills caches that last as long as the process
        for _, (visit, taken) in product(range(ROUNDS), zip(visits, times, strict=True)):
            begun = time.perf_counter()
            visit()
            taken.append(time.perf_counter() - begun)
        for found, visit, taken in zip(figures, visits, times, strict=True):
            found[view] = (min(taken) * 1000, _count(visit))
    return figures


def _visit(browser: "Client", path: str) -> Callable[[], None]:
    def visit() -> None:
        status = browser.get(path).status_code
        if status != HTTPStatus.OK:
            raise SystemExit(f"{path}: {status}, so nothing was measured")

    return visit


def _count(visit: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        visit()
    return len(captured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="handoffs, in place of a hundred thousand")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
