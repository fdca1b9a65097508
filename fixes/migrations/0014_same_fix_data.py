"""Keys of the titles that fixes already have, in batches that commit by themselves: nobody waits for all of them."""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from fixes.same_fix import title_key

AT_ONCE = 2_000

UPDATE = """
    UPDATE session_suggested_fixes fixes SET title_key = made.key
    FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS made (id, title, key)
    WHERE fixes.id = made.id AND fixes.title = made.title
"""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for batch in _without_key(apps):
        ids, titles = zip(*batch, strict=True)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(UPDATE, [list(ids), list(titles), [title_key(title) for title in titles]])


def _without_key(apps: Apps) -> Iterator[list[tuple[Any, str]]]:
    """Yield id and title of the fixes without a key, in the order of ids; each batch is read after the one before."""
    fixes = apps.get_model("fixes", "SuggestedFix").objects.filter(title_key="").order_by("id")
    batch = list(fixes.values_list("id", "title")[:AT_ONCE])
    while batch:
        yield batch
        batch = list(fixes.filter(id__gt=batch[-1][0]).values_list("id", "title")[:AT_ONCE])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("fixes", "0013_same_fix")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
