"""Handoffs as the API reads and writes them (docs/api.md)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import FlagField, RowSerializer, TextField
from accounts.api.paging import PageQuery
from tickets import models
from tickets.api.serializers import NOTES, Text
from tickets.gaps import GAPS
from tickets.models import HandoffState

KEYS = [gap.key for gap in GAPS]
SHOWN = (HandoffState.WAITING, HandoffState.CLAIMED, HandoffState.RETURNED)


class HandoffQuery(PageQuery):
    state = serializers.ChoiceField(
        [(each.value, each.label) for each in SHOWN],
        default=HandoffState.WAITING.value,
        error_messages={"invalid_choice": f"Send one of: {', '.join(SHOWN)}."},
    )


class Handoff(RowSerializer):
    package = Text(source="text", read_only=True, allow_null=True, help_text="The posted escalation package.")

    class Meta:
        model = models.Handoff
        fields: tuple[str, ...] = (
            *("id", "session_id", "account_id", "state", "from_user_id", "target_id", "question", "created_at"),
            *("claimed_by_id", "claimed_at", "ended_at", "return_reason"),
            *("was_enough", "missing", "missing_notes", "rated_at", "version", "package"),
        )
        read_only_fields = fields


@extend_schema_field({"type": "array", "items": {"type": "string", "enum": KEYS}})
class MissingField(serializers.Field):
    """Keys of gaps. Which there are, `tickets.handoffs.rating` says."""

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
            raise serializers.ValidationError(f"Send an array of these: {', '.join(KEYS)}.")
        return tuple(data)


class QuestionBody(serializers.Serializer):
    question = TextField(required=False, allow_null=True, help_text=NOTES)


class ReasonBody(serializers.Serializer):
    reason = TextField(required=False, allow_null=True, help_text=NOTES)


class RatingBody(serializers.Serializer):
    enough = FlagField(help_text="Whether the package was enough to start.")
    missing = MissingField(required=False, help_text="What was missing, only with `enough: false`.")
    notes = TextField(required=False, allow_null=True, help_text=f"What else was missing. {NOTES}")


_HANDOFF = Handoff()
"""Built once: building a serializer costs more than serializing a row."""


def handoff_json(handoff: models.Handoff) -> dict[str, Any]:
    return _HANDOFF.to_representation(handoff)
