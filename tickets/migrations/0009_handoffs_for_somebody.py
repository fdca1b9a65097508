"""The index of what waits for one person. It is built while others write."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tickets", "0008_indexes_of_the_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            "handoff",
            models.Index(
                "target", "state", Coalesce("ended_at", "claimed_at", "created_at"), "id", name="handoffs_for"
            ),
        ),
        migrations.AlterField(
            "handoff",
            "target",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
