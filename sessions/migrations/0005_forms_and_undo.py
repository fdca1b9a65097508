"""What makes a browser's form repeatable, and what the undo of a pause or an abandonment needs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATUSES = [
    ("active", "Active"),
    ("paused", "Paused"),
    ("resolved", "Resolved"),
    ("escalated", "Escalated"),
    ("abandoned", "Abandoned"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("ai_sessions", "0004_search_by_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "aisession", "form_key", models.UUIDField("key of the form that started it", null=True, editable=False)
        ),
        migrations.AddField(
            "message", "form_key", models.UUIDField("key of the form that sent it", null=True, editable=False)
        ),
        migrations.AddField(
            "aisession",
            "status_before",
            models.CharField(max_length=9, choices=STATUSES, null=True, editable=False),
        ),
        migrations.AddField("aisession", "status_changed_at", models.DateTimeField(null=True, editable=False)),
        migrations.AddField(
            "aisession",
            "status_changed_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                django.db.models.deletion.PROTECT,
                null=True,
                editable=False,
                related_name="+",
                db_index=False,
            ),
        ),
    ]
