"""Awaiting verification, step three: the way back, and forth again.

Going back, a fix that waits becomes one that was applied and isn't answered yet (*verifying*). What it
waited on is kept in an event, the check-by time in its details: the column goes with the step before.
Coming forth again, those that nobody has answered since wait on as before.
"""

from datetime import datetime
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

LIFECYCLE_TRIGGER = "pgtrigger_lifecycle_32396"
MOVES = ("record", "confirm", "reopen", "migrate")
"""Actions that move a status. An edit or a suggestion in between leaves a fix unanswered."""


def put_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # back from waiting to unanswered is no move of the lifecycle, so its trigger stands aside
    schema_editor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{LIFECYCLE_TRIGGER}}}"])
    for fix in _locked(apps).filter(status="applied_pending"):
        due = fix.follow_up_at
        event = {"notes": fix.pending_reason, "follow_up_at": due, "details": {"follow_up_at": due and due.isoformat()}}
        if fix.ai_outcome_proposal:
            event["details"]["proposal"] = fix.ai_outcome_proposal
        fix.status, fix.follow_up_at, fix.ai_outcome_proposal = "proposed", None, None
        _write(apps, fix, "applied_pending", event)
    schema_editor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def bring_forth(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    events = apps.get_model("fixes", "FixEvent").objects.filter(action__in=MOVES)
    last = events.filter(fix=OuterRef("pk")).order_by("-state_version")
    unanswered = _locked(apps).filter(status="proposed", applied_at__isnull=False)
    put_back_since = unanswered.annotate(
        last_action=Subquery(last.values("action")[:1]), last_from=Subquery(last.values("from_status")[:1])
    ).filter(last_action="migrate", last_from="applied_pending")
    for fix in put_back_since:
        waited = events.filter(fix=fix.pk).latest("state_version")
        due = waited.details["follow_up_at"]
        fix.status, fix.pending_reason = "applied_pending", waited.notes
        fix.follow_up_at = datetime.fromisoformat(due) if due else None
        _write(apps, fix, "proposed", {"notes": waited.notes, "follow_up_at": fix.follow_up_at, "details": {}})


def _locked(apps: Apps) -> QuerySet:
    """Every fix with its session, locked in the order in which the acts lock them."""
    fixes = apps.get_model("fixes", "SuggestedFix").objects
    return fixes.select_related("session").select_for_update(of=("session", "self")).order_by("session", "id")


def _write(apps: Apps, fix: Any, old: str, event: dict[str, Any]) -> None:
    now = timezone.now()
    fix.version += 1
    fix.status_changed_at, fix.status_changed_by = now, None
    fix.save()
    fix.session.refresh_from_db(fields=["state_version"])
    fix.session.state_version += 1
    fix.session.save(update_fields=["state_version"])
    apps.get_model("fixes", "FixEvent").objects.create(
        fix=fix,
        session_id=fix.session_id,
        account_id=fix.account_id,
        action="migrate",
        source="migration",
        from_status=old,
        to_status=fix.status,
        at=now,
        state_version=fix.session.state_version,
        **event,
    )


class Migration(migrations.Migration):
    dependencies = [("fixes", "0003_awaiting_verification_validated")]

    operations = [migrations.RunPython(bring_forth, put_back)]
