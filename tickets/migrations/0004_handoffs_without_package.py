"""A handoff's package is a posted text, and one handoff waits in a session at most."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_packages_as_texts")]

    operations = [
        migrations.RemoveField(model_name="handoff", name="package"),
        migrations.AddConstraint(
            model_name="handoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("session",), name="handoffs_one_waits_in_a_session"
            ),
        ),
    ]
