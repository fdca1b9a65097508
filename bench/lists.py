"""Lists with ten thousand fixes in an account and with a million: how much longer they take, and their SQL statements.

    python -m tests.with_database python -m bench.lists [--most 100000]

Each list is asked for ROUNDS times and its median taken, all in one process, so that the two figures compare.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from bench.database import empty_database
from bench.report import Measured, report, say

if TYPE_CHECKING:
    from django.test import Client

LEAST, MOST = 10_000, 1_000_000
STEP = 100_000
ROUNDS = 40
GROWTH = 1.3
ONE = "cw-4711+b52340b4"
"""Finds one session, however many there are: each list has as many rows to draw before as after."""


@dataclass(frozen=True)
class List:
    name: str
    path: str
    statements: int
    """The limit."""
    who: str = "engineer"


BOARD, SESSIONS, ADMIN = 6, 5, 12
ADMINS = ("admin", "superuser")
LISTS = (
    List("board", "/pending/", BOARD),
    List("board, overdue", "/pending/?show=overdue", BOARD),
    List("session list", "/sessions/?status=all", SESSIONS),
    List("session search", f"/sessions/?status=all&q={ONE}", SESSIONS),
    *(List("admin, fixes", "/admin/fixes/suggestedfix/", ADMIN, who) for who in ADMINS),
    *(
        List("admin, waiting fixes", "/admin/fixes/suggestedfix/?status__exact=applied_pending", ADMIN, who)
        for who in ADMINS
    ),
    *(List("admin, fix by ticket", f"/admin/fixes/suggestedfix/?q={ONE}", ADMIN, who) for who in ADMINS),
    *(List("admin, common word", "/admin/fixes/suggestedfix/?q=cache", ADMIN, who) for who in ADMINS),
    *(List("admin, sessions", "/admin/ai_sessions/aisession/", ADMIN, who) for who in ADMINS),
    *(List("admin, session search", f"/admin/ai_sessions/aisession/?q={ONE}", ADMIN, who) for who in ADMINS),
    *(List("admin, people", "/admin/accounts/user/", ADMIN, who) for who in ADMINS),
)

Figures = dict[List, tuple[float, int]]
"""List → median in milliseconds, SQL statements."""


def main() -> int:
    most = _arguments().most
    with empty_database():
        from bench.crowd import Crowd

        crowd = Crowd()
        crowd.grow(LEAST)
        few = _measure(crowd.browsers)
        for rows in range(LEAST + STEP, most, STEP):
            crowd.grow(rows)
        crowd.grow(most)
        many = _measure(crowd.browsers)
    for each in LISTS:
        say(f"{each.name:<22} {each.who:<9} {few[each][0]:>7.1f} ms → {many[each][0]:>7.1f} ms")
    grown = [_measured(each, round(many[each][0] / few[each][0], 2), GROWTH) for each in LISTS]
    counted = [_measured(each, many[each][1], each.statements) for each in LISTS]
    return max(report(f"Times as long, {LEAST:,} → {most:,} fixes", grown), report("SQL statements", counted))


def _measured(each: List, value: float, limit: float) -> Measured:
    return Measured(f"{each.name}, {each.who}", value, limit)


def _measure(browsers: "dict[str, Client]") -> Figures:
    return {each: (_median(visit := _visit(browsers[each.who], each.path)), _count(visit)) for each in LISTS}


def _visit(browser: "Client", path: str) -> Callable[[], None]:
    def visit() -> None:
        status = browser.get(path).status_code
        if status != HTTPStatus.OK:
            raise SystemExit(f"{path}: {status}, so nothing was measured")

    return visit


def _median(visit: Callable[[], None]) -> float:
    visit()  # caches that fill once for a process
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
