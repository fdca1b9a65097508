import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Account, User
from common.search import lexemes
from fixes.models.event import FixEvent
from fixes.models.queries import ASKED_AT, SuggestedFixQuerySet, due_order
from fixes.models.template import ScriptTemplate
from fixes.same_fix import Group
from fixes.transitions import OPEN, TERMINAL, VERDICTS, VERIFIED, Decision, Status, moves
from sessions.models import AISession, Author, Message

COUNTED = ("id", "session", "status", "verified_at", "status_changed_at")
"""The columns that evidence counts."""


class SuggestedFix(models.Model):
    """One fix that the copilot suggested in a session. Only `fixes.lifecycle` writes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(AISession, models.CASCADE, related_name="suggested_fixes")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    # what it has in common with other titles of the same fix (`fixes.same_fix`); the writer keeps it
    title_key = models.CharField(max_length=200, default="", db_default="", editable=False)
    description = models.TextField("description (markdown)")
    confidence_pct = models.PositiveSmallIntegerField("confidence in per cent")
    # whose confidence it is: "built-in", a model's name, or empty for a person or script
    origin = models.CharField(max_length=100, default="", db_default="", editable=False)
    verification_hint = models.CharField("how to tell it worked", max_length=500, null=True, blank=True)
    script_template = models.ForeignKey(
        ScriptTemplate, models.PROTECT, null=True, blank=True, related_name="suggested_fixes"
    )
    ai_drafted_script = models.TextField(null=True, blank=True)
    ai_drafted_parameters = models.JSONField(null=True, blank=True)
    user_decision = models.CharField(max_length=14, choices=Decision, null=True, blank=True)
    status = models.CharField(max_length=15, choices=Status, default=Status.PROPOSED)
    applied_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    partial_notes = models.TextField(null=True, blank=True)
    pending_reason = models.TextField(null=True, blank=True)
    failure_reason = models.TextField(null=True, blank=True)
    follow_up_at = models.DateTimeField("check by", null=True, blank=True)
    ai_outcome_proposal = models.JSONField(null=True, blank=True)
    status_changed_at = models.DateTimeField(null=True, blank=True)
    status_changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposal_rejected_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField("suggested", default=timezone.now, editable=False)

    objects = SuggestedFixQuerySet.as_manager()

    class Meta:
        db_table = "session_suggested_fixes"
        verbose_name = "suggested fix"
        verbose_name_plural = "suggested fixes"
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(superseded_at=None), name="fixes_one_current_in_a_session"
            ),
            models.CheckConstraint(condition=Q(confidence_pct__range=(0, 100)), name="fixes_confidence_pct"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="fixes_status"),
            models.CheckConstraint(
                condition=Q(user_decision=None) | Q(user_decision__in=Decision.values), name="fixes_user_decision"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PENDING) | Q(pending_reason__isnull=False, pending_reason__regex=r"\S"),
                name="fixes_pending_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PARTIAL) | Q(partial_notes__isnull=False, partial_notes__regex=r"\S"),
                name="fixes_partial_has_notes",
            ),
            models.CheckConstraint(
                condition=~Q(status__startswith="applied_") | Q(applied_at__isnull=False),
                name="fixes_applied_has_applied_at",
            ),
            models.CheckConstraint(
                condition=Q(status__in=VERIFIED, verified_at__isnull=False)
                | (~Q(status__in=VERIFIED) & Q(verified_at=None)),
                name="fixes_verified_at_with_a_verdict_only",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PENDING) | Q(follow_up_at=None), name="fixes_only_pending_has_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(ai_outcome_proposal=None) | Q(status__in=OPEN, superseded_at=None),
                name="fixes_only_current_open_has_proposal",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("account"),
                due_order(),
                F("id"),
                condition=Q(status="applied_pending"),
                name="fixes_board",
            ),
            # reminders look for what is due in all accounts
            models.Index(fields=["follow_up_at", "id"], condition=Q(status="applied_pending"), name="fixes_due"),
            models.Index(fields=["session", "-created_at", "-id"], name="fixes_of_session"),
            # evidence: the latest fixes of a group, and the account's latest verdicts, without reading their rows
            models.Index(
                fields=["account", "title_key", "-created_at"],
                include=COUNTED,
                condition=Q(status__in=[*VERDICTS, Status.PENDING]),
                name="fixes_title_outcomes",
            ),
            models.Index(
                fields=["account", "script_template", "-created_at"],
                include=COUNTED,
                condition=Q(status__in=[*VERDICTS, Status.PENDING], script_template__isnull=False),
                name="fixes_template_outcomes",
            ),
            models.Index(
                fields=["account", "-created_at"],
                include=["status", "origin", "confidence_pct"],
                condition=Q(status__in=[*VERDICTS]),
                name="fixes_verdicts",
            ),
            # the admin's lists, of one account and for superusers; lists filtered by status use them, too
            models.Index(fields=["account", "-created_at", "-id"], name="fixes_newest"),
            models.Index(fields=["-created_at", "-id"], name="fixes_all_newest"),
            GinIndex(lexemes("title"), name="fixes_words"),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="lifecycle", field="status", transitions=moves()),
            pgtrigger.Protect(
                name="begins_proposed", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__status="proposed")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.PENDING

    @property
    def group(self) -> Group:
        """What this fix has in common with others that are the same."""
        return Group(self.script_template_id, "" if self.script_template_id else self.title_key)

    @property
    def script(self) -> str | None:
        """The script to run: the template's body, or else the script that the copilot drafted."""
        return self.script_template.body if self.script_template else self.ai_drafted_script

    @cached_property
    def history(self) -> list[FixEvent]:
        """The events of this fix, oldest first: one query, unless a caller has set them."""
        return list(self.events.select_related("actor").order_by("state_version", "position"))

    @property
    def outcome_event(self) -> FixEvent | None:
        """The event that gave the fix its present status, the latest where notes were updated; None if *proposed*.

        For a terminal status, the event that closed the fix; notes added later are events of their own.
        """
        if self.status == Status.PROPOSED:
            return None
        found = [event for event in self.history if event.is_outcome and event.to_status == self.status]
        if self.is_terminal:
            found = [event for event in found if event.from_status != event.to_status]
        return found[-1] if found else None

    @property
    def outcome_notes(self) -> str | None:
        """The latest notes of the present status."""
        found = [event for event in self.history if event.is_outcome and event.to_status == self.status]
        return found[-1].notes if found else None

    @cached_property
    def messages_since(self) -> int:
        """How many messages engineers wrote since the banner last asked.

        One query for an applied fix without an outcome, unless a list has counted them; 0 for other fixes.
        """
        if self.status != Status.PROPOSED or self.applied_at is None:
            return 0
        if (counted := self.__dict__.get("messages_counted")) is not None:
            return int(counted)
        asked = max(at for column in ASKED_AT if (at := getattr(self, column)))
        written = Message.objects.filter(session=self.session_id, author=Author.ENGINEER, created_at__gt=asked)
        return int(written.count())

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        for cached in ("history", "messages_since"):
            self.__dict__.pop(cached, None)
        super().refresh_from_db(*args, **kwargs)

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the check-by time has passed. Only a fix that is waiting has one."""
        return self.follow_up_at is not None and self.follow_up_at < now
