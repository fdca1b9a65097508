"""Measure how long one worker takes to remind of 10,000 checks that are due at once, and what clicks notice of it.

python -m bench.reminders

Each check is another person's, so each is an email of its own. The worker is that of a running server, and the clicks
are outcomes recorded in a banner of it, one after the other, before and while the emails are sent.
"""

import itertools
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, LiteralString
from uuid import UUID

import psutil

from bench.mail_sink import mail_sink
from bench.report import Measured, report, say
from bench.running_server import ENGINEER, RunningServer, running_server
from bench.signed_in_client import SignedInClient
from resolutionflow.embedded.cluster import Cluster

CHECKS = 10_000
SECONDS = 60
SLOWER = 1.2
PATIENCE = 300
CLICKS = 150
"""How many are measured before."""
MOST_CLICKS = 3_000
PAUSE = 0.05
"""Seconds between two clicks."""

PEOPLE = f"""
    INSERT INTO users SELECT (jsonb_populate_record(one, jsonb_build_object(
        'id', md5('person' || n)::uuid, 'email', 'p' || n || '@bench.example'
    ))).* FROM users AS one, generate_series(1, {CHECKS}) AS n WHERE one.email = '{ENGINEER}'
"""  # noqa: S608
SESSIONS = f"""
    INSERT INTO ai_sessions (id, account_id, owner_id, title, problem_summary, client_name, ticket_ref, status,
                             state_version, created_at, updated_at)
    SELECT md5('session' || n)::uuid, account_id, id, 'Printer offline ' || n, '', 'Client ' || n % 400, 'CW-' || n,
        'active', 2, now() - interval '1 day', now() - interval '1 day'
    FROM users JOIN generate_series(1, {CHECKS}) AS n ON users.id = md5('person' || n)::uuid
"""  # noqa: S608
FIXES = f"""
    INSERT INTO session_suggested_fixes (id, session_id, account_id, title, title_key, description, confidence_pct,
                                         origin, status, version, created_at)
    SELECT md5('fix' || n)::uuid, session.id, account_id, 'Clear the cache ' || n % 1000, '', 'Then sign in.', 50, '',
        'proposed', 2, now() - interval '1 day'
    FROM ai_sessions AS session JOIN generate_series(1, {CHECKS}) AS n ON session.id = md5('session' || n)::uuid
"""  # noqa: S608
OURS = "FROM ai_sessions AS session WHERE session.id = session_id AND session.title LIKE 'Printer offline %'"
WAIT = f"""
    UPDATE session_suggested_fixes SET status = 'applied_pending', applied_at = now(), status_changed_at = now(),
        pending_reason = 'The power cycle at lunch', follow_up_at = now() + interval '1 day' {OURS}
"""  # noqa: S608
DUE = f"UPDATE session_suggested_fixes SET follow_up_at = now() - interval '1 second' {OURS}"  # noqa: S608
CLICKED = f"""
    WITH made AS (
        INSERT INTO ai_sessions (id, account_id, owner_id, title, problem_summary, client_name, ticket_ref, status,
                                 state_version, created_at, updated_at)
        SELECT md5('clicked' || n)::uuid, account_id, id, 'VPN drops ' || n, '', '', '', 'active', 1, now(), now()
        FROM users, generate_series(1, {MOST_CLICKS}) AS n WHERE email = '{ENGINEER}' RETURNING id, account_id
    ), fix AS (
        INSERT INTO session_suggested_fixes (id, session_id, account_id, title, title_key, description,
                                             confidence_pct, origin, status, version, created_at)
        SELECT id, id, account_id, 'Update the driver', '', 'Then try.', 50, '', 'proposed', 1, now() FROM made
        RETURNING id, account_id
    )
    INSERT INTO fix_events (id, fix_id, session_id, account_id, action, to_status, details, source, at, state_version)
    SELECT id, id, id, account_id, 'suggest', 'proposed', '{{}}', 'copilot', now(), 1 FROM fix
"""  # noqa: S608
"""Fixes to click on, one each time: a longer history would take longer to show."""
CLICKS_ON = f"SELECT md5('clicked' || n) FROM generate_series(1, {MOST_CLICKS}) AS n"  # noqa: S608
OWNER = re.compile(r'data-page-owner="([0-9a-f-]+)"')


def main() -> int:
    with mail_sink() as (url, received), running_server(EMAIL_URL=url) as server:
        execute = _database(server)
        for statement in (PEOPLE, SESSIONS, FIXES, WAIT, CLICKED, "ANALYZE"):
            execute(statement)
        clicks = Clicks(server.signed_in_client(), [str(UUID(row[0])) for row in execute(CLICKS_ON)])
        before = list(itertools.islice(clicks, CLICKS))
        taken, worked = received.value, _cpu_seconds(server)
        execute(DUE)
        began, during = time.monotonic(), []
        for seconds in clicks:
            during.append(seconds)
            if received.value >= taken + CHECKS or time.monotonic() - began > PATIENCE:
                break
        busy_for = _cpu_seconds(server) - worked
        lasted = time.monotonic() - began
        say(f"{received.value - taken:,} emails, {busy_for:.0f} s of CPU in the worker; {len(during)} clicks meanwhile")
    calm, busy = statistics.median(before), statistics.median(during)
    say(f"a click: {calm * 1000:.1f} ms before, {busy * 1000:.1f} ms while emails were sent")
    rows = [
        Measured(f"{CHECKS:,} reminders, each an email", round(lasted, 1), SECONDS, "s"),
        Measured("a click meanwhile, in times of one before", round(busy / calm, 2), SLOWER),
    ]
    return report("Reminders", rows)


def _cpu_seconds(server: RunningServer) -> float:
    """Return how long the worker has used the processor."""
    processes = psutil.Process(server.process.pid).children(recursive=True)
    (worker,) = [process for process in processes if "work" in process.cmdline()]
    return float(sum(worker.cpu_times()[:2]))


def _database(server: RunningServer) -> Callable[[LiteralString], list[Any]]:
    """Return what executes a statement as the owner of the tables, and returns its rows."""

    def execute(statement: LiteralString) -> list[Any]:
        cluster = Cluster(server.folder / "var" / "postgres")
        with cluster.connect("resolutionflow_owner", "resolutionflow") as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return execute


class Clicks:
    """“Waiting to verify” in the banner of one fix after the other, as a browser sends it."""

    def __init__(self, client: SignedInClient, fixes: list[str]) -> None:
        self.client, self.fixes = client, iter(fixes)
        self.owner = OWNER.findall(client.get("/sessions/")[1])[0]

    def __iter__(self) -> Iterator[float]:
        """Yield how many seconds each takes."""
        form = {"outcome": "applied_pending", "notes": "The power cycle.", "version": "1", "place": "session"}
        headers = {"HX-Request": "true", "X-Page-Owner": self.owner}
        for fix in self.fixes:
            time.sleep(PAUSE)
            began = time.perf_counter()
            status, _ = self.client.post(f"/sessions/{fix}/fixes/{fix}/record", form, **headers)
            if status != HTTPStatus.OK:
                raise SystemExit(f"A click was answered with {status}, so nothing was measured")
            yield time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
