"""How an act reaches the database: lock, write the fix, raise the session's version, append the event.

Only `fixes.lifecycle` calls this, after its checks; nothing else in the product writes a fix.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from fixes.lifecycle.closing import session_changes
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import APPLIED, NOTES_COLUMN, VERIFIED, Action, Decision, Source, Status

Fixes = QuerySet[SuggestedFix]


@dataclass(frozen=True)
class By:
    """Who acts, through which edge, and when; without `at`, the clock once the lock is held."""

    user: User | None
    source: Source
    at: datetime | None = None

    def now(self) -> datetime:
        return self.at or timezone.now()


@contextmanager
def locked(fixes: Fixes | None, fix_id: UUID) -> Iterator[SuggestedFix]:
    """The fix with its session, both locked: the session first, as in `suggest`, so that no two acts deadlock."""
    rows = SuggestedFix.objects.all() if fixes is None else fixes
    with transaction.atomic():
        yield rows.select_related("session").select_for_update(of=("session", "self")).get(pk=fix_id)


def write_outcome(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    new: Status,
    words: str | None,
    follow_up: datetime | None,
    decision: Decision | None = None,
) -> SuggestedFix:
    """Write one of the five outcomes, with the stamps that it brings; `details` keep what reopening restores."""
    details: dict[str, Any] = {"proposal": fix.ai_outcome_proposal} if fix.ai_outcome_proposal else {}
    if fix.follow_up_at and fix.follow_up_at != follow_up:
        details["follow_up_at"] = fix.follow_up_at.isoformat()
    changes: dict[str, Any] = {"follow_up_at": follow_up, "ai_outcome_proposal": None}
    if column := NOTES_COLUMN[new]:
        changes[column] = words
    if new in APPLIED and not fix.applied_at:
        changes["applied_at"] = now
    if new in VERIFIED:
        changes["verified_at"] = now
    if decision:
        details["user_decision"] = fix.user_decision
        changes["user_decision"] = decision
    if new != fix.status:
        if fix.status_changed_at:
            by_id = fix.status_changed_by_id
            details["since"] = {"at": fix.status_changed_at.isoformat(), "by": str(by_id) if by_id else None}
        changes |= {"status": new, "status_changed_at": now, "status_changed_by": by.user}
    return write(fix, action, by, now, changes, notes=words, details=details)


def write(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    changes: dict[str, Any],
    *,
    notes: str | None = None,
    details: dict[str, Any] | None = None,
) -> SuggestedFix:
    old = Status(fix.status)
    save(fix, **changes)
    new = Status(fix.status)
    follows = session_changes(fix.session, old, new) if old != new and fix.is_current else {}
    fix.session.bump(now, **follows)
    append(fix, action, by, now, old, notes=notes, details=details)
    return fix


def save(fix: SuggestedFix, **changes: Any) -> None:
    for column, value in changes.items():
        setattr(fix, column, value)
    fix.version += 1
    fix.save(update_fields=[*changes, "version"])


def append(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    old: Status | None,
    *,
    notes: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    FixEvent.objects.create(
        fix=fix,
        session_id=fix.session_id,
        account_id=fix.account_id,
        action=action,
        from_status=old,
        to_status=fix.status,
        notes=notes,
        follow_up_at=fix.follow_up_at,
        details=details or {},
        actor=by.user,
        source=by.source,
        at=now,
        state_version=fix.session.state_version,
    )
