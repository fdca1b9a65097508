"""Suggested fixes and their history as the API reads and writes them (docs/api.md)."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.bodies import Moment, Text, WholeNumber
from accounts.api.paging import PageQuery
from fixes.banner.modes import MODES, mode_of
from fixes.models import FixEvent, SuggestedFix
from fixes.models.queries import messages_since_asked
from fixes.transitions import OUTCOMES, PROPOSABLE, Decision, Status


def one_of(values: list[str]) -> Any:
    """Documents the values; the lifecycle judges them."""
    return extend_schema_field({"type": "string", "enum": values})


class Proposal(serializers.Serializer):
    outcome = serializers.ChoiceField([status.value for status in PROPOSABLE])
    reason = serializers.CharField(allow_null=True)
    message_id = serializers.UUIDField(allow_null=True)
    proposed_at = serializers.DateTimeField()


@extend_schema_field(OpenApiTypes.OBJECT)
class Parameters(serializers.JSONField):
    """An object, for those who read the schema."""


@extend_schema_field(Proposal())
class StandingProposal(serializers.JSONField):
    """A Proposal, for those who read the schema."""


class Fix(serializers.ModelSerializer):
    ai_drafted_parameters = Parameters(read_only=True, allow_null=True)
    ai_outcome_proposal = StandingProposal(read_only=True, allow_null=True)
    banner_mode = serializers.SerializerMethodField(help_text="What the banner in the browser shows.")
    state_version = serializers.IntegerField(source="session.state_version", read_only=True, help_text="The session's.")

    class Meta:
        model = SuggestedFix
        fields = (
            "id",
            "session_id",
            "account_id",
            "title",
            "description",
            "confidence_pct",
            "script_template_id",
            "ai_drafted_script",
            "ai_drafted_parameters",
            "user_decision",
            "status",
            "applied_at",
            "verified_at",
            "partial_notes",
            "pending_reason",
            "failure_reason",
            "follow_up_at",
            "ai_outcome_proposal",
            "status_changed_at",
            "status_changed_by_id",
            "proposal_rejected_at",
            "version",
            "superseded_at",
            "created_at",
            "banner_mode",
            "state_version",
        )
        read_only_fields = fields

    @one_of([mode.name for mode in MODES])
    def get_banner_mode(self, fix: SuggestedFix) -> str:
        return mode_of(fix, timezone.now(), _messages_since(fix)).name


def _messages_since(fix: SuggestedFix) -> int:
    """Counted by the query that fetched the fix, else here, where a banner depends on it."""
    if fix.status != Status.PROPOSED or fix.applied_at is None:
        return 0
    counted: int | None = getattr(fix, "messages_since", None)
    if counted is None:
        counted = SuggestedFix.objects.values_list(messages_since_asked(), flat=True).get(pk=fix.pk)
    return counted


class Event(serializers.ModelSerializer):
    class Meta:
        model = FixEvent
        fields = (
            "id",
            "fix_id",
            "session_id",
            "account_id",
            "action",
            "from_status",
            "to_status",
            "notes",
            "follow_up_at",
            "details",
            "actor_id",
            "source",
            "at",
            "state_version",
        )
        read_only_fields = fields


class PendingQuery(PageQuery):
    overdue = serializers.BooleanField(required=False, default=False, help_text="Only those past their check-by time.")


class NewFix(serializers.Serializer):
    title = Text(help_text="At most 200 characters.")
    description = Text(help_text="Markdown, at most 50,000 characters.")
    confidence_pct = WholeNumber(min_value=0, max_value=100)
    script_template_id = serializers.UUIDField(required=False, allow_null=True)
    ai_drafted_script = Text(required=False, allow_null=True, help_text="At most 50,000 characters.")
    ai_drafted_parameters = serializers.DictField(required=False, allow_null=True, help_text="A JSON object.")


@one_of(Decision.values)
class DecisionText(Text):
    pass


@one_of([status.value for status in OUTCOMES])
class OutcomeText(Text):
    pass


@one_of([status.value for status in PROPOSABLE])
class ProposableText(Text):
    pass


class Choice(serializers.Serializer):
    decision = DecisionText()


class Outcome(serializers.Serializer):
    outcome = OutcomeText()
    notes = Text(
        required=False,
        allow_null=True,
        help_text="At most 4,000 characters. Needed for `applied_partial` and `applied_pending`.",
    )
    follow_up_at = Moment(
        required=False,
        allow_null=True,
        help_text="When to check, with offset; only with `applied_pending`. Absent keeps it, null clears it.",
    )


class Thought(serializers.Serializer):
    outcome = ProposableText()
    reason = Text(required=False, allow_null=True, help_text="At most 4,000 characters.")


class Confirmation(serializers.Serializer):
    notes = Text(required=False, allow_null=True, help_text="Instead of FlowPilot's reason.")


class Rejection(serializers.Serializer):
    notes = Text(required=False, allow_null=True, help_text="Why it isn't right. The event keeps it.")


_FIX, _EVENT = Fix(), Event()
"""Made once: building a serializer costs more than a row."""


def fix_json(fix: SuggestedFix) -> dict[str, Any]:
    """A fix that has its session with it, so that this asks the database nothing but, perhaps, the count above."""
    return _FIX.to_representation(fix)


def event_json(event: FixEvent) -> dict[str, Any]:
    return _EVENT.to_representation(event)
