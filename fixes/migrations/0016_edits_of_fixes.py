"""Edits are few among the events, and calibration asks for those of an account.

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0015_evidence_indexes")]

    operations = [
        AddIndexConcurrently(
            "fixevent",
            models.Index(fields=["account"], condition=models.Q(("action", "edit")), name="fix_events_edits"),
        ),
    ]
