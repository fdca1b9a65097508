import uuid
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.db import models

from accounts.models import Account, User
from fixes.transitions import Action, Source, Status
from sessions.models import AISession


class FixEvent(models.Model):
    """One entry of a fix's history. It is written once and never changed (docs/database.md, *History*).

    Events of one session are in order by `state_version`, and within one act by `position`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fix = models.ForeignKey("fixes.SuggestedFix", models.PROTECT, related_name="events")
    # the unique index below begins with the session
    session = models.ForeignKey(AISession, models.PROTECT, related_name="fix_events", db_index=False)
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
    position = models.PositiveSmallIntegerField("place among the events of its act, from 0", default=0, db_default=0)

    class Meta:
        db_table = "fix_events"
        ordering: ClassVar = ["state_version", "position"]
        constraints: ClassVar = [
            # made of expressions, so it is an index, which a migration can build while others write
            models.UniqueConstraint("session", "state_version", "position", name="fix_events_in_order"),
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="fix_events_action"),
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="fix_events_source"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account"], condition=models.Q(action=Action.EDIT), name="fix_events_edits")
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_action_display()} → {self.get_to_status_display()}"

    @property
    def anchor(self) -> str:
        """The id of its line in the conversation."""
        return f"event-{self.state_version}-{self.position}"

    @property
    def is_outcome(self) -> bool:
        """Whether an outcome was recorded here, by a person or by confirming FlowPilot's proposal."""
        return self.action in {Action.RECORD, Action.CONFIRM}

    @property
    def is_undo(self) -> bool:
        return bool(self.details.get("undo"))

    @property
    def follow_up_before(self) -> datetime | None:
        """The check-by time that the fix had before this outcome was recorded."""
        moment = self.details.get("follow_up_at")
        return datetime.fromisoformat(moment) if moment else None

    @property
    def status_before(self) -> tuple[datetime, uuid.UUID | None] | None:
        """When the fix got the status that this outcome changed, and who had recorded that."""
        since = self.details.get("since")
        return (datetime.fromisoformat(since["at"]), uuid.UUID(since["by"]) if since["by"] else None) if since else None
