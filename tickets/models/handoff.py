import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession
from tickets.models.text import PostedText


class HandoffState(models.TextChoices):
    WAITING = "waiting", "Unclaimed"
    CLAIMED = "claimed", "Claimed"
    RETURNED = "returned", "Returned"
    TAKEN_BACK = "taken_back", "Taken back"


def state_since() -> Coalesce:
    """Return when a handoff came into its state: what the queue and the API order by."""
    return Coalesce("ended_at", "claimed_at", "created_at")


class HandoffQuerySet(models.QuerySet["Handoff"]):
    def visible_to(self, user: User) -> "HandoffQuerySet":
        """Return the handoffs of the person's account; none for a person without an account."""
        return self.filter(account_id=user.account_id) if user.account_id else self.none()

    def waiting(self) -> "HandoffQuerySet":
        return self.filter(state="waiting")


class Handoff(models.Model):
    """An escalated session on its way to the engineer who takes it over. `tickets.handoffs` writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="handoffs")
    # the indexes below begin with these, with the target, and with the claimer
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    from_user = models.ForeignKey(User, models.PROTECT, related_name="handoffs_given", db_index=False)
    target = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField(
        max_length=10, choices=HandoffState, default=HandoffState.WAITING, db_default=HandoffState.WAITING
    )
    # the escalation package; null in rows of a time when packages were not kept as texts
    text = models.ForeignKey(PostedText, models.PROTECT, null=True, related_name="handoffs")
    question = models.TextField("question for whoever claims it", default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("when it was returned or taken back", null=True, blank=True)
    return_reason = models.TextField(default="", db_default="")
    # what the claimer says of the package; null until they have
    was_enough = models.BooleanField(null=True)
    missing = ArrayField(models.CharField(max_length=20), verbose_name="gaps named", default=list, db_default=[])
    missing_notes = models.TextField(default="", db_default="")
    rated_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField("+1 with every act on it", default=1, db_default=1, editable=False)
    objects = HandoffQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(state="waiting", claimed_by=None, ended_at=None)
                | Q(state="claimed", claimed_by__isnull=False, ended_at=None)
                | Q(state="returned", claimed_by__isnull=False, ended_at__isnull=False, return_reason__regex=r"\S")
                | Q(state="taken_back", claimed_by=None, ended_at__isnull=False),
                name="handoffs_state_has_its_columns",
            ),
            models.CheckConstraint(
                condition=Q(was_enough=None, rated_at=None, missing=[], missing_notes="")
                | Q(was_enough=True, rated_at__isnull=False, claimed_by__isnull=False, missing=[], missing_notes="")
                | Q(was_enough=False, rated_at__isnull=False, claimed_by__isnull=False),
                name="handoffs_rating_is_the_claimers",
            ),
            models.UniqueConstraint(
                fields=["session"], condition=Q(state="waiting"), name="handoffs_one_waits_in_a_session"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "created_at", "id"], condition=Q(state="waiting"), name="handoffs_waiting"),
            models.Index("account", "state", state_since(), "id", name="handoffs_of_account"),
            models.Index("from_user", "state", state_since(), "id", name="handoffs_from"),
            models.Index("claimed_by", "state", state_since(), "id", name="handoffs_claimed_by"),
            models.Index("target", "state", state_since(), "id", name="handoffs_for"),
            # the admin's lists, of one account and for superusers
            models.Index(fields=["account", "-created_at", "-id"], name="handoffs_newest"),
            models.Index(fields=["-created_at", "-id"], name="handoffs_all_newest"),
            # what was missing in packages (tickets.gaps)
            models.Index(fields=["account", "rated_at"], condition=Q(was_enough=False), name="handoffs_not_enough"),
        ]

    def __str__(self) -> str:
        return f"Handoff of {self.session_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state == HandoffState.WAITING

    @property
    def since(self) -> datetime:
        """When it came into its state."""
        return self.ended_at or self.claimed_at or self.created_at

    @property
    def is_for_anyone(self) -> bool:
        """Whether nobody in particular is to claim it: nobody was named, or they can't work here any longer."""
        return self.target is None or not works_here(self.target)


def works_here(person: User) -> bool:
    """Return whether this person could take over a session now."""
    return person.is_active and person.can_work
