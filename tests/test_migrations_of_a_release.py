"""A database that the previous version filled is migrated to the newest, and back again.

The rows are written in that version's own tables, as it would have written them: with texts that are refused today, and
with a fix that it left stranded.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from accounts.models import User
from fixes.models import FixEvent, SuggestedFix
from sessions.models import AISession
from tickets.models import Handoff

Targets = list[tuple[str, str | None]]

PREVIOUS_VERSION: Targets = [
    ("accounts", "0003_admins_are_staff"),
    ("api", "0001_initial"),
    ("ai_sessions", "0002_admin_list"),
    ("fixes", "0005_admin_list"),
]
BEFORE_TICKETS: Targets = [
    ("accounts", "0008_jobs_of_the_application"),
    ("ai_sessions", "0012_facts_in_the_database"),
    ("fixes", "0016_edits_of_fixes"),
    ("flowpilot", "0004_keep_cases"),
    ("tickets", None),
]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def migrate(targets: Targets) -> Apps:
    """Migrate the test database, and return the models as they are at these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    kept = [target for target in targets if target[1]]
    return MigrationExecutor(connection).loader.project_state(kept).apps


def newest() -> Targets:
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


@pytest.fixture
def models(transactional_db: None) -> Iterator[Apps]:
    """The previous version's models, on its tables."""
    yield migrate(PREVIOUS_VERSION)
    migrate(newest())


@pytest.fixture
def models_before_tickets(transactional_db: None) -> Iterator[Apps]:
    """The models of the version that had no texts and whose handoffs were rows of `fixes`."""
    yield migrate(BEFORE_TICKETS)
    migrate(newest())


def add_session(models: Apps, title: str) -> Any:
    account = models.get_model("accounts.Account").objects.create(name="Nordwind", slug=f"nordwind-{uuid.uuid4().hex}")
    owner = models.get_model("accounts.User").objects.create(
        account=account, email=f"{account.slug}@example.com", display_name="Maya"
    )
    return models.get_model("ai_sessions.AISession").objects.create(account=account, owner=owner, title=title)


def add_fix(models: Apps, session: Any, title: str, *steps: dict[str, Any]) -> Any:
    """A fix with one event for each of the steps, which are its changed columns."""
    fix = models.get_model("fixes.SuggestedFix").objects.create(
        session=session, account_id=session.account_id, title=title, description="Once.", confidence_pct=70
    )
    add_event(models, fix, "suggest", None)
    for step in steps:
        before = fix.status
        for name, value in step.items():
            setattr(fix, name, value)
        fix.version += 1
        fix.save()
        action = "supersede" if "superseded_at" in step else "record"
        add_event(models, fix, action, before, notes=step.get("pending_reason") or step.get("partial_notes"))
    return fix


def add_event(models: Apps, fix: Any, action: str, from_status: str | None, notes: str | None = None) -> None:
    session = fix.session
    session.state_version += 1
    session.save()
    models.get_model("fixes.FixEvent").objects.create(
        fix=fix,
        session=session,
        account_id=session.account_id,
        action=action,
        from_status=from_status,
        to_status=fix.status,
        notes=notes,
        source="banner",
        actor_id=session.owner_id,
        at=NOON,
        state_version=session.state_version,
    )


WAITING = {"status": "applied_pending", "applied_at": NOON, "pending_reason": "The power cycle at lunch."}
REPLACED = {"superseded_at": NOON}
PARTLY = {"status": "applied_partial", "partial_notes": "Two of three."}
WORKED = {"status": "applied_success", "applied_at": NOON, "verified_at": NOON}


def test_rows_survive_the_way_to_the_newest_version_and_back(models: Apps) -> None:
    session = add_session(models, "Printer offline")
    waiting = add_fix(models, session, "Reboot", WAITING)
    worked = add_fix(models, add_session(models, "VPN drops"), "Reset", WORKED)
    kept = "status", "version", "pending_reason", "applied_at", "verified_at", "superseded_at"
    before = [{name: getattr(fix, name) for name in kept} for fix in (waiting, worked)]

    migrate(newest())
    assert [SuggestedFix.objects.values(*kept).get(pk=fix.pk) for fix in (waiting, worked)] == before
    assert FixEvent.objects.count() == 4

    old = migrate(PREVIOUS_VERSION).get_model("fixes.SuggestedFix")
    assert [old.objects.values(*kept).get(pk=fix.pk) for fix in (waiting, worked)] == before


def test_a_stranded_fix_waits_again_with_an_event_that_says_so(models: Apps) -> None:
    stranded = add_fix(models, add_session(models, "Printer offline"), "Reboot", WAITING, REPLACED, PARTLY)
    migrate(newest())
    fix = SuggestedFix.objects.get(pk=stranded.pk)
    assert (fix.status, fix.pending_reason, fix.version) == ("applied_pending", "The power cycle at lunch.", 5)
    *_, last = fix.events.order_by("state_version", "position").values_list("action", "from_status", "to_status")
    assert last == ("migrate", "applied_partial", "applied_pending")
    assert AISession.objects.get(pk=fix.session_id).state_version == 5


def test_a_stored_title_is_brought_to_the_one_form_of_text(models: Apps) -> None:
    session = add_session(models, "Cafe\u0301  offline\u2028since\tMonday")
    migrate(newest())
    assert AISession.objects.get(pk=session.pk).title == "Caf\u00e9 offline since Monday"


def add_handoff(models: Apps, title: str, package: str, *, is_claimed: bool = False) -> Any:
    session = add_session(models, title)
    claimer = models.get_model("accounts.User").objects.create(
        account_id=session.account_id, email=f"jonas@{session.account.slug}.example", display_name="Jonas"
    )
    session.status = "escalated"
    session.save()
    return models.get_model("fixes.Handoff").objects.create(
        session=session,
        account_id=session.account_id,
        from_user_id=session.owner_id,
        package=package,
        created_at=NOON,
        claimed_by=claimer if is_claimed else None,
        claimed_at=NOON if is_claimed else None,
    )


def test_the_packages_of_handoffs_become_texts(models_before_tickets: Apps) -> None:
    waiting = add_handoff(models_before_tickets, "Printer offline", "# Package")
    claimed = add_handoff(models_before_tickets, "VPN drops", "**Second**", is_claimed=True)
    empty = add_handoff(models_before_tickets, "No sound", "")
    migrate(newest())
    found = [Handoff.objects.select_related("text").get(pk=each.pk) for each in (waiting, claimed, empty)]
    assert [each.state for each in found] == ["waiting", "claimed", "waiting"]
    assert [each.text and each.text.markdown for each in found] == ["# Package", "**Second**", None]
    assert found[0].text is not None
    assert (found[0].text.posted_by_id, found[0].text.posted_at) == (waiting.from_user_id, NOON)


def test_an_escalated_session_without_a_handoff_opens_and_says_what_to_do(
    models_before_tickets: Apps, client: Client
) -> None:
    session = add_session(models_before_tickets, "Printer offline")
    session.status = "escalated"
    session.save()
    migrate(newest())
    client.force_login(User.objects.get(pk=session.owner_id))
    page = f"/sessions/{session.pk}/"
    assert "Reopen session" in client.get(page).content.decode()
    for act in ("resolve", "escalate"):
        assert "reopen it in the session" in client.get(f"{page}{act}/").content.decode()
    assert client.get("/escalations/").status_code == 200
