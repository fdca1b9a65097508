"""Awaiting verification, step one: its columns, and the CHECKs that let it in.

The CHECKs are added NOT VALID, so that no lock is held while old rows are read; the next migration
validates them.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fixes", "0001_initial")]

    operations = [
        migrations.AddField("suggestedfix", "pending_reason", models.TextField(blank=True, null=True)),
        migrations.AddField(
            "suggestedfix",
            "follow_up_at",
            models.DateTimeField(blank=True, null=True, verbose_name="check by"),
        ),
        migrations.AddField("fixevent", "follow_up_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "suggestedfix",
            "status",
            models.CharField(
                choices=[
                    ("proposed", "Suggested"),
                    ("applied_success", "Worked"),
                    ("applied_failed", "Didn’t work"),
                    ("applied_partial", "Partly worked"),
                    ("applied_pending", "Awaiting verification"),
                    ("dismissed", "Dismissed"),
                ],
                default="proposed",
                max_length=15,
            ),
        ),
        migrations.AlterField(
            "fixevent",
            "from_status",
            models.CharField(
                choices=[
                    ("proposed", "Suggested"),
                    ("applied_success", "Worked"),
                    ("applied_failed", "Didn’t work"),
                    ("applied_partial", "Partly worked"),
                    ("applied_pending", "Awaiting verification"),
                    ("dismissed", "Dismissed"),
                ],
                max_length=15,
                null=True,
            ),
        ),
        migrations.AlterField(
            "fixevent",
            "to_status",
            models.CharField(
                choices=[
                    ("proposed", "Suggested"),
                    ("applied_success", "Worked"),
                    ("applied_failed", "Didn’t work"),
                    ("applied_partial", "Partly worked"),
                    ("applied_pending", "Awaiting verification"),
                    ("dismissed", "Dismissed"),
                ],
                max_length=15,
            ),
        ),
        migrations.RemoveConstraint("suggestedfix", "fixes_status"),
        AddConstraintNotValid(
            "suggestedfix",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "proposed",
                            "applied_success",
                            "applied_failed",
                            "applied_partial",
                            "applied_pending",
                            "dismissed",
                        ],
                    )
                ),
                name="fixes_status",
            ),
        ),
        migrations.RemoveConstraint("suggestedfix", "fixes_only_current_open_has_proposal"),
        AddConstraintNotValid(
            "suggestedfix",
            models.CheckConstraint(
                condition=models.Q(
                    ("ai_outcome_proposal", None),
                    models.Q(
                        ("status__in", ("proposed", "applied_partial", "applied_pending")),
                        ("superseded_at", None),
                    ),
                    _connector="OR",
                ),
                name="fixes_only_current_open_has_proposal",
            ),
        ),
        AddConstraintNotValid(
            "suggestedfix",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "applied_pending"), _negated=True),
                    models.Q(("pending_reason__isnull", False), ("pending_reason__regex", "\\S")),
                    _connector="OR",
                ),
                name="fixes_pending_has_a_reason",
            ),
        ),
        AddConstraintNotValid(
            "suggestedfix",
            models.CheckConstraint(
                condition=models.Q(("status", "applied_pending"), ("follow_up_at", None), _connector="OR"),
                name="fixes_only_pending_has_follow_up",
            ),
        ),
        pgtrigger.migrations.RemoveTrigger(model_name="suggestedfix", name="lifecycle"),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestedfix",
            trigger=pgtrigger.compiler.Trigger(
                name="lifecycle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{proposed:applied_success,proposed:applied_failed,proposed:applied_partial,proposed:applied_pending,proposed:dismissed,applied_partial:applied_success,applied_partial:applied_failed,applied_partial:applied_pending,applied_partial:dismissed,applied_pending:applied_success,applied_pending:applied_failed,applied_pending:applied_partial,applied_pending:dismissed,applied_success:proposed,applied_success:applied_partial,applied_success:applied_pending,applied_failed:proposed,applied_failed:applied_partial,applied_failed:applied_pending,dismissed:proposed,dismissed:applied_partial,dismissed:applied_pending}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="9b38c09b2320c3aa88f04a1a173ed15b2ac8b4c4",
                    operation="UPDATE",
                    pgid="pgtrigger_lifecycle_32396",
                    table="session_suggested_fixes",
                    when="BEFORE",
                ),
            ),
        ),
    ]
