"""The admin's list: newest first, of one account or all, of one status or all, and its search by title.

Nothing here blocks writers, so it can't run in one transaction.
"""

import django.db.models.functions.text
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0004_awaiting_verification_data")]

    operations = [
        AddIndexConcurrently(
            "suggestedfix", models.Index(fields=["account", "-created_at", "-id"], name="fixes_newest")
        ),
        AddIndexConcurrently(
            "suggestedfix", models.Index(fields=["account", "status", "-created_at", "-id"], name="fixes_by_status")
        ),
        AddIndexConcurrently("suggestedfix", models.Index(fields=["-created_at", "-id"], name="fixes_all_newest")),
        AddIndexConcurrently(
            "suggestedfix", models.Index(fields=["status", "-created_at", "-id"], name="fixes_all_by_status")
        ),
        AddIndexConcurrently(
            "suggestedfix",
            GinIndex(
                SearchVector(
                    models.Func(
                        django.db.models.functions.text.Concat(
                            "title", models.Value(" "), output_field=models.TextField()
                        ),
                        models.Value("\\W+"),
                        models.Value(" "),
                        models.Value("g"),
                        function="regexp_replace",
                        output_field=models.TextField(),
                    ),
                    config="simple",
                ),
                name="fixes_search",
            ),
        ),
    ]
