"""The database holds what each state of a handoff has, and that only a claimed one is rated.

`0012_states_of_handoffs_validated` checks the rows that were there before, without blocking writers.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

STATE = (
    Q(state="waiting", claimed_by=None, ended_at=None)
    | Q(state="claimed", claimed_by__isnull=False, ended_at=None)
    | Q(state="returned", claimed_by__isnull=False, ended_at__isnull=False, return_reason__regex=r"\S")
    | Q(state="taken_back", claimed_by=None, ended_at__isnull=False)
)
RATING = (
    Q(was_enough=None, rated_at=None, missing=[], missing_notes="")
    | Q(was_enough=True, rated_at__isnull=False, claimed_by__isnull=False, missing=[], missing_notes="")
    | Q(was_enough=False, rated_at__isnull=False, claimed_by__isnull=False)
)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0010_admin_lists")]

    operations = [
        AddConstraintNotValid(
            "handoff", models.CheckConstraint(condition=STATE, name="handoffs_state_has_its_columns")
        ),
        AddConstraintNotValid(
            "handoff", models.CheckConstraint(condition=RATING, name="handoffs_rating_is_the_claimers")
        ),
    ]
