"""`manage.py load_demo`: people, stories and a past, loaded once, and never in production."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from fixes import lifecycle
from fixes.evidence import confidence_from_outcomes
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.same_fix import group_of
from fixes.transitions import Source
from flowpilot.calibration.counts import calibration_of
from flowpilot.models import Playbook
from sessions import acts, copilot
from sessions.models import AISession, Author, Message

BROKER = "Register the sign-in broker again for the affected user"


def load() -> str:
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Once for all of these tests; each of them is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: str, db: None) -> str:
    """What the command said."""
    return loaded


def test_everybody_signs_in_with_the_password_that_is_printed(demo: str) -> None:
    for user in User.objects.all():
        assert user.email in demo
        assert user.check_password("demo-password")
    assert "demo-password" in demo


def test_second_time_writes_nothing_and_says_so(demo: str) -> None:
    before = everything()

    again = load()

    assert again.startswith("Demo data: everything is already there, nothing was written.\n")
    assert "engineer@northwind.example" in again
    assert everything() == before


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (User, AISession, SuggestedFix, FixEvent, Message)]


def test_what_is_missing_is_made_again(demo: str) -> None:
    Message.objects.filter(session__title__startswith="Camera recorder").delete()
    AISession.objects.filter(title__startswith="Camera recorder").delete()

    assert load().startswith("Demo data: made 0 people, 1 session.")


def test_production_refuses_it(demo: str, settings: Settings) -> None:
    settings.PRODUCTION = True
    Message.objects.filter(session__title__startswith="Camera recorder").delete()
    AISession.objects.filter(title__startswith="Camera recorder").delete()
    before = everything()

    with pytest.raises(CommandError, match="not for production"):
        load()
    assert everything() == before


def past() -> Any:
    return SuggestedFix.objects.filter(origin="built-in")


def test_the_past_has_outcomes_of_every_kind_in_both_accounts(demo: str) -> None:
    counts = Counter(past().values_list("account__slug", "status"))

    assert past().count() == 123
    assert counts["northwind", "applied_success"] == 70
    assert counts["northwind", "applied_partial"] == 12
    assert counts["northwind", "applied_failed"] == 16
    assert counts["northwind", "applied_pending"] == 3
    assert sum(number for (account, _), number in counts.items() if account == "fabrikam") == 22


def test_the_past_was_worked_by_several_engineers_for_several_clients_over_months(demo: str) -> None:
    sessions = AISession.objects.filter(suggested_fixes__origin="built-in", account__slug="northwind")

    assert sessions.values("owner").distinct().count() == 3
    assert sessions.values("client_name").distinct().count() >= 8
    assert sessions.earliest("created_at").created_at < timezone.now() - timedelta(days=90)
    assert sessions.values("ticket_ref").distinct().count() == sessions.count()


def test_fixes_of_the_past_are_those_of_the_shipped_playbooks(demo: str) -> None:
    titles = set(past().values_list("title", flat=True))

    assert len(titles) >= 30
    assert titles <= set(Playbook.objects.values_list("fix_title", flat=True))
    assert not past().filter(verification_hint=None).exists()


def test_one_fix_worked_in_seven_of_eight_sessions_and_still_waits_in_one(demo: str) -> None:
    group, account = group_of(BROKER), User.objects.get(email="engineer@northwind.example").account_id
    counts = confidence_from_outcomes(account, [group])[group]

    assert (counts.worked, counts.partly, counts.failed, counts.waiting) == (7, 0, 1, 1)


def test_its_verdict_came_after_about_forty_minutes(demo: str) -> None:
    waits = []
    for fix in past().filter(title=BROKER).exclude(verified_at=None):
        if began := fix.events.filter(to_status="applied_pending").first():
            waits.append((fix.verified_at - began.at).total_seconds() / 60)

    assert len(waits) >= 3
    assert 35 <= median(waits) <= 50


def test_there_are_enough_verdicts_for_calibration_and_confidences_differ(demo: str) -> None:
    verdicts = past().filter(
        account__slug="northwind", status__in=["applied_success", "applied_partial", "applied_failed"]
    )

    assert verdicts.count() >= 20
    assert len(set(verdicts.values_list("confidence_pct", flat=True))) >= 15


def test_flowpilot_is_about_as_sure_as_its_fixes_work(demo: str) -> None:
    northwind = User.objects.get(email="engineer@northwind.example").account
    assert northwind
    (built_in,) = [each for each in calibration_of(northwind.pk) if each.origin == "built-in"]

    assert built_in.outcomes == 98
    for each in built_in.bins:
        assert each.likely_pct[0] <= each.predicted_pct <= each.likely_pct[1], each


def test_nothing_of_the_past_happens_in_the_future(demo: str) -> None:
    now = timezone.now()

    assert not FixEvent.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(created_at__gt=now).exists()
    assert not AISession.objects.filter(updated_at__gt=now).exists()


def test_steps_of_the_past_stand_in_order(demo: str) -> None:
    for fix in past().prefetch_related("events"):
        times = [event.at for event in fix.events.order_by("state_version", "at")]
        assert times == sorted(times)


def test_the_story_of_the_readme_works_in_the_demo(demo: str) -> None:
    maya = User.objects.get(email="engineer@northwind.example")
    ticket = {
        "title": "Outlook asks for the password again and again",
        "problem_summary": "",
        "client_name": "",
        "ticket_ref": "",
    }
    session = acts.create(maya.account_id, maya, ticket)

    asked = said_to_flowpilot(
        session,
        maya,
        "Ines at Pemberlow, outlook wants her password every 30 sec since this morning. owa fine, phone fine",
    )
    assert "What does AzureAdPrt say" in asked
    proposed = said_to_flowpilot(session, maya, "AzureAdPrt : NO")
    assert "7 of 8 sessions" in proposed
    fix = session.suggested_fixes.get()
    assert (fix.title, fix.status, fix.origin) == (BROKER, "proposed", "built-in")

    lifecycle.apply(fix.pk, By(maya, Source.BANNER), fixes=SuggestedFix.objects.filter(session=session))
    said_to_flowpilot(session, maya, "have to wait for the reboot, she restarts at 9am tomorrow")
    fix.refresh_from_db()
    assert fix.ai_outcome_proposal["outcome"] == "applied_pending"
    assert fix.ai_outcome_proposal["reason"] == "have to wait for the reboot, she restarts at 9am tomorrow"
    said_to_flowpilot(session, maya, "she rebooted, that did it")
    fix.refresh_from_db()
    assert fix.ai_outcome_proposal["outcome"] == "applied_success"


def said_to_flowpilot(session: AISession, engineer: User, text: str) -> str:
    """Ask FlowPilot and return its answer."""
    sessions = AISession.objects.filter(pk=session.pk)
    acts.post(session.pk, Author.ENGINEER, text, user=engineer, sessions=sessions, asks=True)
    copilot.registered().write_answers(session.pk)
    return session.messages.filter(author=Author.ASSISTANT).latest("sequence").content
