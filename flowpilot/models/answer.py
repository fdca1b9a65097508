import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession, Message


class AnswerState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    WRITING = "writing", "Writing"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    STOPPED = "stopped", "Stopped"


OPEN = frozenset({AnswerState.WAITING, AnswerState.WRITING})
"""The states in which FlowPilot still has to write."""

BUILT_IN = "built-in"
"""The provider that needs no model."""


class Answer(models.Model):
    """FlowPilot's answer to one message that asked for it. `flowpilot.answers` writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.OneToOneField(Message, models.CASCADE, related_name="answer")
    session = models.ForeignKey(AISession, models.CASCADE, related_name="answers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=AnswerState, default=AnswerState.WAITING)
    provider = models.CharField("built-in, or the model’s name", max_length=100)
    text = models.TextField("text written so far, with its markers", default="", db_default="")
    reply = models.OneToOneField(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    remarks = models.JSONField("why nothing was proposed, what was skipped", default=dict, db_default={})
    error = models.TextField("why it failed, in words for people", default="", db_default="")
    tokens_in = models.PositiveIntegerField(default=0, db_default=0)
    tokens_out = models.PositiveIntegerField(default=0, db_default=0)
    milliseconds = models.PositiveIntegerField(default=0, db_default=0)
    attempt = models.PositiveSmallIntegerField("attempts since it was asked for", default=0, db_default=0)
    # Who writes: only the holder of the latest claim can write text or finish, however late an earlier one wakes up
    claim = models.UUIDField(null=True, editable=False)
    job = models.CharField("job that claimed it", max_length=40, default="", db_default="", editable=False)
    not_before = models.DateTimeField("when a busy server may be asked again", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "flowpilot_answers"
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="flowpilot_answers_state"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="writing"), name="flowpilot_answers_one_writes_in_a_session"
            ),
            models.CheckConstraint(
                condition=~Q(state="writing") | Q(claim__isnull=False), name="flowpilot_answers_writing_is_claimed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["session", "created_at"], name="flowpilot_answers_of_session"),
            models.Index(
                fields=["created_at"], condition=Q(state__in=("waiting", "writing")), name="flowpilot_answers_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.message_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_due(self, now: datetime) -> bool:
        """Return whether it may be written now: a busy server was to be left alone until `not_before`."""
        return self.not_before is None or self.not_before <= now

    @property
    def is_built_in(self) -> bool:
        return self.provider == BUILT_IN
