"""Handoffs count their versions, and a question keeps the key of the form that asked it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_one_text_of_a_form")]

    operations = [
        migrations.AddField(
            "handoff",
            "version",
            models.PositiveIntegerField("+1 with every act on it", db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            "handoffevent", "form_key", models.UUIDField("key of the form that was sent", editable=False, null=True)
        ),
    ]
