"""A fact has words, and its source is a message of its own session: the database holds both, too.

The CHECK is added before old rows are read, so that no lock is held meanwhile.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("ai_sessions", "0011_markers_and_their_effects"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="fact",
            trigger=pgtrigger.compiler.Trigger(
                name="source_in_session",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."source_message_id" IS NOT NULL)',
                    func="IF NOT EXISTS (SELECT FROM session_messages WHERE id = NEW.source_message_id AND session_id = NEW.session_id) THEN RAISE EXCEPTION 'The source of a fact is a message of its session.'; END IF; RETURN NEW;",
                    hash="5b77390c271bc8f4ab2f05e3ee510b0346295ce3",
                    operation='INSERT OR UPDATE OF "source_message_id", "session_id"',
                    pgid="pgtrigger_source_in_session_139b7",
                    table="session_facts",
                    when="BEFORE",
                ),
            ),
        ),
        AddConstraintNotValid(
            model_name="fact",
            constraint=models.CheckConstraint(condition=models.Q(("text__regex", "\\S")), name="session_facts_text"),
        ),
        ValidateConstraint("fact", "session_facts_text"),
    ]
