"""What a fix has in common with other suggestions of it, whose confidence it has, and how to tell that it worked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fixes", "0012_labels_of_lists")]

    operations = [
        migrations.AddField(
            "suggestedfix", "title_key", models.CharField(db_default="", default="", editable=False, max_length=200)
        ),
        migrations.AddField(
            "suggestedfix", "origin", models.CharField(db_default="", default="", editable=False, max_length=100)
        ),
        migrations.AddField(
            "suggestedfix",
            "verification_hint",
            models.CharField("how to tell it worked", blank=True, max_length=500, null=True),
        ),
    ]
