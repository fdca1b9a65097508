"""Fixes in every status, brought there through the lifecycle, as everything else is."""

from typing import Any

from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory

WORDS = {"title": "Clear cached credentials", "description": "Remove them and sign in again.", "confidence_pct": 80}
NOTES = {Status.PARTIAL: "Two of three work.", Status.PENDING: "The client’s power cycle at lunch."}


def make_fix(
    session: AISession | None = None, status: Status = Status.PROPOSED, *, applied: bool = False, **words: Any
) -> SuggestedFix:
    """The session's current fix in `status`, recorded by the session's owner."""
    session = session or SessionFactory.create()
    fix = lifecycle.suggest(session.pk, WORDS | words, By(None, Source.COPILOT))
    by = By(session.owner, Source.BANNER)
    if applied:
        fix = lifecycle.apply(fix.pk, by)
    if status != Status.PROPOSED:
        fix = lifecycle.record(fix.pk, status, by, notes=NOTES.get(status))
    return fix
