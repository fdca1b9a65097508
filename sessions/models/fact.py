import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone

from accounts.models import Account, User
from sessions.models.message import Message
from sessions.models.session import AISession

SOURCE_IN_SESSION = (
    "IF NOT EXISTS (SELECT FROM session_messages WHERE id = NEW.source_message_id AND session_id = NEW.session_id)"
    " THEN RAISE EXCEPTION 'The source of a fact is a message of its session.'; END IF; RETURN NEW;"
)
"""What the trigger of facts does."""


class FactKind(models.TextChoices):
    """How a fact is known: someone answered a question, someone looked, or an engineer noted it."""

    QUESTION = "question", "Asked"
    DIAGNOSTIC_CHECK = "diagnostic_check", "Checked"
    ENGINEER_NOTE = "engineer_note", "Noted"


class Fact(models.Model):
    """One line of “what we know”. Removed facts are hidden, not deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="facts")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=FactKind)
    source_message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="facts")
    # who added it; nobody for FlowPilot
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    form_key = models.UUIDField("key of the form that added it", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # the next two belong to the latest edit, removal or restoration
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    deleted_at = models.DateTimeField("removed", null=True, blank=True)

    class Meta:
        db_table = "session_facts"
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=FactKind.values), name="session_facts_kind"),
            models.CheckConstraint(condition=models.Q(text__regex=r"\S"), name="session_facts_text"),
            # sending a form again adds no second fact
            models.UniqueConstraint(
                fields=["session", "user", "form_key"],
                condition=models.Q(form_key__isnull=False),
                name="session_facts_one_of_a_form",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="source_in_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("source_message_id", "session_id"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__source_message__isnull=False),
                func=SOURCE_IN_SESSION,
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_removed(self) -> bool:
        return self.deleted_at is not None
