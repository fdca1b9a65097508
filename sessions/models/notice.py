import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, User
from sessions.models.session import AISession


class Notice(models.Model):
    """Something that one person is told about a session. `sessions.notices` writes it; the bell lists it.

    `subject`: id of what it is about, such as a fix or an answer. `anchor`: id of the element on the session's page to
    which it leads; `place`: the query of an address that opens the part of the conversation with it
    (`sessions.windows`). `key`: makes it once for a person; empty for a notice that may come again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the two indexes of the list and of unread notices begin with the user
    user = models.ForeignKey(User, models.PROTECT, related_name="notices", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    quote = models.TextField(default="", db_default="")
    subject = models.UUIDField("what it is about", null=True)
    anchor = models.CharField("element of the session’s page", max_length=100, default="", db_default="")
    place = models.CharField("part of the conversation", max_length=40, default="", db_default="")
    key = models.CharField("what makes it once for a person", max_length=200, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        db_table = "notices"
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="notices_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="notices_newest"),
            models.Index(fields=["user", "-created_at", "-id"], condition=Q(read_at=None), name="notices_unread"),
            # an act on its subject makes it read
            models.Index(
                fields=["subject"], condition=Q(read_at=None, subject__isnull=False), name="notices_unread_of_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
