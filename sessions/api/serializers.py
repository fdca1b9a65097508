"""Sessions, messages and facts as the API reads and writes them (docs/api.md)."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import (
    ChoiceField,
    FlagField,
    QueryFlagField,
    RowIdField,
    RowSerializer,
    TextField,
    UtcField,
)
from accounts.api.paging import PageQuery
from sessions import copilot, models, notices
from sessions.models import AISession, FactKind, Message, SessionStatus


class Session(RowSerializer):
    class Meta:
        model = AISession
        fields: tuple[str, ...] = (
            "id",
            "account_id",
            "owner_id",
            "title",
            "problem_summary",
            "client_name",
            "ticket_ref",
            "status",
            "resolution_kind",
            "root_cause",
            "state_version",
            "resolution_note",
            "resolution_note_posted_at",
            "resolution_note_external_id",
            "escalation_package",
            "escalation_package_posted_at",
            "escalation_package_external_id",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields


class Effect(serializers.Serializer):
    """What one marker of a message did (`sessions.effects`)."""

    marker = serializers.CharField()
    result = serializers.ChoiceField(["done", "refused", "malformed"])
    id = serializers.UUIDField(
        allow_null=True,
        help_text="Of the fix or fact; with `already_failed`, of the fix that failed.",
    )
    reason = serializers.CharField(
        allow_null=True, help_text="Why not; or what was changed in it, such as a cut title."
    )
    code = serializers.CharField(allow_null=True, help_text="Of a refusal, such as `already_failed`.")


class AnswerOfMessage(serializers.Serializer):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(["waiting", "writing", "done", "failed", "stopped"])
    message_id = serializers.UUIDField(allow_null=True, help_text="Of FlowPilot’s message, once there is one.")
    error = serializers.CharField(allow_null=True)


@extend_schema_field(Effect(many=True))
class EffectsField(serializers.JSONField):
    pass


class SessionMessage(RowSerializer):
    effects = EffectsField(read_only=True, help_text="What the markers of FlowPilot’s message did.")

    class Meta:
        model = Message
        fields: tuple[str, ...] = (
            *("id", "session_id", "sequence", "author", "user_id", "content", "effects", "created_at"),
        )
        read_only_fields = fields


class MessageWithAnswer(SessionMessage):
    answer = AnswerOfMessage(allow_null=True, read_only=True, help_text="FlowPilot’s answer, if the message asked.")

    class Meta(SessionMessage.Meta):
        fields = (*SessionMessage.Meta.fields, "answer")
        read_only_fields = fields


ORDERS = {"-updated": ("-updated_at", "-id"), "created": ("created_at", "id")}
"""How a list of sessions can be ordered. Only `created` is sure to show every row once: nothing moves in it."""


class SessionQuery(PageQuery):
    status = ChoiceField(SessionStatus.choices, required=False, allow_blank=True)
    q = TextField(
        required=False,
        help_text="Beginnings of words in title, problem, client and ticket; every one must be there.",
    )
    order = ChoiceField(
        tuple(ORDERS),
        required=False,
        default="-updated",
        help_text="`-updated`: last changed first; `created`: oldest first, which shows every row once.",
    )


class NewSession(serializers.Serializer):
    title = TextField(help_text="At most 200 characters.")
    problem_summary = TextField(required=False, help_text="At most 50,000 characters.")
    client_name = TextField(required=False, help_text="At most 200 characters.")
    ticket_ref = TextField(required=False, help_text="At most 50 characters.")


class SessionChanges(NewSession):
    title = TextField(required=False, help_text="At most 200 characters.")
    status = ChoiceField(SessionStatus.choices, required=False, help_text="active ↔ paused, either → abandoned.")


class NewMessage(serializers.Serializer):
    author = TextField(required=False, help_text="`engineer`, the default, or `assistant`: then its markers are run.")
    content = TextField(help_text="Markdown, at most 50,000 characters; 20,000 with `ask`.")
    ask = FlagField(required=False, help_text="true: FlowPilot answers this message of an engineer.")


class Fact(RowSerializer):
    removed_at = UtcField(source="deleted_at", read_only=True, allow_null=True)

    class Meta:
        model = models.Fact
        fields = (
            *("id", "session_id", "text", "kind", "source_message_id", "user_id"),
            *("created_at", "changed_at", "changed_by_id", "removed_at"),
        )
        read_only_fields = fields


class FactQuery(PageQuery):
    removed = QueryFlagField(required=False, default=False, help_text="true: the removed ones instead.")


class NewFact(serializers.Serializer):
    text = TextField(help_text="At most 2,000 characters.")
    kind = ChoiceField(FactKind.choices, help_text="Someone was asked, someone looked, or an engineer noted it.")
    source_message_id = RowIdField(required=False, allow_null=True, help_text="The message that it comes from.")


class FactChanges(serializers.Serializer):
    text = TextField(required=False, help_text="At most 2,000 characters.")
    kind = ChoiceField(FactKind.choices, required=False)
    removed = FlagField(required=False, help_text="true removes the fact, false restores it.")


class Reason(serializers.Serializer):
    reason = TextField(required=False, allow_null=True, help_text="At most 4,000 characters.")


class Notice(RowSerializer):
    sentence = serializers.SerializerMethodField(help_text="What it says, in words.")
    link = serializers.SerializerMethodField(help_text="The path of what it is about, in the browser.")
    subject_id = serializers.UUIDField(
        source="subject", read_only=True, allow_null=True, help_text="Of what it is about: a fix, an answer, a handoff."
    )

    class Meta:
        model = models.Notice
        fields = (
            *("id", "session_id", "kind", "sentence", "quote", "actor_id", "subject_id", "link"),
            *("created_at", "read_at"),
        )
        read_only_fields = fields

    def get_sentence(self, notice: models.Notice) -> str:
        return notices.sentence_of(notice)

    def get_link(self, notice: models.Notice) -> str:
        return notices.address_of(notice)


class NoticeQuery(PageQuery):
    unread = QueryFlagField(required=False, default=False, help_text="true: only those that aren't read yet.")


_SESSION, _MESSAGE, _FACT, _NOTICE = Session(), SessionMessage(), Fact(), Notice()
"""Built once: building a serializer costs more than serializing a row."""


def session_json(session: AISession) -> dict[str, Any]:
    return _SESSION.to_representation(session)


def messages_json(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Serialize messages with their answers, which takes one query."""
    answers = copilot.registered().answers_json(messages)
    return [{**_MESSAGE.to_representation(each), "answer": answers.get(each.pk)} for each in messages]


def fact_json(fact: models.Fact) -> dict[str, Any]:
    return _FACT.to_representation(fact)


def notice_json(notice: models.Notice) -> dict[str, Any]:
    """Serialize a notice that was fetched with its session and actor."""
    return _NOTICE.to_representation(notice)
