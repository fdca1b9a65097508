"""Bundles made by hand, for tests of texts: fixes in any state, without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fixes.transitions import Status
from tickets.bundle import Attempt, Bundle, ClosingInput, Outcome, Statement, StatementKind

NOW = datetime(2026, 11, 26, 12, 20, tzinfo=UTC)
MAYA, JONAS = "Maya Lindqvist", "Jonas Brandt"
STATES = ("proposed", "applied", "worked", "failed", "partly", "waits", "dismissed", "dropped", "never")
"""Every state of a fix: only proposed; applied, without an outcome; four outcomes; dismissed without having been
applied; dismissed after it was applied; never applied, as somebody said on closing."""
STATUSES = {
    "worked": Status.SUCCESS,
    "failed": Status.FAILED,
    "partly": Status.PARTIAL,
    "waits": Status.PENDING,
    "dismissed": Status.DISMISSED,
    "dropped": Status.DISMISSED,
    "never": Status.DISMISSED,
}
TITLES = (
    "Clear the saved Office credentials",
    "Register the sign-in broker again for the affected user",
    "Point the branch’s DNS at head office first",
)
DESCRIPTIONS = (
    "Saved credentials outlive a password change.\n\n1. Close Outlook.\n2. Clear them.",
    "The PC has no primary refresh token, which points at the **broker** package.",
    "",
)
HINTS = ("No prompt for ten minutes", "`dsregcmd /status` shows AzureAdPrt : YES", "")
NOTES = {
    "worked": "AzureAdPrt is YES, no prompt for ten minutes",
    "failed": "prompt is back within a minute",
    "partly": "names resolve, replication still fails",
    "waits": "have to wait for the reboot, she’s with a client and restarts after lunch",
    "dropped": "not worth it, the PC is replaced next week",
    "never": "",
    "dismissed": "needs a reboot in working hours",
}


def attempt_in(state: str, number: int, *, is_current: bool = True, **columns: Any) -> tuple[Attempt, list[Statement]]:
    """Return a fix in one of STATES, and its statements. Each fix happens an hour after the one before it."""
    at = NOW - timedelta(hours=4 - number)
    status = STATUSES.get(state, Status.PROPOSED)
    is_applied = state not in {"proposed", "dismissed"}
    suggested, applied, recorded = f"event:{number}.0", f"event:{number}.1", f"event:{number}.2"
    history: tuple[Outcome, ...] = ()
    if state in STATUSES:
        check_by = NOW + timedelta(minutes=70) if state == "waits" else None
        when = at + timedelta(minutes=30)
        history = (
            Outcome(status, when, MAYA, NOTES[state], check_by, recorded, number, never_applied=state == "never"),
        )
    attempt = Attempt(
        number,
        UUID(int=number),
        TITLES[number - 1] if number <= len(TITLES) else f"Try {number}",
        DESCRIPTIONS[(number - 1) % 3],
        HINTS[(number - 1) % 3],
        status,
        is_current,
        at,
        at + timedelta(minutes=10) if is_applied else None,
        at + timedelta(minutes=30) if state in {"worked", "failed"} else None,
        suggested,
        applied if is_applied else "",
        MAYA if is_applied else "",
        never_applied=state == "never",
        outcomes=history,
        history=history,
    )
    attempt = replace(attempt, **columns)
    kind = StatementKind.EVENT
    statements = [Statement(suggested, kind, f"{attempt.title}\n\n{attempt.description}", at, attempt=number)]
    if attempt.applied:
        statements.append(Statement(applied, kind, attempt.title, attempt.applied_at, MAYA, number))
    statements += [Statement(each.cites, kind, each.notes, each.at, each.person, number) for each in attempt.outcomes]
    if attempt.hint:
        statements.append(Statement(attempt.hint_cite, StatementKind.HINT, attempt.hint, attempt=number))
    return attempt, statements


def bundle_of(
    *states: str,
    facts: Sequence[str] = ("no primary refresh token in her session: AzureAdPrt : NO",),
    problem: str = "Outlook on Ines’ PC asks for the password again and again.",
    inputs: ClosingInput | None = None,
    **columns: Any,
) -> Bundle:
    """Return the bundle of a session with fixes in these states, the last of them current."""
    inputs = inputs or ClosingInput()
    attempts, statements = (
        [],
        [
            Statement("session:title", StatementKind.SESSION, "Outlook asks for the password"),
            *([Statement("session:problem_summary", StatementKind.SESSION, problem)] if problem else []),
            *[Statement(f"fact:{n}", StatementKind.FACT, text, NOW, MAYA) for n, text in enumerate(facts)],
            *[
                Statement(f"input:{name}", StatementKind.INPUT, str(text), NOW, MAYA)
                for name in ("root_cause", "impact", "access", "question")
                if (text := getattr(inputs, name))
            ],
        ],
    )
    for number, state in enumerate(states, 1):
        attempt, own = attempt_in(state, number, is_current=number == len(states))
        attempts.append(attempt)
        statements += own
    bundle = Bundle(
        UUID(int=0),
        "Outlook asks for the password",
        problem,
        "Pemberlow Architects",
        "CW-61231",
        ZoneInfo("Europe/London"),
        9,
        NOW,
        MAYA,
        {each.id: each for each in statements},
        tuple(f"fact:{n}" for n in range(len(facts))),
        (),
        tuple(attempts),
        inputs,
    )
    return replace(bundle, **columns)
