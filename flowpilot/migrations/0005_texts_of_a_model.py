"""A request to a model may be for a note or a package, and what those use counts for the session's budget."""

import django.db.models.deletion
from django.db import migrations, models

NAME = "flowpilot_text_tokens_same_account"
SAME_ACCOUNT = f"""
    ALTER TABLE flowpilot_text_tokens ADD CONSTRAINT {NAME} FOREIGN KEY (session_id, account_id)
    REFERENCES ai_sessions (id, account_id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_account_language"),
        ("ai_sessions", "0013_notices"),
        ("flowpilot", "0004_keep_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextTokens",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ai_sessions.aisession",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                ("tokens_in", models.PositiveIntegerField(db_default=0, default=0)),
                ("tokens_out", models.PositiveIntegerField(db_default=0, default=0)),
            ],
            options={
                "db_table": "flowpilot_text_tokens",
            },
        ),
        migrations.AddField(
            model_name="modelcall",
            name="purpose",
            field=models.CharField(
                choices=[("answer", "Answer"), ("note", "Resolution note"), ("package", "Escalation package")],
                db_default="answer",
                default="answer",
                max_length=7,
                verbose_name="what it was for",
            ),
        ),
        migrations.AlterField(
            model_name="modelcall",
            name="answer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="flowpilot.answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="modelcall",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["answer", "note", "package"])), name="flowpilot_calls_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="modelcall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", False), ("purpose", "answer")),
                    models.Q(models.Q(("purpose", "answer"), _negated=True), ("answer", None)),
                    _connector="OR",
                ),
                name="flowpilot_calls_answer_of_an_answer",
            ),
        ),
        migrations.RunSQL(SAME_ACCOUNT, f"ALTER TABLE flowpilot_text_tokens DROP CONSTRAINT {NAME}"),
    ]
