"""Evidence is counted from its indexes alone: a list counts it for each of its rows.

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OUTCOMES = ["applied_success", "applied_failed", "applied_partial", "applied_pending"]
COUNTED = ("id", "session", "status", "verified_at", "status_changed_at")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0016_edits_of_fixes")]

    operations = [
        AddIndexConcurrently(
            "suggestedfix",
            models.Index(
                fields=["account", "title_key", "-created_at"],
                include=COUNTED,
                condition=models.Q(("status__in", OUTCOMES)),
                name="fixes_title_outcomes",
            ),
        ),
        AddIndexConcurrently(
            "suggestedfix",
            models.Index(
                fields=["account", "script_template", "-created_at"],
                include=COUNTED,
                condition=models.Q(("script_template__isnull", False), ("status__in", OUTCOMES)),
                name="fixes_template_outcomes",
            ),
        ),
        RemoveIndexConcurrently("suggestedfix", "fixes_same_title"),
        RemoveIndexConcurrently("suggestedfix", "fixes_same_template"),
    ]
