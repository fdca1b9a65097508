"""Accounts: the tenants (docs/domain.md §3)."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.time_zones import validate_time_zone


class Language(models.TextChoices):
    """The languages in which notes and packages are written. Screens are English."""

    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"


class Account(models.Model):
    """A tenant: one managed service provider. Two accounts share nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    language = models.CharField(
        "language of notes and packages",
        max_length=2,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "accounts"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
