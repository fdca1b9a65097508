"""Sessions are found by words that are cut as a search is (docs/decisions/0014-words-are-cut-in-postgresql.md).

Nothing here blocks writers, so it can't run in one transaction.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ai_sessions", "0003_text_in_one_form"), ("common", "0001_search")]

    operations = [
        AddIndexConcurrently(
            "aisession",
            GinIndex(
                models.Func(
                    Concat(
                        "title",
                        models.Value(" "),
                        "client_name",
                        models.Value(" "),
                        "ticket_ref",
                        models.Value(" "),
                        "problem_summary",
                        models.Value(" "),
                        output_field=models.TextField(),
                    ),
                    function="search_lexemes",
                    output_field=SearchVectorField(),
                ),
                name="ai_sessions_words",
            ),
        ),
        RemoveIndexConcurrently("aisession", "ai_sessions_search"),
    ]
