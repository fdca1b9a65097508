"""Notices, of which the bell is made."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_jobs_of_the_application"),
        ("ai_sessions", "0012_facts_in_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("quote", models.TextField(db_default="", default="")),
                ("subject", models.UUIDField(null=True, verbose_name="what it is about")),
                (
                    "anchor",
                    models.CharField(
                        db_default="", default="", max_length=100, verbose_name="element of the session’s page"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        db_default="", default="", max_length=200, verbose_name="what makes it once for a person"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("read_at", models.DateTimeField(editable=False, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="ai_sessions.aisession"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "notices",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["user", "-created_at", "-id"], name="notices_newest"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user", "-created_at", "-id"],
                        name="notices_unread",
                    ),
                    models.Index(
                        condition=models.Q(("read_at", None), ("subject__isnull", False)),
                        fields=["subject"],
                        name="notices_unread_of_subject",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("user", "key"), name="notices_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE notices ADD CONSTRAINT notices_same_account FOREIGN KEY (session_id, account_id)"
            " REFERENCES ai_sessions (id, account_id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE notices DROP CONSTRAINT notices_same_account",
        ),
    ]
