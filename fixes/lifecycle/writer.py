"""Carries out an act in the database: lock, write the fix, raise the session's version, append the event.

Only the acts call this, after their checks. Nothing else in the product writes a fix.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fixes.lifecycle.by import By
from fixes.lifecycle.closing import session_changes
from fixes.lifecycle.drafts import follow_decision
from fixes.models import FixEvent, SuggestedFix
from fixes.notice_kinds import CHECK_DUE
from fixes.same_fix import title_key
from fixes.transitions import Action, Source, Status
from sessions import notices
from sessions.models import AISession
from sessions.one_act import act_on

Fixes = QuerySet[SuggestedFix]


@contextmanager
def locked(fixes: Fixes, fix_id: UUID) -> Iterator[SuggestedFix]:
    """Lock the fix and its session: the session first, as `suggest` does, so that no two acts deadlock.

    Raises SuggestedFix.DoesNotExist for a fix that isn't among `fixes`.
    """
    with transaction.atomic():
        fix = fixes.select_related("session").select_for_update(of=("session", "self")).get(pk=fix_id)
        with act_on(fix.session) as session:
            fix.session = session
            yield fix


def create(session: AISession, fields: dict[str, Any], by: By, now: datetime) -> SuggestedFix:
    """Supersede the session's current fix, if it has one, and create the new one.

    The event keeps the suggested title and confidence, because both can be edited later, and whose confidence it is.
    """
    replaced = session.suggested_fixes.current().select_for_update().first()
    session.advance(now)
    if replaced:
        _supersede(replaced, session, by, now)
    fix = SuggestedFix.objects.create(
        session=session, account_id=session.account_id, created_at=now, **_with_title_key(fields)
    )
    suggested = {"title": fix.title, "confidence_pct": fix.confidence_pct}
    if fix.origin:
        suggested["origin"] = fix.origin
    _append(fix, Action.SUGGEST, by, now, None, details=suggested)
    return fix


def _supersede(fix: SuggestedFix, session: AISession, by: By, now: datetime) -> None:
    fix.session = session
    cleared = {"proposal": fix.ai_outcome_proposal} if fix.ai_outcome_proposal else {}
    _save(fix, superseded_at=now, ai_outcome_proposal=None)
    _append(fix, Action.SUPERSEDE, by, now, Status(fix.status), details=cleared)


def write(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    changes: dict[str, Any],
    *,
    notes: str | None = None,
    details: dict[str, Any] | None = None,
    undone: FixEvent | None = None,
) -> SuggestedFix:
    """Write `changes` to the fix, their consequences to its session, and the event. `undone`: what this undoes."""
    old, check_by = Status(fix.status), fix.follow_up_at
    _save(fix, **changes)
    new = Status(fix.status)
    if check_by and check_by <= now and fix.follow_up_at != check_by:  # nobody is told before
        notices.read_about(fix.pk, CHECK_DUE)
    undoes_resolve = undone is not None and undone.source == Source.RESOLVE
    is_followed = old != new and fix.is_current
    follows = session_changes(fix.session, old, new, undoes_resolve=undoes_resolve) if is_followed else {}
    fix.session.advance(now, **follows)
    if "user_decision" in changes:
        follow_decision(fix, by)
    _append(fix, action, by, now, old, notes=notes, details=details)
    return fix


def _with_title_key(columns: dict[str, Any]) -> dict[str, Any]:
    return {**columns, "title_key": title_key(columns["title"])} if "title" in columns else columns


def _save(fix: SuggestedFix, **changes: Any) -> None:
    changes = _with_title_key(changes)
    for column, value in changes.items():
        setattr(fix, column, value)
    fix.version += 1
    fix.save(update_fields=[*changes, "version"])


def _append(
    fix: SuggestedFix,
    action: Action,
    by: By,
    now: datetime,
    old: Status | None,
    *,
    notes: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    event = FixEvent.objects.create(
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
        position=fix.session.act.next_position(),
    )
    if "history" in fix.__dict__:
        fix.history.append(event)
