"""The index by which reminders find what is due. It is built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0018_reminders")]

    operations = [
        AddIndexConcurrently(
            "suggestedfix",
            models.Index(
                fields=["follow_up_at", "id"],
                condition=models.Q(("status", "applied_pending")),
                name="fixes_due",
            ),
        ),
    ]
