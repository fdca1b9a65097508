import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from sessions.models import AISession


class Reminder(models.Model):
    """One time that a person is reminded of a check: when it is due, and each working morning while it is overdue.

    `check_by`: the fix's check-by time that has come. `morning`: the day of a working morning; null for the reminder
    when it is due. `mail_due_at`: when to try to send its email, null when there is nothing to send (any longer).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the unique index begins with the fix, and that of emails with the user
    fix = models.ForeignKey("fixes.SuggestedFix", models.CASCADE, related_name="reminders", db_index=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    check_by = models.DateTimeField()
    morning = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    mail_due_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField("failed attempts to send its email", default=0, db_default=0)

    class Meta:
        db_table = "reminders"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fix", "user", "check_by", "morning"], name="reminders_once", nulls_distinct=False
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "mail_due_at"], condition=Q(mail_due_at__isnull=False), name="reminders_to_mail"
            ),
            models.Index(fields=["created_at"], name="reminders_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.fix_id}: {self.morning or 'due'}"
