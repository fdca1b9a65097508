"""Measure one outcome for a hundred rows of the board, and its Undo: the time, and the SQL statements per row.

python -m tests.with_database python -m bench.bulk
"""

import re
import sys
import time
from http import HTTPStatus
from typing import Any

from bench.empty_database import empty_database
from bench.report import Measured, report

ROWS = 100
SECONDS = 2
STATEMENTS = 8
UNDO = re.compile(r'name="undo"\s+value="([^"]+)"')


def main() -> int:
    with empty_database():
        from bench.sample_requests import SampleAccount
        from fixes.models import SuggestedFix

        browser = SampleAccount(ROWS).browser
        picks = [f"{fix.pk}:{fix.version}" for fix in SuggestedFix.objects.awaiting()[:ROWS]]
        fields = {"outcome": "applied_success", "applied_success-notes": "Seen by the client."}
        recorded = _measured(browser, "outcome", "/pending/record", {"selected": picks, **fields})
        undo = UNDO.search(browser.get("/pending/").content.decode())
        if undo is None or SuggestedFix.objects.awaiting().exists():
            raise SystemExit("Not every row was recorded, so nothing was measured")
        undone = _measured(browser, "Undo", "/pending/undo", {"undo": undo[1]})
    return report(f"{ROWS} rows at once", [*recorded, *undone])


def _measured(browser: Any, what: str, path: str, form: dict[str, Any]) -> list[Measured]:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter()
        status = browser.post(path, form).status_code
        seconds = time.perf_counter() - begun
    if status != HTTPStatus.SEE_OTHER:
        raise SystemExit(f"{path}: {status}, so nothing was measured")
    return [
        Measured(what, round(seconds, 2), SECONDS, "s"),
        Measured(f"{what}, statements per row", round(len(captured) / ROWS, 2), STATEMENTS),
    ]


if __name__ == "__main__":
    sys.exit(main())
