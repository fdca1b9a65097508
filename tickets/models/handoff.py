import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession
from tickets.models.text import PostedText


class HandoffState(models.TextChoices):
    WAITING = "waiting", "Unclaimed"
    CLAIMED = "claimed", "Claimed"
    RETURNED = "returned", "Returned"
    TAKEN_BACK = "taken_back", "Taken back"


class Handoff(models.Model):
    """An escalated session on its way to the engineer who takes it over. `tickets.handoffs` writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="handoffs")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, models.PROTECT, related_name="handoffs_given")
    target = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=HandoffState, default=HandoffState.WAITING, db_default=HandoffState.WAITING
    )
    # the escalation package; null in rows of a time when packages were not kept as texts
    text = models.ForeignKey(PostedText, models.PROTECT, null=True, related_name="handoffs")
    question = models.TextField("question for whoever claims it", default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("when it was returned or taken back", null=True, blank=True)
    return_reason = models.TextField(default="", db_default="")
    # what the claimer says of the package; null until they have
    was_enough = models.BooleanField(null=True)
    missing = ArrayField(models.CharField(max_length=20), verbose_name="gaps named", default=list, db_default=[])
    missing_notes = models.TextField(default="", db_default="")
    rated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "handoffs"
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_at=None) | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="handoffs_claimed_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(claimed_by=models.F("from_user")) | Q(claimed_by=None),
                name="handoffs_nobody_claims_their_own",
            ),
            models.CheckConstraint(condition=Q(state__in=HandoffState.values), name="handoffs_state"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="waiting"), name="handoffs_one_waits_in_a_session"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "created_at", "id"], condition=Q(state="waiting"), name="handoffs_waiting"),
            models.Index(fields=["account", "state", "-created_at", "-id"], name="handoffs_by_state"),
        ]

    def __str__(self) -> str:
        return f"Handoff of {self.session_id}"
