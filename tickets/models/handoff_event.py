import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Account, User
from sessions.models import AISession
from tickets.models.handoff import Handoff


class HandoffAction(models.TextChoices):
    ESCALATE = "escalate", "Escalated"
    CLAIM = "claim", "Claimed"
    ASK = "ask", "Asked"
    RETURN = "return", "Returned"
    TAKE_BACK = "take_back", "Taken back"
    RATE = "rate", "Rated"


class HandoffEvent(models.Model):
    """One thing that happened to a handoff, as its session's conversation shows it. It is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handoff = models.ForeignKey(Handoff, models.PROTECT, related_name="events")
    session = models.ForeignKey(AISession, models.PROTECT, related_name="handoff_events", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    action = models.CharField(max_length=9, choices=HandoffAction)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    notes = models.TextField("question or reason", default="")
    at = models.DateTimeField()
    state_version = models.PositiveIntegerField("the session's, after this act")
    form_key = models.UUIDField("key of the form that was sent", null=True, editable=False)

    class Meta:
        db_table = "handoff_events"
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(action__in=HandoffAction.values), name="handoff_events_action"),
            # sending a form again asks no second question
            models.UniqueConstraint(
                fields=["handoff", "form_key"],
                condition=Q(form_key__isnull=False),
                name="handoff_events_one_of_a_form",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "at"], name="handoff_events_of_session")]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.session_id}"
