import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account


class PlaybookQuerySet(models.QuerySet["Playbook"]):
    def usable_by(self, account_id: uuid.UUID) -> "PlaybookQuerySet":
        """Return the account's own playbooks and the shared ones, except those that are retired."""
        return self.filter(Q(account_id=account_id) | Q(account=None), retired=False)


class Playbook(models.Model):
    """How a senior engineer fixes one problem. Without an account it is shared by all accounts.

    `questions`: a list of {"id", "ask", "options": {option: [phrases]}, "fits": option} (docs/playbooks.md).
    `digest`: empty for one that was written in the admin. An import leaves alone what has `edited_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="playbooks")
    slug = models.SlugField("file name", max_length=100)
    title = models.CharField("problem", max_length=200)
    area = models.CharField(max_length=100)
    symptoms = models.JSONField(default=list)
    questions = models.JSONField(default=list, blank=True)
    fix_title = models.CharField("fix", max_length=200)
    description = models.TextField("why it helps, and the steps (markdown)")
    verification_hint = models.TextField("how to tell that it worked")
    typical_wait = models.DurationField("how long until it can be verified", null=True, blank=True)
    script = models.TextField(blank=True, default="", db_default="")
    script_language = models.CharField(max_length=50, blank=True, default="", db_default="")
    digest = models.CharField("digest of the file it was imported from", max_length=64, default="", db_default="")
    edited_at = models.DateTimeField("edited in the admin", null=True, blank=True)
    retired = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlaybookQuerySet.as_manager()

    class Meta:
        db_table = "flowpilot_playbooks"
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "slug"], name="flowpilot_playbooks_slug"),
            models.UniqueConstraint(fields=["slug"], condition=Q(account=None), name="flowpilot_playbooks_shared_slug"),
        ]

    def __str__(self) -> str:
        return self.title
