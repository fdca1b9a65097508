"""The API's list of sessions in the order of their creation.

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ai_sessions", "0006_one_of_a_form")]

    operations = [
        AddIndexConcurrently(
            "aisession", models.Index(fields=["account", "created_at", "id"], name="ai_sessions_oldest")
        ),
    ]
