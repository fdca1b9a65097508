"""Count the SQL statements of the requests that people wait for, BEGIN and COMMIT included, with few and many rows.

python -m tests.with_database python -m bench.statements [--show]
"""

import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bench.empty_database import empty_database
from bench.report import Measured, report, say

if TYPE_CHECKING:
    from bench.sample_requests import SampleAccount

FEW, MANY = 2, 120
LIMITS = {
    "outcome PATCH": 8,
    "preview from cache": 5,
    "banner fragment": 3,
    "session page, 30 messages": 9,
    "session page, answer open": 9,
    "poll of an open answer": 4,
    "session list": 5,
    "pending list": 5,
    "board": 6,
    "board, a row open": 6,
    "counts for the navigation": 2,
}


def main() -> int:
    with empty_database():
        from bench.sample_requests import SampleAccount

        few, many = SampleAccount(FEW), SampleAccount(MANY)
        counts = {name: (_count(name, few), _count(name, many)) for name in LIMITS}
    rows = [
        Measured(f"{name}, {label}", count, LIMITS[name])
        for name in LIMITS
        for label, count in zip(("few rows", "many rows"), counts[name], strict=True)
    ]
    code = report("SQL statements", rows)
    if grown := [name for name, (with_few, with_many) in counts.items() if with_many > with_few]:
        say(f"More rows need more statements: {', '.join(grown)}")
    return 1 if grown else code


def _count(name: str, account: "SampleAccount") -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    requests: dict[str, Callable[[], Any]] = {
        "outcome PATCH": account.record_outcome,
        "preview from cache": account.preview,
        "banner fragment": account.banner,
        "session page, 30 messages": account.page,
        "session page, answer open": account.page_with_open_answer,
        "poll of an open answer": account.poll,
        "session list": account.list,
        "pending list": account.pending,
        "board": account.board,
        "board, a row open": account.board_with_open_row,
        "counts for the navigation": account.counts,
    }
    requests[name]()  # fills caches that last as long as the process
    account.forget_last_use()
    with CaptureQueriesContext(connection) as captured:
        response = requests[name]()
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{name}: {response.status_code}, so nothing was measured")
    if "--show" in sys.argv:
        say(
            "\n  ".join(
                [f"\n{name}, {account.rows} rows", *(query["sql"][:200] for query in captured.captured_queries)]
            )
        )
    return len(captured)


if __name__ == "__main__":
    sys.exit(main())
