"""Every event has one place in its session's history.

A step of its own, and without a transaction: nothing here blocks those who write history meanwhile.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models

CREATE = """
    CREATE UNIQUE INDEX CONCURRENTLY fix_events_in_order ON fix_events (session_id, state_version, position)
"""
DROP = "DROP INDEX CONCURRENTLY fix_events_in_order"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0007_events_in_order_data")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(CREATE, DROP)],
            [
                migrations.AddConstraint(
                    "fixevent",
                    models.UniqueConstraint("session", "state_version", "position", name="fix_events_in_order"),
                ),
            ],
        ),
        RemoveIndexConcurrently("fixevent", "fix_events_of_session"),
    ]
