import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import Account, User
from sessions.models.session import AISession


class Author(models.TextChoices):
    ENGINEER = "engineer", "Engineer"
    ASSISTANT = "assistant", "FlowPilot"
    SYSTEM = "system", "System"


class Message(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="messages")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    author = models.CharField(max_length=9, choices=Author)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.TextField("content (markdown)")
    source_text = models.TextField("content with its markers, if it had any", null=True, editable=False)
    effects = models.JSONField("what its markers did", default=list, db_default=[], editable=False)
    origin = models.CharField(
        "built-in, or the model that wrote it", max_length=100, default="", db_default="", editable=False
    )
    form_key = models.UUIDField("key of the form that sent it", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "session_messages"
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "sequence"], name="session_messages_sequence"),
            # sending a form again creates no second message
            models.UniqueConstraint(
                fields=["session", "user", "form_key"],
                condition=models.Q(form_key__isnull=False),
                name="session_messages_one_of_a_form",
            ),
            models.CheckConstraint(condition=models.Q(author__in=Author.values), name="session_messages_author"),
        ]
        indexes: ClassVar = [
            # counts the engineer's messages since a fix was applied, for the banner's nudge
            models.Index(
                fields=["session", "created_at"],
                condition=models.Q(author="engineer"),
                name="session_messages_engineer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_author_display()} {self.sequence}"
