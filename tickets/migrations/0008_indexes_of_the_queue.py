"""Indexes of the queue, in its order: by when a handoff came into its state. They are built while others write."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce

ONE_OF_A_FORM = "handoff_events_one_of_a_form"
WITHOUT_INDEX = {
    "account": ("accounts.account", {"related_name": "+"}),
    "from_user": (settings.AUTH_USER_MODEL, {"related_name": "handoffs_given"}),
    "claimed_by": (settings.AUTH_USER_MODEL, {"related_name": "+", "null": True, "blank": True}),
}
"""Keys whose own index the new ones make superfluous, since they begin with them."""


def by_state(key: str) -> tuple[object, ...]:
    return (key, "state", Coalesce("ended_at", "claimed_at", "created_at"), "id")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tickets", "0007_versions_of_handoffs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently("handoff", models.Index(*by_state("account"), name="handoffs_of_account")),
        AddIndexConcurrently("handoff", models.Index(*by_state("from_user"), name="handoffs_from")),
        AddIndexConcurrently("handoff", models.Index(*by_state("claimed_by"), name="handoffs_claimed_by")),
        AddIndexConcurrently(
            "handoff",
            models.Index(
                fields=["account", "rated_at"], condition=models.Q(was_enough=False), name="handoffs_not_enough"
            ),
        ),
        RemoveIndexConcurrently("handoff", "handoffs_by_state"),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {ONE_OF_A_FORM} ON handoff_events (handoff_id, form_key)"
                    " WHERE form_key IS NOT NULL",
                    f"DROP INDEX CONCURRENTLY {ONE_OF_A_FORM}",
                )
            ],
            [
                migrations.AddConstraint(
                    "handoffevent",
                    models.UniqueConstraint(
                        fields=["handoff", "form_key"],
                        condition=models.Q(form_key__isnull=False),
                        name=ONE_OF_A_FORM,
                    ),
                )
            ],
        ),
        *(
            migrations.AlterField(
                "handoff",
                name,
                models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=to, **options),
            )
            for name, (to, options) in WITHOUT_INDEX.items()
        ),
    ]
