"""Built-in texts of sessions that went through the real lifecycle."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.transitions import OUTCOMES, Decision, Source, Status
from sessions.models import AISession, Fact, FactKind
from sessions.tests.factories import SessionFactory
from tickets.bundle import Bundle, ClosingInput, read_bundle
from tickets.honesty.check import warnings_of
from tickets.models.text import Kind, Language
from tickets.tests.bundles import DESCRIPTIONS, HINTS, MAYA, NOTES, NOW, STATES, STATUSES, TITLES, bundle_of
from tickets.writing.rendering import as_markdown
from tickets.writing.writer import write

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TEXTS = list(product((Kind.NOTE, Kind.PACKAGE), Language))


def _session() -> AISession:
    session = SessionFactory.create(
        owner__display_name=MAYA,
        account__time_zone="Europe/London",
        title="Outlook asks for the password",
        problem_summary="Outlook on Ines’ PC asks for the password again and again.",
    )
    Fact.objects.create(
        session=session,
        account=session.account,
        text="no primary refresh token in her session: AzureAdPrt : NO",
        kind=FactKind.DIAGNOSTIC_CHECK,
        user=session.owner,
    )
    return session


def _bring(session: AISession, state: str, number: int) -> None:
    """Do what brings the session's fix with this number to the state, at the times of `tickets.tests.bundles`."""
    at = NOW - timedelta(hours=4 - number)

    def by(minutes: int) -> By:
        return By(session.owner, Source.BANNER, at + minutes * MINUTE)

    words = {
        "title": TITLES[number - 1],
        "description": DESCRIPTIONS[number - 1] or "-",
        "verification_hint": HINTS[number - 1],
        "confidence_pct": 70,
    }
    fix = lifecycle.suggest(session.pk, words, By(None, Source.COPILOT, at))
    if state not in {"proposed", "dismissed"}:
        lifecycle.apply(fix.pk, by(10))
    if status := STATUSES.get(state):
        lifecycle.record(
            fix.pk,
            status,
            by(30),
            notes=NOTES[state] or None,
            never_applied=state == "never",
            **({"follow_up_at": NOW + 70 * MINUTE} if state == "waits" else {}),
        )


def _read(session: AISession, **said: Any) -> Bundle:
    return read_bundle(AISession.objects.get(pk=session.pk), now=NOW, **said)


def _texts(bundle: Bundle) -> list[str]:
    return [as_markdown(write(bundle, kind, language)) for kind, language in TEXTS]


@pytest.mark.parametrize(
    "states",
    [
        *[(state,) for state in STATES],
        ("failed", "waits"),
        ("waits", "worked"),
        ("partly", "applied"),
        ("never", "dropped"),
        ("proposed", "dismissed"),
    ],
)
def test_the_texts_are_those_of_the_bundles_made_by_hand(states: tuple[str, ...]) -> None:
    session = _session()
    for number, state in enumerate(states, 1):
        _bring(session, state, number)
    assert _texts(_read(session)) == _texts(bundle_of(*states))


@pytest.mark.parametrize(("is_applied", "status"), list(product((False, True), OUTCOMES)))
def test_a_preview_says_what_the_text_says_once_the_outcome_is_recorded(is_applied: bool, status: Status) -> None:
    """But for the time of day, which isn't known before."""
    session = _session()
    _bring(session, "applied" if is_applied else "proposed", 1)
    check_by = NOW + 70 * MINUTE if status == Status.PENDING else None
    notes = "two of three" if status in {Status.PARTIAL, Status.PENDING} else None
    inputs = ClosingInput(fix_outcome=status, notes=notes, follow_up_at=check_by)
    previewed = _texts(_read(session, inputs=inputs, user=session.owner))
    assert not any("12:20" in text or "12:45" in text for text in previewed)
    _record(session, NOW + 25 * MINUTE, status, notes, check_by, is_applied=is_applied)
    bundle = _read(session)
    times = (" at 12:45", ", 12:45 Uhr", " um 12:45 Uhr", ", 12:45")
    assert [_without(text, *times) for text in _texts(bundle)] == previewed
    for (kind, language), text in zip(TEXTS, previewed, strict=True):
        assert warnings_of(text, kind, bundle, language) == []


def _without(text: str, *parts: str) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


def _record(
    session: AISession, at: datetime, status: Status, notes: str | None, check_by: datetime | None, *, is_applied: bool
) -> None:
    lifecycle.record(
        SuggestedFix.objects.get(session=session).pk,
        status,
        By(session.owner, Source.RESOLVE, at),
        notes=notes,
        never_applied=is_applied and status == Status.DISMISSED,
        **({"follow_up_at": check_by} if check_by else {}),
    )


def test_a_ticket_from_a_failed_fix_to_a_script_whose_effect_waits() -> None:
    session = _session()
    by = By(session.owner, Source.BANNER, NOW - 70 * MINUTE)
    _bring(session, "failed", 1)
    words = {
        "title": TITLES[1],
        "description": DESCRIPTIONS[1],
        "verification_hint": HINTS[1],
        "confidence_pct": 80,
        "ai_drafted_script": "Add-AppxPackage -Register broker",
    }
    fix = lifecycle.suggest(session.pk, words, By(None, Source.COPILOT, NOW - 80 * MINUTE))
    lifecycle.decide(fix.pk, Decision.ONE_OFF, by)
    lifecycle.propose(
        fix.pk, Status.PENDING, "have to wait for the reboot", By(None, Source.COPILOT, NOW - 15 * MINUTE)
    )
    confirmed = By(session.owner, Source.BANNER, NOW - 14 * MINUTE)
    lifecycle.confirm(fix.pk, confirmed, follow_up_at=NOW + 70 * MINUTE)
    lifecycle.record(fix.pk, Status.FAILED, By(session.owner, Source.BANNER, NOW - 10 * MINUTE))
    lifecycle.undo(fix.pk, By(session.owner, Source.BANNER, NOW - 9 * MINUTE))
    note = as_markdown(write(_read(session), Kind.NOTE, Language.ENGLISH))
    assert note.split("## Resolution (provisional)\n\n")[1] == (
        "On 26 November 2026 at 11:10 we applied this fix: “Register the sign-in broker again for the affected user”. "
        "Whether it helps can be seen only later; the reason: “have to wait for the reboot”. The check is due by "
        "13:30 on 26 "
        "November.\n\n"
        "Before that, on 26 November at 09:30, we applied this fix, and it did not help: “Clear the saved Office "
        "credentials”. Recorded with it: “prompt is back within a minute”.\n"
    )
