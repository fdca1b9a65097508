"""Two indexes that only the admin's status filter used (docs/decisions/0018-two-indexes-for-the-admin.md).

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0010_search_by_words")]

    operations = [
        RemoveIndexConcurrently("suggestedfix", "fixes_by_status"),
        RemoveIndexConcurrently("suggestedfix", "fixes_all_by_status"),
    ]
