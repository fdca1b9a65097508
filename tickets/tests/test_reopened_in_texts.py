"""What texts say of a verdict that was taken back, and of who applied a fix."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from accounts.tests.factories import UserFactory
from fixes.lifecycle import By
from fixes.models import SuggestedFix
from fixes.tests import lifecycle
from fixes.tests.factories import make_fix
from fixes.transitions import Source, Status
from sessions.models import AISession
from sessions.tests.factories import SessionFactory
from tickets.bundle import read_bundle
from tickets.models.text import Kind, Language
from tickets.writing.rendering import as_markdown
from tickets.writing.writer import write

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 11, 26, 10, tzinfo=UTC)
ENGLISH, GERMAN = Language.ENGLISH, Language.GERMAN


@pytest.fixture
def session() -> AISession:
    return SessionFactory.create(owner__display_name="Maya Lindqvist", account__time_zone="UTC")


@pytest.fixture
def jonas(session: AISession) -> User:
    return UserFactory.create(account=session.account, display_name="Jonas Brandt")


@pytest.fixture
def reopened(session: AISession, jonas: User) -> SuggestedFix:
    """A fix that Maya recorded as having worked, and Jonas reopened."""
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.SUCCESS, _by(session.owner), notes="no prompt")
    return lifecycle.reopen(fix.pk, _by(jonas, hours=3), reason="came back after lunch")


def _by(user: User, hours: int = 0) -> By:
    return By(user, Source.BANNER, TEN + timedelta(hours=hours))


def _section(session: AISession, kind: Kind, language: Language, number: int) -> str:
    bundle = read_bundle(AISession.objects.get(pk=session.pk))
    return as_markdown(write(bundle, kind, language)).split("## ")[number].split("\n\n", 1)[1].strip()


@pytest.mark.usefixtures("reopened")
def test_a_note_says_that_it_seemed_to_work_and_why_it_was_reopened(session: AISession) -> None:
    assert _section(session, Kind.NOTE, ENGLISH, 4) == (
        "We applied this fix: “Clear cached credentials”. It seemed to work and was recorded as having worked on 26 "
        "November 2026 at 10:00, but was reopened on 26 November at 13:00: “came back after lunch”."
    )
    assert _section(session, Kind.NOTE, GERMAN, 4) == (
        "Wir haben diese Maßnahme durchgeführt: „Clear cached credentials“. Sie schien zu helfen und wurde am 26. "
        "November 2026 um 10:00 Uhr als wirksam festgehalten, dann aber am 26. November um 13:00 Uhr wieder geöffnet: "
        "„came back after lunch“."
    )


@pytest.mark.usefixtures("reopened")
def test_a_package_says_so_with_who_did_it(session: AISession) -> None:
    assert _section(session, Kind.PACKAGE, ENGLISH, 3) == (
        "1. **Clear cached credentials.** Applied (recorded by Maya Lindqvist, 26 November 2026, 10:00). It seemed to "
        "work and was recorded as having worked (Maya Lindqvist, 26 November, 10:00), but was reopened (Jonas Brandt, "
        "26 November, 13:00): “came back after lunch”."
    )
    assert _section(session, Kind.PACKAGE, ENGLISH, 4).startswith(
        "This fix seemed to work, but was reopened; what came of it is open: “Clear cached credentials”."
    )
    assert _section(session, Kind.PACKAGE, GERMAN, 3) == (
        "1. **Clear cached credentials.** Durchgeführt (festgehalten von Maya Lindqvist, 26. November 2026, 10:00 "
        "Uhr). Sie schien zu helfen und wurde als wirksam festgehalten (Maya Lindqvist, 26. November, 10:00 Uhr), dann "
        "aber wieder geöffnet (Jonas Brandt, 26. November, 13:00 Uhr): „came back after lunch“."
    )


def test_after_the_next_outcome_the_package_still_says_it_and_the_note_does_not(
    session: AISession, reopened: SuggestedFix
) -> None:
    lifecycle.record(reopened.pk, Status.FAILED, _by(session.owner, 4), notes="it is back")
    assert "came back after lunch" not in _section(session, Kind.NOTE, ENGLISH, 4)
    assert "came back after lunch" in _section(session, Kind.PACKAGE, ENGLISH, 3)


def test_a_fix_that_waits_again_says_so_too(session: AISession, jonas: User) -> None:
    fix = make_fix(session, Status.PENDING)
    lifecycle.record(fix.pk, Status.SUCCESS, By(session.owner, Source.BANNER), notes="no prompt")
    at = datetime.now(UTC) + timedelta(hours=1)
    lifecycle.reopen(fix.pk, By(jonas, Source.BANNER, at), reason="came back after lunch")
    for language in Language:
        for kind, number in ((Kind.NOTE, 4), (Kind.PACKAGE, 4)):
            assert "came back after lunch" in _section(session, kind, language, number)


def test_who_records_a_wait_is_not_said_to_have_applied_the_fix(session: AISession, jonas: User) -> None:
    fix = make_fix(session)
    lifecycle.record(fix.pk, Status.PENDING, _by(jonas), notes="the reboot")
    assert "It was applied (recorded by Jonas Brandt, 26 November 2026, 10:00); it is not verified yet." in _section(
        session, Kind.PACKAGE, ENGLISH, 4
    )
    german = _section(session, Kind.PACKAGE, GERMAN, 4)
    assert "Sie wurde durchgeführt (festgehalten von Jonas Brandt, 26. November 2026, 10:00 Uhr); geprüft" in german
    make_fix(session)
    assert "(applied: recorded by" not in _section(session, Kind.PACKAGE, ENGLISH, 4)


def test_who_applied_it_is_said_whoever_records_the_wait(session: AISession, jonas: User) -> None:
    fix = make_fix(session)
    lifecycle.apply(fix.pk, _by(session.owner))
    lifecycle.record(fix.pk, Status.PENDING, _by(jonas, 1), notes="the reboot")
    assert "Maya Lindqvist applied it on 26 November 2026 at 10:00; it is not verified yet." in _section(
        session, Kind.PACKAGE, ENGLISH, 4
    )
