"""Who added a fact and who changed it, and what makes its form repeatable."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [("question", "Asked"), ("diagnostic_check", "Checked"), ("engineer_note", "Noted")]


def person(name: str, **options: bool) -> migrations.AddField:
    key = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        django.db.models.deletion.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        **options,
    )
    return migrations.AddField("fact", name, key)


class Migration(migrations.Migration):
    dependencies = [
        ("ai_sessions", "0008_labels_of_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions("fact", {"ordering": ["created_at", "id"]}),
        migrations.AlterField("fact", "kind", models.CharField(max_length=16, choices=KINDS)),
        migrations.AlterField("fact", "deleted_at", models.DateTimeField("removed", null=True, blank=True)),
        person("user", blank=True),
        person("changed_by", editable=False),
        migrations.AddField("fact", "changed_at", models.DateTimeField(null=True, editable=False)),
        migrations.AddField("fact", "version", models.PositiveIntegerField(default=1, db_default=1, editable=False)),
        migrations.AddField(
            "fact", "form_key", models.UUIDField("key of the form that added it", null=True, editable=False)
        ),
    ]
