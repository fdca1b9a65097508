import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from flowpilot.models.answer import Answer
from sessions.models import AISession


class Rating(models.TextChoices):
    UP = "up", "Good"
    DOWN = "down", "Bad"


class Purpose(models.TextChoices):
    ANSWER = "answer", "Answer"
    NOTE = "note", "Resolution note"
    PACKAGE = "package", "Escalation package"


class ModelCall(models.Model):
    """One request to a model and its response, both masked. Admins read and rate it; it is deleted after some days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(
        "what it was for", max_length=7, choices=Purpose, default=Purpose.ANSWER, db_default="answer"
    )
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="calls")
    session = models.ForeignKey(AISession, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=100)
    request = models.JSONField("messages as sent")
    response = models.TextField("text as received", default="", db_default="")
    outcome = models.CharField("done, or what went wrong", max_length=40)
    tokens_in = models.PositiveIntegerField(default=0, db_default=0)
    tokens_out = models.PositiveIntegerField(default=0, db_default=0)
    milliseconds = models.PositiveIntegerField(default=0, db_default=0)
    rating = models.CharField(max_length=4, choices=Rating, null=True, blank=True)
    comment = models.TextField(blank=True, default="", db_default="")
    rated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("sent", default=timezone.now, editable=False)

    class Meta:
        db_table = "flowpilot_calls"
        verbose_name = "request to a model"
        verbose_name_plural = "requests to models"
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="flowpilot_calls_purpose"),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.ANSWER, answer__isnull=False)
                | (~Q(purpose=Purpose.ANSWER) & Q(answer=None)),
                name="flowpilot_calls_answer_of_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__in=Rating.values), name="flowpilot_calls_rating"
            ),
        ]
        indexes: ClassVar = [
            # budgets add up an account's day; the admin lists the newest first
            models.Index(fields=["account", "-created_at", "-id"], name="flowpilot_calls_of_account"),
            models.Index(fields=["-created_at", "-id"], name="flowpilot_calls_newest"),
        ]

    def __str__(self) -> str:
        return f"Request to {self.model}"
