"""People and their roles (docs/domain.md §3, §9)."""

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import emails, passwords
from accounts.models.accounts import Account
from accounts.time_zones import validate_time_zone


class Role(models.TextChoices):
    VIEWER = "viewer", "Viewer"
    ENGINEER = "engineer", "Engineer"
    ADMIN = "admin", "Admin"


class Theme(models.TextChoices):
    SYSTEM = "system", "Match system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=emails.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        try:
            email = emails.normalise(username or "")
        except ValidationError as error:
            raise User.DoesNotExist from error
        return self.select_related("account").get(email=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, who signs in by email. Only superusers have no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="users")
    email = models.EmailField("email", unique=True, error_messages={"unique": emails.TAKEN})
    display_name = models.CharField(max_length=100)
    role = models.CharField(max_length=8, choices=Role, default=Role.ENGINEER)
    time_zone = models.CharField(
        max_length=64, blank=True, validators=[validate_time_zone], help_text="Empty for the account's."
    )
    keyboard_shortcuts = models.BooleanField(default=True)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM, db_default=Theme.SYSTEM)
    email_reminders = models.BooleanField("email me when a check is due", default=True, db_default=True)
    is_staff = models.BooleanField("can use Django admin", default=False)
    is_active = models.BooleanField("active", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    reset_sent_at = models.DateTimeField("last password reset email", null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        db_table = "users"
        ordering: ClassVar = ["display_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="users_email_any_case", violation_error_message=emails.TAKEN),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="users_role"),
            models.CheckConstraint(condition=models.Q(theme__in=Theme.values), name="users_theme"),
            models.CheckConstraint(
                condition=models.Q(account=None) ^ models.Q(is_superuser=False),
                name="users_only_superusers_without_account",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = kwargs.get("update_fields")
        if names is None or "email" in names:
            self.email = emails.normalise(self.email)
        self.is_staff = self.is_superuser or self.role == Role.ADMIN
        if names is not None and "role" in names:
            kwargs["update_fields"] = {*names, "is_staff"}
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else passwords.to_hash(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        is_known = super().check_password
        return raw_password is not None and any(is_known(each) for each in passwords.spellings(raw_password))

    def clean(self) -> None:
        try:
            self.email = emails.normalise(self.email)
        except ValidationError as error:
            raise ValidationError({"email": error}) from error

    @property
    def can_work(self) -> bool:
        """Whether this person may change sessions: engineers and admins of an account."""
        return self.account_id is not None and self.role in {Role.ENGINEER, Role.ADMIN}

    @property
    def is_account_admin(self) -> bool:
        """Whether this person manages the people and tokens of their account."""
        return self.account_id is not None and self.role == Role.ADMIN

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone in which this person sees times: their own, or the account's, or UTC."""
        name = self.time_zone or (self.account.time_zone if self.account else "UTC")
        return zoneinfo.ZoneInfo(name)
