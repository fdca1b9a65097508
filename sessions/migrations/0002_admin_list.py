"""The admin's list for those who see every account: newest first, of one status or all.

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ai_sessions", "0001_initial")]

    operations = [
        AddIndexConcurrently("aisession", models.Index(fields=["-updated_at", "-id"], name="ai_sessions_all_newest")),
        AddIndexConcurrently(
            "aisession", models.Index(fields=["status", "-updated_at", "-id"], name="ai_sessions_all_by_status")
        ),
    ]
