"""Who works here: accounts (tenants), people, and the tokens of their scripts (docs/domain.md §3, §9)."""

import hashlib
import secrets
import uuid
import zoneinfo
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


def validate_time_zone(name: str) -> None:
    """Refuse what is no IANA time zone name."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use an IANA name such as Europe/London.")


class Account(models.Model):
    """A tenant: one managed service provider. Nothing is shared between two of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "accounts"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    VIEWER = "viewer", "Viewer"
    ENGINEER = "engineer", "Engineer"
    ADMIN = "admin", "Admin"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.select_related("account").get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, who signs in by e-mail. Only superusers have no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="users")
    email = models.EmailField("e-mail", unique=True)
    display_name = models.CharField(max_length=100)
    role = models.CharField(max_length=8, choices=Role, default=Role.ENGINEER)
    time_zone = models.CharField(
        max_length=64, blank=True, validators=[validate_time_zone], help_text="Empty: the account's."
    )
    keyboard_shortcuts = models.BooleanField(default=True)
    is_staff = models.BooleanField("may use Django admin", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        db_table = "users"
        ordering: ClassVar = ["display_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="users_email_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="users_role"),
            models.CheckConstraint(
                condition=models.Q(account=None) ^ models.Q(is_superuser=False),
                name="users_only_superusers_without_account",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def can_work(self) -> bool:
        """Whether this person may change sessions: engineers and admins of an account."""
        return self.account_id is not None and self.role in {Role.ENGINEER, Role.ADMIN}

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone, else the account's, else UTC."""
        name = self.time_zone or (self.account.time_zone if self.account else "UTC")
        return zoneinfo.ZoneInfo(name)


class ApiTokenManager(models.Manager["ApiToken"]):
    def issue(self, user: User, name: str, **fields: Any) -> tuple["ApiToken", str]:
        """A new token and its secret, which is stored nowhere and can't be shown again."""
        secret = ApiToken.PREFIX + secrets.token_urlsafe(32)
        token = self.create(
            user=user, name=name, prefix=secret[: ApiToken.SHOWN], digest=ApiToken.digest_of(secret), **fields
        )
        return token, secret

    def valid(self, secret: str, now: datetime) -> "ApiToken | None":
        """The token of this secret, unless it is revoked, expired or its person may no longer sign in."""
        return (
            self.filter(digest=ApiToken.digest_of(secret), revoked_at=None, user__is_active=True)
            .exclude(expires_at__lte=now)
            .select_related("user__account")
            .first()
        )


class ApiToken(models.Model):
    """A script's way in, in the name of a person."""

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
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def note_use(self, now: datetime) -> None:
        """Remember that it was used, with one write a minute at most."""
        if self.last_used_at is None or now - self.last_used_at >= self.USE_NOTED_EVERY:
            ApiToken.objects.filter(pk=self.pk).update(last_used_at=now)
