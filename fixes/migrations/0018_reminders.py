"""Reminders of checks that are due."""

import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_email_reminders"),
        ("ai_sessions", "0013_notices"),
        ("fixes", "0017_handoffs_move_to_tickets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("check_by", models.DateTimeField()),
                ("morning", models.DateField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("mail_due_at", models.DateTimeField(null=True)),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "attempts",
                    models.PositiveSmallIntegerField("failed attempts to send its email", default=0, db_default=0),
                ),
                ("account", models.ForeignKey("accounts.account", PROTECT, related_name="+", db_index=False)),
                ("fix", models.ForeignKey("fixes.suggestedfix", CASCADE, related_name="reminders", db_index=False)),
                ("session", models.ForeignKey("ai_sessions.aisession", CASCADE, related_name="+")),
                ("user", models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+", db_index=False)),
            ],
            options={
                "db_table": "reminders",
                "indexes": [
                    models.Index(
                        fields=["user", "mail_due_at"],
                        condition=models.Q(("mail_due_at__isnull", False)),
                        name="reminders_to_mail",
                    ),
                    models.Index(fields=["created_at"], name="reminders_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("fix", "user", "check_by", "morning"), nulls_distinct=False, name="reminders_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE reminders ADD CONSTRAINT reminders_same_account FOREIGN KEY (session_id, account_id)"
            " REFERENCES ai_sessions (id, account_id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE reminders DROP CONSTRAINT reminders_same_account",
        ),
    ]
