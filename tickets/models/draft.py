import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession
from tickets.models.text import Kind, Language


class Draft(models.Model):
    """A text that someone edits before it is posted: one for each session and kind, whichever browser is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=Kind)
    language = models.CharField(max_length=2, choices=Language)
    markdown = models.TextField()
    begun_from = models.TextField("the text that it was edited from")
    state_version = models.PositiveIntegerField("the session's, when it was begun")
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "text_drafts"
        ordering: ClassVar = ["edited_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "kind"], name="text_drafts_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.session_id}"
