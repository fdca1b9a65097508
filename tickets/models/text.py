import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, Language, User
from sessions.models import AISession

__all__ = ["Kind", "Language", "PostedText"]


class Kind(models.TextChoices):
    NOTE = "resolution_note", "Resolution note"
    PACKAGE = "escalation_package", "Escalation package"
    ADDENDUM = "addendum", "Addendum"


class PostedText(models.Model):
    """A text as it went into the ticket. It is never rewritten: what is learnt later becomes an addendum."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the index below begins with the session
    session = models.ForeignKey(AISession, models.PROTECT, related_name="texts", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=Kind)
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="addenda")
    markdown = models.TextField()
    language = models.CharField(max_length=2, choices=Language)
    writer = models.CharField("built-in, or the model’s name; empty where a person rewrote it", max_length=100)
    is_provisional = models.BooleanField("whether a fix in it awaited verification", default=False)
    sentences = models.JSONField("sentences with the statements that they cite", default=list)
    my_words = models.JSONField("sentences that the check warned of and the person kept", default=list)
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(default=timezone.now, editable=False)
    state_version = models.PositiveIntegerField("the session's, after this act")
    form_key = models.UUIDField("key of the form that posted it", null=True, editable=False)

    class Meta:
        db_table = "posted_texts"
        ordering: ClassVar = ["posted_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="posted_texts_kind"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="posted_texts_language"),
            models.CheckConstraint(condition=Q(markdown__regex=r"\S"), name="posted_texts_markdown"),
            models.CheckConstraint(
                condition=Q(kind=Kind.ADDENDUM, adds_to__isnull=False) | (~Q(kind=Kind.ADDENDUM) & Q(adds_to=None)),
                name="posted_texts_addenda_add_to_a_text",
            ),
            # sending a form again posts nothing twice
            models.UniqueConstraint(
                fields=["session", "posted_by", "form_key"],
                condition=Q(form_key__isnull=False),
                name="posted_texts_one_of_a_form",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["session", "posted_at"], name="posted_texts_of_session"),
            # the admin's lists, of one account and for superusers
            models.Index(fields=["account", "-posted_at", "-id"], name="posted_texts_newest"),
            models.Index(fields=["-posted_at", "-id"], name="posted_texts_all_newest"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.session_id}"
