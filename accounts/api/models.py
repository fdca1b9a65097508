"""What the API stores about calls: how many a caller made lately, and answers for repeated calls."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from accounts.models import Account, User


class CallCount(models.Model):
    """How often a token, or a person in the browser, called since the current window began (`accounts.api.throttling`).

    The table is unlogged: counting waits for no disk, and a crash of the database loses the counts.
    """

    caller_id = models.UUIDField(primary_key=True)
    began_at = models.DateTimeField()
    calls = models.PositiveIntegerField()

    class Meta:
        db_table = "api_call_counts"

    def __str__(self) -> str:
        return f"{self.calls} since {self.began_at:%H:%M:%S}"


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    def expired(self, now: datetime) -> "KeptAnswerQuerySet":
        return self.filter(created_at__lte=now - KeptAnswer.KEPT_FOR)


class KeptAnswer(models.Model):
    """The answer to a call with an Idempotency-Key, for the same call by the same person (`accounts.api.idempotency`).

    The row is inserted first and commits with the work, so no other transaction sees one without `status`. It
    stores a fingerprint of the body, and not the body.
    """

    KEPT_FOR = timedelta(hours=24)

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    method = models.CharField(max_length=5)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField("SHA-256 of the body", max_length=64)
    created_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    etag = models.CharField(max_length=100)
    body = models.TextField()

    objects: ClassVar = KeptAnswerQuerySet.as_manager()

    class Meta:
        db_table = "api_kept_answers"
        constraints: ClassVar = [
            # begins with the person: it is also the index of that foreign key
            models.UniqueConstraint(
                fields=["user", "account", "method", "path", "key"], name="api_kept_answers_one_of_a_key"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="api_kept_answers_oldest")]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
