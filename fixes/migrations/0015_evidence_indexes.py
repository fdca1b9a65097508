"""Indexes of evidence: the latest fixes of a group, and the account's latest verdicts with their confidence.

Evidence is counted from its indexes alone: a list counts it for each of its rows. Nothing here blocks writers, so it
can't run in one transaction.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

VERDICTS = ["applied_success", "applied_failed", "applied_partial"]
OUTCOMES = [*VERDICTS, "applied_pending"]
COUNTED = ("id", "session", "status", "verified_at", "status_changed_at")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0014_same_fix_data")]

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
        AddIndexConcurrently(
            "suggestedfix",
            models.Index(
                fields=["account", "-created_at"],
                include=("status", "origin", "confidence_pct"),
                condition=models.Q(("status__in", VERDICTS)),
                name="fixes_verdicts",
            ),
        ),
        RemoveIndexConcurrently("suggestedfix", "fixes_evidence"),
    ]
