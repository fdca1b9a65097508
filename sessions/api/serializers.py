"""Sessions and messages as the API reads and writes them (docs/api.md)."""

from typing import Any

from rest_framework import serializers

from accounts.api.fields import ChoiceField, RowSerializer, TextField
from accounts.api.paging import PageQuery
from sessions.models import AISession, Message, SessionStatus


class Session(RowSerializer):
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


class SessionMessage(RowSerializer):
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
    author = TextField(required=False, help_text="`engineer`, which is also the default.")
    content = TextField(help_text="Markdown, at most 50,000 characters.")


class Reason(serializers.Serializer):
    reason = TextField(required=False, allow_null=True, help_text="At most 4,000 characters.")


_SESSION, _MESSAGE = Session(), SessionMessage()
"""Built once: building a serializer costs more than serializing a row."""


def session_json(session: AISession) -> dict[str, Any]:
    return _SESSION.to_representation(session)


def message_json(message: Message) -> dict[str, Any]:
    return _MESSAGE.to_representation(message)
