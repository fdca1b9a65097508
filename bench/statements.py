"""SQL statements of the paths that people wait for, BEGIN and COMMIT counted, with few rows and with many.

python -m tests.with_database python -m bench.statements [--show]
"""

import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bench.database import empty_database
from bench.report import Measured, report, say

if TYPE_CHECKING:
    from bench.rooms import Room

FEW, MANY = 2, 120
LIMITS = {
    "outcome PATCH": 8,
    "banner fragment": 3,
    "session page, 30 messages": 8,
    "session list": 5,
    "pending list": 5,
    "board": 6,
    "board, a row open": 6,
    "what waits, for the navigation": 2,
}


def main() -> int:
    with empty_database():
        from bench.rooms import Room

        few, many = Room(FEW), Room(MANY)
        counts = {name: (_count(name, few), _count(name, many)) for name in LIMITS}
    rows = [
        Measured(f"{name}, {label}", count, LIMITS[name])
        for name in LIMITS
        for label, count in zip(("few rows", "many rows"), counts[name], strict=True)
    ]
    code = report("SQL statements", rows)
    if grown := [name for name, (with_few, with_many) in counts.items() if with_many > with_few]:
        say(f"With rows grow: {', '.join(grown)}")
    return 1 if grown else code


def _count(name: str, room: "Room") -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visits: dict[str, Callable[[], Any]] = {
        "outcome PATCH": room.record_outcome,
        "banner fragment": room.banner,
        "session page, 30 messages": room.page,
        "session list": room.list,
        "pending list": room.pending,
        "board": room.board,
        "board, a row open": room.board_with_row,
        "what waits, for the navigation": room.counts,
    }
    visits[name]()  # caches that fill once for a process
    room.wait_a_minute()
    with CaptureQueriesContext(connection) as captured:
        response = visits[name]()
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{name}: {response.status_code}, so nothing was measured")
    if "--show" in sys.argv:
        say("\n  ".join([f"\n{name}, {room.rows} rows", *(query["sql"][:200] for query in captured.captured_queries)]))
    return len(captured)


if __name__ == "__main__":
    sys.exit(main())
