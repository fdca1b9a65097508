"""Awaiting verification, step two: the CHECKs hold for every row, and the board has its index.

Nothing here blocks writers, so it can't run in one transaction.
"""

import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0002_awaiting_verification")]

    operations = [
        ValidateConstraint("suggestedfix", "fixes_status"),
        ValidateConstraint("suggestedfix", "fixes_only_current_open_has_proposal"),
        ValidateConstraint("suggestedfix", "fixes_pending_has_a_reason"),
        ValidateConstraint("suggestedfix", "fixes_only_pending_has_follow_up"),
        AddIndexConcurrently(
            "suggestedfix",
            models.Index(
                models.F("account"),
                django.db.models.functions.comparison.Coalesce(
                    "follow_up_at",
                    django.db.models.functions.comparison.Cast(models.Value("infinity"), models.DateTimeField()),
                ),
                models.F("id"),
                condition=models.Q(("status", "applied_pending")),
                name="fixes_board",
            ),
        ),
    ]
