"""Sessions and messages as the API reads and writes them (docs/api.md)."""

from typing import Any

from rest_framework import serializers

from accounts.api.bodies import Text
from accounts.api.paging import PageQuery
from sessions.models import AISession, Message, SessionStatus


class Session(serializers.ModelSerializer):
    class Meta:
        model = AISession
        fields = (
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


class SessionMessage(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields: tuple[str, ...] = ("id", "session_id", "sequence", "author", "user_id", "content", "created_at")
        read_only_fields = fields


class PostedMessage(SessionMessage):
    effects = serializers.ListField(
        child=serializers.DictField(), read_only=True, help_text="What its markers did: nothing, for an engineer's."
    )

    class Meta(SessionMessage.Meta):
        fields = (*SessionMessage.Meta.fields, "effects")
        read_only_fields = fields


class SessionQuery(PageQuery):
    status = serializers.ChoiceField(SessionStatus.choices, required=False, allow_blank=True)
    q = Text(
        required=False,
        help_text="Beginnings of words in title, problem, client and ticket; every one must be there.",
    )


class NewSession(serializers.Serializer):
    title = Text(help_text="At most 200 characters.")
    problem_summary = Text(required=False, help_text="At most 50,000 characters.")
    client_name = Text(required=False, help_text="At most 200 characters.")
    ticket_ref = Text(required=False, help_text="At most 50 characters.")


class SessionChanges(NewSession):
    title = Text(required=False, help_text="At most 200 characters.")
    status = serializers.ChoiceField(
        SessionStatus.choices, required=False, help_text="active ↔ paused, either → abandoned."
    )


class NewMessage(serializers.Serializer):
    author = Text(required=False, help_text="`engineer`, which it is anyway.")
    content = Text(help_text="Markdown, at most 50,000 characters.")


class Reason(serializers.Serializer):
    reason = Text(required=False, allow_null=True, help_text="At most 4,000 characters.")


_SESSION, _MESSAGE = Session(), SessionMessage()
"""Made once: building a serializer costs more than a row."""


def session_json(session: AISession) -> dict[str, Any]:
    return _SESSION.to_representation(session)


def message_json(message: Message) -> dict[str, Any]:
    return _MESSAGE.to_representation(message)
