"""The constraints on states of handoffs hold for every row."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0011_states_of_handoffs")]

    operations = [
        ValidateConstraint("handoff", "handoffs_state_has_its_columns"),
        ValidateConstraint("handoff", "handoffs_rating_is_the_claimers"),
    ]
