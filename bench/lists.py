"""Measure how much longer the lists take with a million fixes in the account than with ten thousand.

    python -m tests.with_database python -m bench.lists [--most 100000]

Each list is requested ROUNDS times in one process, and the medians are compared. Also counts SQL statements.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from bench.empty_database import empty_database
from bench.report import Measured, report, say

if TYPE_CHECKING:
    from django.test import Client

LEAST, MOST = 10_000, 1_000_000
STEP = 100_000
ROUNDS = 40
GROWTH = 1.3
ONE = "cw-4711+b52340b4"
"""Finds one session at any size of the account, so that each list renders the same number of rows."""


@dataclass(frozen=True)
class List:
    name: str
    path: str
    max_statements: int
    user: str = "engineer"


BOARD, SESSIONS, ADMIN = 6, 5, 12
ADMINS = ("admin", "superuser")
LISTS = (
    List("board", "/pending/", BOARD),
    List("board, overdue", "/pending/?show=overdue", BOARD),
    List("session list", "/sessions/?status=all", SESSIONS),
    List("session search", f"/sessions/?status=all&q={ONE}", SESSIONS),
    *(List("admin, fixes", "/admin/fixes/suggestedfix/", ADMIN, user) for user in ADMINS),
    *(
        List("admin, waiting fixes", "/admin/fixes/suggestedfix/?status__exact=applied_pending", ADMIN, user)
        for user in ADMINS
    ),
    *(List("admin, fix by ticket", f"/admin/fixes/suggestedfix/?q={ONE}", ADMIN, user) for user in ADMINS),
    *(List("admin, common word", "/admin/fixes/suggestedfix/?q=cache", ADMIN, user) for user in ADMINS),
    *(List("admin, sessions", "/admin/ai_sessions/aisession/", ADMIN, user) for user in ADMINS),
    *(List("admin, session search", f"/admin/ai_sessions/aisession/?q={ONE}", ADMIN, user) for user in ADMINS),
    *(List("admin, people", "/admin/accounts/user/", ADMIN, user) for user in ADMINS),
)

Figures = dict[List, tuple[float, int]]
"""List → median in milliseconds, SQL statements."""


def main() -> int:
    most = _arguments().most
    with empty_database():
        from bench.large_account import LargeAccount

        account = LargeAccount()
        account.grow(LEAST)
        few = _measure(account.browsers)
        for rows in range(LEAST + STEP, most, STEP):
            account.grow(rows)
        account.grow(most)
        many = _measure(account.browsers)
    for each in LISTS:
        say(f"{each.name:<22} {each.user:<9} {few[each][0]:>7.1f} ms → {many[each][0]:>7.1f} ms")
    grown = [_measured(each, round(many[each][0] / few[each][0], 2), GROWTH) for each in LISTS]
    counted = [_measured(each, many[each][1], each.max_statements) for each in LISTS]
    return max(report(f"Time ratio, {LEAST:,} → {most:,} fixes", grown), report("SQL statements", counted))


def _measured(each: List, value: float, limit: float) -> Measured:
    return Measured(f"{each.name}, {each.user}", value, limit)


def _measure(browsers: "dict[str, Client]") -> Figures:
    return {each: (_median(visit := _visit(browsers[each.user], each.path)), _count(visit)) for each in LISTS}


def _visit(browser: "Client", path: str) -> Callable[[], None]:
    def visit() -> None:
        status = browser.get(path).status_code
        if status != HTTPStatus.OK:
            raise SystemExit(f"{path}: {status}, so nothing was measured")

    return visit


def _median(visit: Callable[[], None]) -> float:
    visit()  # fills caches that last as long as the process
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        visit()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _count(visit: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        visit()
    return len(captured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="fixes, in place of a million")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
