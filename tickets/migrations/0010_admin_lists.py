"""Indexes of the admin's lists of texts and handoffs. They are built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEXES = {
    "postedtext": {
        "posted_texts_newest": ["account", "-posted_at", "-id"],
        "posted_texts_all_newest": ["-posted_at", "-id"],
    },
    "handoff": {
        "handoffs_newest": ["account", "-created_at", "-id"],
        "handoffs_all_newest": ["-created_at", "-id"],
    },
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0009_handoffs_for_somebody")]

    operations = [
        AddIndexConcurrently(model, models.Index(fields=fields, name=name))
        for model, indexes in INDEXES.items()
        for name, fields in indexes.items()
    ]
