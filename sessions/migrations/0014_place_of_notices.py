"""The part of a long conversation to which a notice leads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ai_sessions", "0013_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="place",
            field=models.CharField(db_default="", default="", max_length=40, verbose_name="part of the conversation"),
        ),
    ]
