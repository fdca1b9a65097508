"""Fixes are found by words that are cut as a search is (docs/decisions/0014-words-are-cut-in-postgresql.md).

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0009_text_in_one_form"), ("common", "0001_search")]

    operations = [
        AddIndexConcurrently(
            "suggestedfix",
            GinIndex(
                models.Func(
                    Concat("title", models.Value(" "), output_field=models.TextField()),
                    function="search_lexemes",
                    output_field=SearchVectorField(),
                ),
                name="fixes_words",
            ),
        ),
        RemoveIndexConcurrently("suggestedfix", "fixes_search"),
    ]
