"""A troubleshooting session, which is one ticket that an engineer works on (docs/domain.md §3)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.utils import timezone

from accounts.models import Account, User
from common.search import found, lexemes


class SessionStatus(models.TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    RESOLVED = "resolved", "Resolved"
    ESCALATED = "escalated", "Escalated"
    ABANDONED = "abandoned", "Abandoned"


class ResolutionKind(models.TextChoices):
    VERIFIED = "verified", "Verified"
    PROVISIONAL = "provisional", "Provisional"
    WITHOUT_FIX = "without_fix", "Without a fix"


OPEN = frozenset({SessionStatus.ACTIVE, SessionStatus.PAUSED})
UNFINISHED = (SessionStatus.ACTIVE, SessionStatus.PAUSED, SessionStatus.ESCALATED)
"""Sessions whose ticket still needs work, by someone."""

CLOSED = frozenset({SessionStatus.RESOLVED, SessionStatus.ABANDONED})
"""Sessions with these statuses take no new message or suggestion."""


SEARCHED = ("title", "client_name", "ticket_ref", "problem_summary")
"""The columns that a search reads."""

ADVANCE = """
    UPDATE ai_sessions SET
        state_version = state_version + %s::int, updated_at = greatest(updated_at, %s){columns}
    WHERE id = %s RETURNING state_version, updated_at
"""


class SessionQuerySet(models.QuerySet["AISession"]):
    def visible_to(self, user: User) -> "SessionQuerySet":
        """Return the sessions of the person's account; none for a person without an account."""
        return self.filter(account_id=user.account_id) if user.account_id else self.none()

    def matching(self, typed: str) -> "SessionQuerySet":
        """Return the sessions with every word of a search in title, problem, client or ticket (docs/domain.md §6)."""
        return found(self, typed, *SEARCHED)

    def with_ticket(self, ticket_ref: str) -> "SessionQuerySet":
        """Return the unfinished sessions for this ticket; the search index finds them, an exact match decides."""
        if not ticket_ref:
            return self.none()
        return self.matching(ticket_ref).filter(ticket_ref__iexact=ticket_ref, status__in=UNFINISHED)


@dataclass
class ActInProgress:
    """The state that the parts of one act on a session share (`sessions.one_act`)."""

    has_advanced: bool = False
    events: int = 0

    def next_position(self) -> int:
        """Return the position of the next event among the events of this act, from 0."""
        self.events += 1
        return self.events - 1


class AISession(models.Model):
    """A ticket that an engineer works on with FlowPilot."""

    act: ActInProgress
    """Set while an act holds the row's lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="ai_sessions")
    owner = models.ForeignKey(User, models.PROTECT, related_name="ai_sessions")
    title = models.CharField(max_length=200)
    problem_summary = models.TextField(blank=True)
    client_name = models.CharField(max_length=200, blank=True)
    ticket_ref = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=9, choices=SessionStatus, default=SessionStatus.ACTIVE)
    # the next three belong to the latest change of status that a person chose; only what can be undone has the first
    status_before = models.CharField(max_length=9, choices=SessionStatus, null=True, editable=False)
    status_changed_at = models.DateTimeField(null=True, editable=False)
    status_changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    resolution_kind = models.CharField(max_length=11, choices=ResolutionKind, null=True, blank=True)
    root_cause = models.TextField(null=True, blank=True)
    state_version = models.PositiveIntegerField(default=0, editable=False)
    resolution_note = models.TextField(null=True, blank=True)
    resolution_note_posted_at = models.DateTimeField(null=True, blank=True)
    resolution_note_external_id = models.CharField(max_length=200, null=True, blank=True)
    escalation_package = models.TextField(null=True, blank=True)
    escalation_package_posted_at = models.DateTimeField(null=True, blank=True)
    escalation_package_external_id = models.CharField(max_length=200, null=True, blank=True)
    import_digest = models.CharField(
        "SHA-256 of the imported line", max_length=64, null=True, blank=True, editable=False
    )
    form_key = models.UUIDField("key of the form that started it", null=True, editable=False)
    created_at = models.DateTimeField("started", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("last change", default=timezone.now, editable=False)
    objects = SessionQuerySet.as_manager()

    class Meta:
        db_table = "ai_sessions"
        verbose_name = "session"
        ordering: ClassVar = ["-updated_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(status__in=SessionStatus.values), name="ai_sessions_status"),
            models.CheckConstraint(
                condition=models.Q(
                    status="resolved", resolution_kind__isnull=False, resolution_kind__in=ResolutionKind.values
                )
                | (~models.Q(status="resolved") & models.Q(resolution_kind=None)),
                name="ai_sessions_kind_when_resolved",
            ),
            # the target of the composite foreign keys that keep child rows in their session's account
            models.UniqueConstraint(fields=["id", "account"], name="ai_sessions_id_account"),
            # sending a form again creates no second session
            models.UniqueConstraint(
                fields=["account", "form_key"],
                condition=models.Q(form_key__isnull=False),
                name="ai_sessions_one_of_a_form",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-updated_at", "-id"], name="ai_sessions_newest"),
            models.Index(fields=["account", "status", "-updated_at", "-id"], name="ai_sessions_by_status"),
            # the API's `order=created`
            models.Index(fields=["account", "created_at", "id"], name="ai_sessions_oldest"),
            # the admin's list, for superusers
            models.Index(fields=["-updated_at", "-id"], name="ai_sessions_all_newest"),
            models.Index(fields=["status", "-updated_at", "-id"], name="ai_sessions_all_by_status"),
            GinIndex(lexemes(*SEARCHED), name="ai_sessions_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    def advance(self, now: datetime, **changes: object) -> None:
        """Write `changes` and raise the state version by one, or, later in the same act, only write `changes`.

        The database counts, so no two instances of a session come to the same version. The caller holds the row's
        lock (`sessions.one_act`).
        """
        if self.act.has_advanced and not changes:
            return
        columns = "".join(f", {name} = %s" for name in changes)
        values = [None if value is None else str(value) for value in changes.values()]
        with connection.cursor() as cursor:
            cursor.execute(ADVANCE.format(columns=columns), [not self.act.has_advanced, now, *values, self.pk])
            self.state_version, self.updated_at = cursor.fetchone()
        self.act.has_advanced = True
        for name, value in changes.items():
            setattr(self, name, value)
