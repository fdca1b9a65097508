"""The tokens of people’s scripts (docs/domain.md §3)."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from accounts.digests import digest_of, new_secret
from accounts.models.people import User
from accounts.person_rows import read_with_person

VALID = """
    api_tokens.digest = %s AND api_tokens.revoked_at IS NULL AND users.is_active
    AND (api_tokens.expires_at IS NULL OR api_tokens.expires_at > %s)
"""


class ApiTokenManager(models.Manager["ApiToken"]):
    def issue(self, user: User, name: str, **fields: Any) -> tuple["ApiToken", str]:
        """A new token and its secret, which is stored nowhere and can't be shown again."""
        secret = ApiToken.PREFIX + new_secret()
        token = self.create(user=user, name=name, prefix=secret[: ApiToken.SHOWN], digest=digest_of(secret), **fields)
        return token, secret

    def valid(self, secret: str, now: datetime) -> "ApiToken | None":
        """Return the token with this secret, unless it is revoked or expired or its person is deactivated."""
        return read_with_person(ApiToken, VALID, [digest_of(secret), now])


class ApiToken(models.Model):
    """A secret with which a script acts as a person."""

    PREFIX = "rf_"
    SHOWN = 9
    USE_NOTED_EVERY = timedelta(minutes=1)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=SHOWN, editable=False)
    digest = models.CharField("SHA-256 of the secret", max_length=64, unique=True, editable=False)
    read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ApiTokenManager] = ApiTokenManager()

    class Meta:
        db_table = "api_tokens"
        verbose_name = "API token"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def note_use(self, now: datetime) -> None:
        """Store when it was last used, with at most one write a minute."""
        if self.last_used_at is None or now - self.last_used_at >= self.USE_NOTED_EVERY:
            ApiToken.objects.filter(pk=self.pk).update(last_used_at=now)
