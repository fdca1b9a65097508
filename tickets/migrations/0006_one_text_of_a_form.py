"""A form that is sent again posts no second text. The index is built while others write."""

from django.db import migrations, models

NAME = "posted_texts_one_of_a_form"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0005_forms_of_texts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON posted_texts (session_id, posted_by_id, form_key)"
                    " WHERE form_key IS NOT NULL",
                    f"DROP INDEX CONCURRENTLY {NAME}",
                )
            ],
            [
                migrations.AddConstraint(
                    "postedtext",
                    models.UniqueConstraint(
                        fields=["session", "posted_by", "form_key"],
                        condition=models.Q(form_key__isnull=False),
                        name=NAME,
                    ),
                )
            ],
        )
    ]
