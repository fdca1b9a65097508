"""Suggested fixes and their history as the API reads and writes them (docs/api.md)."""

import re
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import (
    FlagField,
    JsonObjectField,
    QueryFlagField,
    RowIdField,
    RowSerializer,
    TextField,
    TimeField,
    UtcField,
    WholeNumberField,
)
from accounts.api.paging import PageQuery
from fixes.banner.modes import MODES, mode_of
from fixes.evidence import Counts, counts_of_fix
from fixes.evidence.sentences import sentence
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import OUTCOMES, PROPOSABLE, Decision
from sessions.api.serializers import Reason

_UTC_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\+00:00")


def one_of(values: list[str]) -> Any:
    """Document the possible values; the lifecycle checks them."""
    return extend_schema_field({"type": "string", "enum": values})


class Proposal(serializers.Serializer):
    outcome = serializers.ChoiceField([status.value for status in PROPOSABLE])
    reason = serializers.CharField(allow_null=True)
    message_id = serializers.UUIDField(allow_null=True)
    proposed_at = UtcField()


@extend_schema_field(Proposal())
class ProposalField(serializers.JSONField):
    """The fix's proposal, which is stored as JSON."""

    def to_representation(self, value: Any) -> Any:
        return with_utc_times(value)


class DetailsField(JsonObjectField):
    """An event's details, which are stored as JSON."""

    def to_representation(self, value: Any) -> Any:
        return with_utc_times(value)


def with_utc_times(value: Any) -> Any:
    """Write the product's own times in stored JSON as everywhere else, with a Z.

    Lists are left alone: an edit keeps a person's old and new text in them.
    """
    if not isinstance(value, dict):
        return value
    return {
        key: _with_z(each) if key == "at" or key.endswith("_at") else with_utc_times(each)
        for key, each in value.items()
    }


def _with_z(value: Any) -> Any:
    return f"{value.removesuffix('+00:00')}Z" if isinstance(value, str) and _UTC_TIME.fullmatch(value) else value


class Evidence(serializers.Serializer):
    """What came of the same fix in the account's other sessions, one verdict each; written by `evidence_json`."""

    sentence = serializers.CharField(help_text="In words, with the day in your time zone.")
    worked = serializers.IntegerField(help_text="Sessions in which it worked.")
    partly = serializers.IntegerField()
    failed = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Sessions that still await verification. They count for nothing.")
    last_worked_at = UtcField(allow_null=True)
    account_rate = serializers.FloatField(help_text="How often the account’s fixes work, from 0 to 1.")
    confidence_pct = serializers.IntegerField(
        allow_null=True,
        help_text="(worked + ½ partly + 4 × account_rate) ÷ (verdicts + 4), in per cent; null below three verdicts.",
    )
    low_pct = serializers.IntegerField(
        allow_null=True, help_text="Nine times in ten its rate is between this and `high_pct`."
    )
    high_pct = serializers.IntegerField(allow_null=True)


def evidence_json(counts: Counts) -> dict[str, Any]:
    low, high = counts.interval_pct if counts.is_enough else (None, None)
    return {
        "sentence": sentence(counts, timezone.now()),
        "worked": counts.worked,
        "partly": counts.partly,
        "failed": counts.failed,
        "waiting": counts.waiting,
        "last_worked_at": _LAST_WORKED.to_representation(counts.last_worked) if counts.last_worked else None,
        "account_rate": counts.rate,
        "confidence_pct": counts.confidence_pct if counts.is_enough else None,
        "low_pct": low,
        "high_pct": high,
    }


class Fix(RowSerializer):
    ai_drafted_parameters = JsonObjectField(read_only=True, allow_null=True)
    ai_outcome_proposal = ProposalField(read_only=True, allow_null=True)
    evidence = serializers.SerializerMethodField()
    banner_mode = serializers.SerializerMethodField(help_text="The mode of the banner in the browser.")
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
            "origin",
            "verification_hint",
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
            "evidence",
            "banner_mode",
            "state_version",
        )
        read_only_fields = fields

    @extend_schema_field(Evidence())
    def get_evidence(self, fix: SuggestedFix) -> dict[str, Any]:
        return evidence_json(counts_of_fix(fix))

    @one_of([mode.name for mode in MODES])
    def get_banner_mode(self, fix: SuggestedFix) -> str:
        return mode_of(fix, timezone.now(), fix.messages_since).name


class Event(RowSerializer):
    details = DetailsField(read_only=True)

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
    overdue = QueryFlagField(required=False, default=False, help_text="Only those past their check-by time.")


class NewFix(serializers.Serializer):
    title = TextField(help_text="At most 200 characters.")
    description = TextField(help_text="Markdown, at most 50,000 characters.")
    confidence_pct = WholeNumberField(min_value=0, max_value=100)
    verification_hint = TextField(
        required=False, allow_null=True, help_text="How to tell it worked. Markdown, at most 500 characters."
    )
    script_template_id = RowIdField(required=False, allow_null=True)
    ai_drafted_script = TextField(required=False, allow_null=True, help_text="At most 50,000 characters.")
    ai_drafted_parameters = JsonObjectField(required=False, allow_null=True, help_text="A JSON object.")
    again = FlagField(
        required=False,
        help_text="true: suggest it although it failed in this session. Without it that is 409 `already_failed`.",
    )


@one_of(Decision.values)
class DecisionField(TextField):
    pass


@one_of([status.value for status in OUTCOMES])
class OutcomeField(TextField):
    pass


@one_of([status.value for status in PROPOSABLE])
class ProposableField(TextField):
    pass


class DecisionBody(serializers.Serializer):
    decision = DecisionField()


class OutcomeBody(serializers.Serializer):
    outcome = OutcomeField()
    notes = TextField(
        required=False,
        allow_null=True,
        help_text="At most 4,000 characters. Required for `applied_partial` and `applied_pending`.",
    )
    follow_up_at = TimeField(
        required=False,
        allow_null=True,
        help_text="When to check, with offset; only with `applied_pending`. Absent keeps it, null clears it.",
    )


class SnoozeBody(serializers.Serializer):
    follow_up_at = TimeField(help_text="When to check, with offset: ahead of now, at most a year.")


class ProposalBody(serializers.Serializer):
    outcome = ProposableField()
    reason = TextField(required=False, allow_null=True, help_text="At most 4,000 characters.")


class ConfirmBody(serializers.Serializer):
    notes = TextField(required=False, allow_null=True, help_text="Replaces FlowPilot's reason.")
    follow_up_at = TimeField(
        required=False,
        allow_null=True,
        help_text="When to check, with offset; only where `applied_pending` was proposed.",
    )


class ReopenBody(Reason):
    undo = FlagField(
        required=False, help_text="true: take back an outcome that you recorded within 10 minutes, whatever it is."
    )


class RejectBody(serializers.Serializer):
    notes = TextField(required=False, allow_null=True, help_text="Why it is wrong. The event keeps it.")


_FIX, _EVENT, _LAST_WORKED = Fix(), Event(), UtcField()
"""Built once: building a serializer costs more than serializing a row."""


def fix_json(fix: SuggestedFix) -> dict[str, Any]:
    """Serialize a fix whose session was fetched with it; no query is made but, perhaps, the count above."""
    return _FIX.to_representation(fix)


def event_json(event: FixEvent) -> dict[str, Any]:
    return _EVENT.to_representation(event)
