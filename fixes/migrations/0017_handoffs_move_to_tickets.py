"""The app `tickets` has the handoffs from now on. Their table stays (tickets/migrations/0001)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fixes", "0016_edits_of_fixes")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Handoff")]),
    ]
