import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import Account, User


class ScriptTemplateQuerySet(models.QuerySet["ScriptTemplate"]):
    def usable_by(self, account_id: uuid.UUID) -> "ScriptTemplateQuerySet":
        """Return the account's own templates and the shared ones, except those that are retired."""
        return self.filter(models.Q(account_id=account_id) | models.Q(account=None), retired=False)


class ScriptTemplate(models.Model):
    """A reusable script. Without an account it is shared by all accounts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="script_templates")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=50, blank=True)
    body = models.TextField()
    parameters_schema = models.JSONField(default=dict, blank=True)
    provenance = models.JSONField("session, person and ticket it came from", default=dict, blank=True)
    times_used = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScriptTemplateQuerySet.as_manager()

    class Meta:
        db_table = "script_templates"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class DraftTemplate(models.Model):
    """A drafted script that may become a template once its session is resolved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    fix = models.OneToOneField("fixes.SuggestedFix", models.CASCADE, related_name="draft_template")
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    body = models.TextField()
    parameters = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "draft_templates"
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.name
