"""The demo's people and stories: what is there. The command is tested in test_load_demo.py."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.demo import load_people
from accounts.models import Account, User
from fixes.banner.modes import mode_of
from fixes.lifecycle.legality import Act, may
from fixes.models import FixEvent, SuggestedFix
from resolutionflow.demo.loading import load_stories
from resolutionflow.demo.times import moment
from sessions.models import AISession, Fact, Message, Notice
from tickets.models import Handoff, PostedText

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once for all of these tests; each of them is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_people()
        load_stories(timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    pass


def modes() -> dict[str, str]:
    """Title of the session → its banner's mode."""
    now, current = timezone.now(), SuggestedFix.objects.current().with_banner()
    return {fix.session.title: mode_of(fix, now, fix.messages_since).name for fix in current}


def test_people_and_accounts(demo: None) -> None:
    columns = ("email", "account__slug", "role", "is_staff", "is_superuser")
    assert set(User.objects.values_list(*columns)) == {
        ("engineer@northwind.example", "northwind", "engineer", False, False),
        ("senior@northwind.example", "northwind", "engineer", False, False),
        ("viewer@northwind.example", "northwind", "viewer", False, False),
        ("admin@northwind.example", "northwind", "admin", True, False),
        ("engineer@fabrikam.example", "fabrikam", "engineer", False, False),
        ("root@resolutionflow.example", None, "engineer", True, True),
    }
    assert set(Account.objects.values_list("slug", "name", "time_zone")) == {
        ("northwind", "Northwind MSP", "Europe/London"),
        ("fabrikam", "Fabrikam IT", "America/New_York"),
    }


def test_every_mode_of_the_banner_is_there(demo: None) -> None:
    assert set(modes().values()) == {
        "none",
        "ai_confirming",
        "pending",
        "partial",
        "nudge",
        "verifying",
        "proposed",
        "success",
        "failed",
        "dismissed",
    }


def test_flowpilot_thinks_each_of_the_four(demo: None) -> None:
    assert set(SuggestedFix.objects.values_list("ai_outcome_proposal__outcome", flat=True)) - {None} == {
        "applied_success",
        "applied_failed",
        "applied_partial",
        "applied_pending",
    }


def test_waits_of_every_kind(demo: None) -> None:
    now, waiting = timezone.now(), SuggestedFix.objects.awaiting()

    assert waiting.overdue(now).filter(account__slug="northwind").exists()
    assert waiting.overdue(now).filter(account__slug="fabrikam").exists()
    assert waiting.filter(follow_up_at=None, session__status="active").exists()
    assert waiting.filter(follow_up_at__gt=now, superseded_at=None).exists()
    assert waiting.exclude(superseded_at=None).filter(session__suggested_fixes__status="proposed").exists()


def test_verdicts_that_can_be_undone_and_that_cant(demo: None) -> None:
    now, maya = timezone.now(), User.objects.get(email="engineer@northwind.example")
    recent = [
        fix for fix in SuggestedFix.objects.current() if fix.is_terminal and may(Act.UNDO, fix, maya, now) is None
    ]

    assert {fix.status for fix in recent} == {"applied_success", "dismissed"}
    assert SuggestedFix.objects.filter(
        status="applied_success", status_changed_by__email="senior@northwind.example", session__status="resolved"
    ).exists()


def test_sessions_at_every_end(demo: None) -> None:
    ends = set(AISession.objects.values_list("status", "resolution_kind"))

    assert ends == {
        ("active", None),
        ("paused", None),
        ("resolved", "verified"),
        ("resolved", "provisional"),
        ("resolved", "without_fix"),
        ("escalated", None),
        ("abandoned", None),
    }
    assert AISession.objects.filter(suggested_fixes=None).exists()
    assert AISession.objects.filter(account__slug="northwind").count() >= 12
    assert AISession.objects.filter(account__slug="fabrikam").count() >= 2


def test_text_that_is_hard_to_show(demo: None) -> None:
    said = list(Message.objects.values_list("content", flat=True))

    assert max(map(len, said)) > 6_000
    assert max(len(line) for text in said for line in text.splitlines()) > 1_000
    assert any("السلام" in text for text in said)
    assert any("文字" in title for title in AISession.objects.values_list("title", flat=True))
    assert any("<script>alert(1)</script>" in text for text in said)


def test_what_happened_lies_in_the_past_and_was_recorded_then(demo: None) -> None:
    now = timezone.now()

    assert not FixEvent.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(created_at__gt=now).exists()
    assert not AISession.objects.filter(updated_at__gt=now).exists()
    assert FixEvent.objects.filter(at__lt=now - timedelta(days=30)).exists()
    assert set(FixEvent.objects.filter(actor=None).values_list("action", flat=True)) == {
        "suggest",
        "supersede",
        "propose",
    }


def test_times_of_stories() -> None:
    assert moment("1d 2h 10m ago", NOW) == datetime(2026, 8, 2, 9, 50, tzinfo=UTC)
    assert moment("in 30s", NOW) == datetime(2026, 8, 3, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["yesterday", "in a while", "2x ago", "ago"])
def test_times_that_arent(words: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        moment(words, NOW)


def test_some_sessions_know_facts_of_every_kind_with_their_messages(demo: None) -> None:
    facts = Fact.objects.select_related("source_message")
    assert {fact.kind for fact in facts} == {"question", "diagnostic_check", "engineer_note"}
    assert {fact.user is None for fact in facts} == {True, False}
    for fact in facts:
        assert fact.source_message is not None
        assert fact.source_message.created_at <= fact.created_at <= timezone.now()


def test_handoffs_wait_for_anyone_and_for_one_person_and_were_claimed_and_returned(demo: None) -> None:
    columns = (
        "session__ticket_ref",
        "state",
        "from_user__display_name",
        "target__display_name",
        "session__owner__display_name",
    )
    assert set(Handoff.objects.values_list(*columns)) == {
        ("CW-61133", "waiting", "Maya Lindqvist", None, "Maya Lindqvist"),
        ("CW-61242", "waiting", "Tomasz Wilk", None, "Tomasz Wilk"),
        ("CW-61244", "waiting", "Jonas Brandt", "Tomasz Wilk", "Jonas Brandt"),
        ("CW-61219", "claimed", "Maya Lindqvist", None, "Tomasz Wilk"),
        ("CW-61205", "returned", "Maya Lindqvist", "Jonas Brandt", "Maya Lindqvist"),
    }
    assert set(Handoff.objects.exclude(was_enough=None).values_list("was_enough", flat=True)) == {True, False}


def test_a_provisional_note_has_its_addendum_and_another_still_waits(demo: None) -> None:
    note = PostedText.objects.get(kind="resolution_note", session__ticket_ref="CW-61082")
    addendum = note.addenda.get()

    assert note.is_provisional
    assert "“Two backups ran, the tunnel is up for 38 hours”" in addendum.markdown
    assert addendum.session.resolution_kind == "verified"
    provisional = AISession.objects.filter(resolution_kind="provisional")
    assert [session.texts.get().is_provisional for session in provisional] == [True]


def test_every_closed_session_with_a_text_has_it_in_the_ticket(demo: None) -> None:
    resolved = AISession.objects.filter(account__slug="northwind", status="resolved", import_digest=None)
    told = resolved.exclude(suggested_fixes__origin="built-in")

    assert told.count() == 4
    assert not told.filter(texts=None).exists()


def test_the_originators_were_told(demo: None) -> None:
    maya = User.objects.get(email="engineer@northwind.example")

    assert Counter(Notice.objects.filter(user=maya).values_list("kind", flat=True)) == {
        "claimed": 2,
        "asked": 1,
        "returned": 1,
        "rated": 2,
    }
    assert not Notice.objects.filter(created_at__gt=timezone.now() - timedelta(minutes=30)).filter(user=maya).exists()
