"""Awaiting verification, step three: the way back, and forth again.

Going back, a fix that waits becomes one that was applied and isn't answered yet (*verifying*). What it
waited on is kept in an event. Coming forth again, those that nobody has answered since wait on as before.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone


LIFECYCLE_TRIGGER = "pgtrigger_lifecycle_32396"


def put_back(apps, editor):
    fixes = apps.get_model("fixes", "SuggestedFix").objects.select_related("session")
    # back from waiting to unanswered is no move of the lifecycle, so its trigger stands aside
    editor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{LIFECYCLE_TRIGGER}}}"])
    for fix in fixes.filter(status="applied_pending").order_by("session", "id"):
        waited = {"notes": fix.pending_reason, "follow_up_at": fix.follow_up_at}
        fix.status, fix.follow_up_at, fix.ai_outcome_proposal = "proposed", None, None
        _write(apps, fix, "applied_pending", waited)
    editor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def bring_forth(apps, editor):
    events = apps.get_model("fixes", "FixEvent").objects
    fixes = apps.get_model("fixes", "SuggestedFix").objects.select_related("session")
    last = events.filter(fix=OuterRef("pk")).order_by("-state_version")
    unanswered = fixes.filter(status="proposed", applied_at__isnull=False).annotate(
        last_action=Subquery(last.values("action")[:1]),
        last_from=Subquery(last.values("from_status")[:1]),
    )
    for fix in unanswered.filter(last_action="migrate", last_from="applied_pending").order_by(
        "session", "id"
    ):
        waited = events.filter(fix=fix.pk).latest("state_version")
        fix.status, fix.pending_reason, fix.follow_up_at = (
            "applied_pending",
            waited.notes,
            waited.follow_up_at,
        )
        _write(apps, fix, "proposed", {"notes": waited.notes, "follow_up_at": waited.follow_up_at})


def _write(apps, fix, old, event):
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
        details={},
        **event,
    )


class Migration(migrations.Migration):
    dependencies = [("fixes", "0003_awaiting_verification_validated")]

    operations = [migrations.RunPython(bring_forth, put_back)]
