"""Invitations into an account, by a link that works once (docs/people.md)."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.digests import digest_of
from accounts.models.accounts import Account
from accounts.models.people import Role, User


def in_a_week() -> datetime:
    """Return when an invitation that is created now expires."""
    return timezone.now() + Invitation.LASTS


class InvitationManager(models.Manager["Invitation"]):
    def by_secret(self, secret: str) -> "Invitation | None":
        """Return the invitation whose link ends in this secret, valid or not."""
        return self.filter(digest=digest_of(secret)).select_related("account", "invited_by").first()

    def pending(self, account: Account) -> models.QuerySet["Invitation"]:
        """Return those that were neither used nor revoked. Some may have expired."""
        return self.filter(account=account, used_at=None, revoked_at=None)


class Invitation(models.Model):
    """An invitation to join an account. Only a digest of its link’s secret is stored."""

    LASTS = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    email = models.EmailField("email")
    display_name = models.CharField(max_length=100)
    role = models.CharField(max_length=8, choices=Role, default=Role.ENGINEER)
    digest = models.CharField("SHA-256 of the secret", max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=in_a_week, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[InvitationManager] = InvitationManager()

    class Meta:
        db_table = "invitations"
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitations_role"),
            models.UniqueConstraint(
                fields=["account", "email"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="invitations_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.email})"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
