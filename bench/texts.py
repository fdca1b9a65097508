"""Measure the case bundle of a session with 50 fixes and 500 messages, the texts written from it, and its preview.

python -m tests.with_database python -m bench.texts

Each is timed ROUNDS times in one process; the table has the medians, which other programs disturb least.
"""

import statistics
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from bench.empty_database import empty_database
from bench.report import Measured, report

if TYPE_CHECKING:
    from sessions.models import AISession

FIXES, MESSAGES = 50, 500
ROUNDS = 30
STATEMENTS, CACHED_STATEMENTS = 10, 5
BUNDLE, NOTE, PACKAGE = 60, 20, 40
MAIL = """It asks again since {number} minutes ago.

Kind regards,
Ines Gale

From: Maya Lindqvist <maya@northwind.example>
Sent: Thursday, 26 November 2026 10:03
To: Ines Gale
Subject: RE: Outlook

Please restart your PC.
"""


def main() -> int:
    with empty_database():
        from tickets.bundle import read_bundle
        from tickets.models import Kind, Language
        from tickets.writing.writer import write

        session = _session()
        bundle = read_bundle(session)
        rows = [
            Measured("bundle, statements", _statements(lambda: read_bundle(_fresh(session))) - 1, STATEMENTS),
            Measured("bundle", _milliseconds(lambda: read_bundle(session)), BUNDLE, "ms"),
            Measured("built-in note", _milliseconds(lambda: write(bundle, Kind.NOTE, Language.ENGLISH)), NOTE, "ms"),
            Measured(
                "built-in package", _milliseconds(lambda: write(bundle, Kind.PACKAGE, Language.GERMAN)), PACKAGE, "ms"
            ),
            Measured("preview from cache, statements", _cached(session), CACHED_STATEMENTS),
        ]
    return report(f"Texts of a session with {FIXES} fixes and {MESSAGES} messages", rows)


def _session() -> "AISession":
    """Return a session whose fixes were applied, helped in part and then failed, but for the last, which waits."""
    from fixes.lifecycle import By
    from fixes.tests import lifecycle
    from fixes.transitions import Source, Status
    from sessions.models import Author, Message
    from sessions.tests.factories import SessionFactory

    session = SessionFactory.create()
    by = By(session.owner, Source.BANNER)
    for number in range(FIXES):
        words = {"title": f"Clear the cache {number}", "description": "Why: the cache is stale.", "confidence_pct": 50}
        fix = lifecycle.suggest(session.pk, words, By(None, Source.COPILOT))
        lifecycle.apply(fix.pk, by)
        if number < FIXES - 1:
            lifecycle.record(fix.pk, Status.PARTIAL, by, notes=f"Two of {number} work")
            lifecycle.record(fix.pk, Status.FAILED, by, notes=f"It is back after {number} minutes")
    lifecycle.record(fix.pk, Status.PENDING, by, notes="The restart after lunch")
    Message.objects.bulk_create(
        Message(
            session=session,
            account_id=session.account_id,
            sequence=number,
            author=Author.ENGINEER,
            user=session.owner,
            content=MAIL.format(number=number),
        )
        for number in range(1, MESSAGES + 1)
    )
    return _fresh(session)


def _fresh(session: "AISession") -> "AISession":
    from sessions.models import AISession

    return AISession.objects.get(pk=session.pk)


def _cached(session: "AISession") -> int:
    """Return how many statements a preview takes over the API when it is in the cache."""
    from django.test import Client

    from accounts.tests.clients import let_in

    client = Client()
    let_in(client, session.owner)
    path = f"/api/v1/ai-sessions/{session.pk}/resolution-note/preview"

    def ask() -> None:
        response = client.post(path, {}, content_type="application/json")
        if response.status_code != HTTPStatus.OK:
            raise SystemExit(f"{path}: {response.status_code}, so nothing was measured")

    ask()
    return _statements(ask)


def _statements(run: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    if "--show" in sys.argv:
        sys.stdout.write("\n".join(query["sql"][:200] for query in captured.captured_queries) + "\n")
    return len(captured)


def _milliseconds(run: Callable[[], object]) -> float:
    run()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return round(statistics.median(taken) * 1000, 1)


if __name__ == "__main__":
    sys.exit(main())
