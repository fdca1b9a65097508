import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession


class Handoff(models.Model):
    """An escalated session on its way to the engineer who takes it over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="handoffs")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, models.PROTECT, related_name="handoffs_given")
    target = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    package = models.TextField("escalation package (markdown)")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "handoffs"
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(claimed_by=None, claimed_at=None)
                | models.Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="handoffs_claimed_by_and_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(claimed_by=models.F("from_user")) | models.Q(claimed_by=None),
                name="handoffs_nobody_claims_their_own",
            ),
        ]

    def __str__(self) -> str:
        return f"Handoff of {self.session_id}"
