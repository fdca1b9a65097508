"""Events get a place among those of their act, outcomes of every kind can be undone, and two unused choices go.

Several acts may be one, so a fix can have two events of one state version: the old unique constraint goes.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_admins_are_staff"),
        ("ai_sessions", "0002_admin_list"),
        ("fixes", "0005_admin_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="fixevent",
            options={"ordering": ["state_version", "position"]},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="suggestedfix",
            name="lifecycle",
        ),
        migrations.RemoveConstraint(
            model_name="fixevent",
            name="fix_events_one_an_act",
        ),
        migrations.RemoveConstraint(
            model_name="fixevent",
            name="fix_events_action",
        ),
        migrations.RemoveConstraint(
            model_name="fixevent",
            name="fix_events_source",
        ),
        migrations.AddField(
            model_name="fixevent",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, db_default=0, verbose_name="place among the events of its act, from 0"
            ),
        ),
        migrations.AlterField(
            model_name="fixevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("suggest", "Suggested"),
                    ("supersede", "Replaced by a newer fix"),
                    ("apply", "Applied"),
                    ("decide", "Path chosen"),
                    ("record", "Outcome recorded"),
                    ("propose", "Outcome proposed"),
                    ("confirm", "Proposal confirmed"),
                    ("reject", "Proposal rejected"),
                    ("reopen", "Reopened"),
                    ("edit", "Edited"),
                    ("migrate", "Moved by a migration"),
                ],
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="fixevent",
            name="session",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fix_events",
                to="ai_sessions.aisession",
            ),
        ),
        migrations.AlterField(
            model_name="fixevent",
            name="source",
            field=models.CharField(
                choices=[
                    ("banner", "Banner"),
                    ("board", "Board"),
                    ("api", "API"),
                    ("admin", "Admin"),
                    ("copilot", "FlowPilot"),
                    ("resolve", "Resolve"),
                    ("escalate", "Escalate"),
                    ("import", "Import"),
                    ("migration", "Migration"),
                ],
                max_length=9,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestedfix",
            trigger=pgtrigger.compiler.Trigger(
                name="lifecycle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{proposed:applied_success,proposed:applied_failed,proposed:applied_partial,proposed:applied_pending,proposed:dismissed,applied_partial:applied_success,applied_partial:applied_failed,applied_partial:applied_pending,applied_partial:dismissed,applied_pending:applied_success,applied_pending:applied_failed,applied_pending:applied_partial,applied_pending:dismissed,applied_success:proposed,applied_success:applied_partial,applied_success:applied_pending,applied_failed:proposed,applied_failed:applied_partial,applied_failed:applied_pending,dismissed:proposed,dismissed:applied_partial,dismissed:applied_pending,applied_partial:proposed,applied_pending:proposed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="1436f9d582bdeaf472a42fc8e8647ba19f9ec93b",
                    operation="UPDATE",
                    pgid="pgtrigger_lifecycle_32396",
                    table="session_suggested_fixes",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="fixevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "suggest",
                            "supersede",
                            "apply",
                            "decide",
                            "record",
                            "propose",
                            "confirm",
                            "reject",
                            "reopen",
                            "edit",
                            "migrate",
                        ],
                    )
                ),
                name="fix_events_action",
            ),
        ),
        migrations.AddConstraint(
            model_name="fixevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "source__in",
                        ["banner", "board", "api", "admin", "copilot", "resolve", "escalate", "import", "migration"],
                    )
                ),
                name="fix_events_source",
            ),
        ),
    ]
