"""A text knows the form that posted it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_handoffs_without_package")]

    operations = [
        migrations.AddField(
            "postedtext",
            "form_key",
            models.UUIDField("key of the form that posted it", null=True, editable=False),
        )
    ]
