import uuid
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.db import models

from accounts.models import Account, User
from fixes.transitions import Action, Source, Status
from sessions.models import AISession


class FixEvent(models.Model):
    """One line of a fix's history. Written once, never changed (docs/database.md, *History*).

    Events of one session are in order by `state_version`; of one fix, each has its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fix = models.ForeignKey("fixes.SuggestedFix", models.PROTECT, related_name="events")
    session = models.ForeignKey(AISession, models.PROTECT, related_name="fix_events")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    action = models.CharField(max_length=9, choices=Action)
    from_status = models.CharField(max_length=15, choices=Status, null=True)
    to_status = models.CharField(max_length=15, choices=Status)
    notes = models.TextField(null=True)
    follow_up_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=9, choices=Source)
    at = models.DateTimeField()
    state_version = models.PositiveIntegerField("the session's, after this act")

    class Meta:
        db_table = "fix_events"
        ordering: ClassVar = ["state_version", "at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fix", "state_version"], name="fix_events_one_an_act"),
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="fix_events_action"),
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="fix_events_source"),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "state_version"], name="fix_events_of_session")]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_action_display()} → {self.get_to_status_display()}"

    @property
    def follow_up_before(self) -> datetime | None:
        """The check-by time that this answer put an end to."""
        moment = self.details.get("follow_up_at")
        return datetime.fromisoformat(moment) if moment else None

    @property
    def stood_before(self) -> tuple[datetime, uuid.UUID | None] | None:
        """Since when, and by whom, the fix stood where this answer found it."""
        since = self.details.get("since")
        return (datetime.fromisoformat(since["at"]), uuid.UUID(since["by"]) if since["by"] else None) if since else None
