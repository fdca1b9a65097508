"""A form that is sent again adds no second fact. The index is built while others write."""

from django.db import migrations, models

NAME = "session_facts_one_of_a_form"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ai_sessions", "0009_facts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON session_facts (session_id, user_id, form_key)"
                    " WHERE form_key IS NOT NULL",
                    f"DROP INDEX CONCURRENTLY {NAME}",
                )
            ],
            [
                migrations.AddConstraint(
                    "fact",
                    models.UniqueConstraint(
                        fields=["session", "user", "form_key"],
                        condition=models.Q(form_key__isnull=False),
                        name=NAME,
                    ),
                )
            ],
        )
    ]
