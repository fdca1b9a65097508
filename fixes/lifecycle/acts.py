"""The one writer of suggested fixes: banner, API, import and every later edge call these acts.

Each act locks the session and the fix, checks the rules (docs/lifecycle.md; the table itself is
`fixes.transitions`), writes the fix, raises the session's state version by one and appends the event,
all in one transaction. An act that would change nothing writes nothing.

Every act takes the fix's id and, as `fixes`, the rows that the caller may touch; a fix that isn't among
them raises SuggestedFix.DoesNotExist. `version` is the one that the caller's form was drawn from; in
`suggest`, which has no fix yet, the session's.
They raise InvalidInput (wrong whatever the state) and the Refusals Stale, Superseded, IllegalTransition
and SessionClosed; nothing is written then.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from common.refusals import IllegalTransition, InvalidInput
from common.text import clean_text
from common.versions import Seen, refuse_stale
from fixes.lifecycle.legality import (
    is_undo,
    just_done,
    refuse_changed,
    refuse_move,
    refuse_unless_current_and_open,
    standing_proposal,
    stands,
    verdict_event,
    waited_on,
)
from fixes.lifecycle.refusals import Superseded
from fixes.lifecycle.suggestions import corrected, told
from fixes.lifecycle.validation import KEEP, FollowUp, decision_of, follow_up_for, notes_for, outcome_of, proposal_of
from fixes.lifecycle.writer import By, Fixes, append, locked, save, write, write_outcome
from fixes.models import DraftTemplate, SuggestedFix
from fixes.transitions import RUNS_SCRIPT, Action, Decision, Status
from sessions.models import AISession
from sessions.refusals import SessionClosed


def suggest(
    session_id: UUID,
    words: dict[str, Any],
    by: By,
    *,
    version: Seen | None = None,
    sessions: QuerySet[AISession] | None = None,
) -> SuggestedFix:
    """Make a new fix the session's current one; the one before it is superseded.

    `words`: columns of the new row, as `fixes.lifecycle.suggestions.checked` returns them.
    """
    rows = AISession.objects.all() if sessions is None else sessions
    with transaction.atomic():
        session = rows.select_for_update().get(pk=session_id)
        refuse_stale(version, session.state_version, "Something happened in this session since. Nothing was suggested.")
        now = by.now()
        if session.is_closed:
            raise SessionClosed(f"This session is {session.status}. Reopen it before suggesting a fix.")
        replaced = session.suggested_fixes.current().select_for_update().first()
        session.bump(now)
        if replaced:
            _supersede(replaced, session, by, now)
        fix = SuggestedFix.objects.create(session=session, account_id=session.account_id, created_at=now, **words)
        append(fix, Action.SUGGEST, by, now, None)
        return fix


def _supersede(fix: SuggestedFix, session: AISession, by: By, now: datetime) -> None:
    fix.session = session
    cleared = {"proposal": fix.ai_outcome_proposal} if fix.ai_outcome_proposal else {}
    save(fix, superseded_at=now, ai_outcome_proposal=None)
    append(fix, Action.SUPERSEDE, by, now, Status(fix.status), details=cleared)


def apply(fix_id: UUID, by: By, *, version: Seen | None = None, fixes: Fixes | None = None) -> SuggestedFix:
    """Stamp `applied_at`, once. The banner then asks whether it worked."""
    with locked(fixes, fix_id) as fix:
        if fix.is_open and fix.is_current and fix.applied_at:
            return fix
        refuse_changed(fix, version)
        refuse_unless_current_and_open(fix, "applied")
        now = by.now()
        return write(fix, Action.APPLY, by, now, {"applied_at": now})


def decide(
    fix_id: UUID, decision: str, by: By, *, version: Seen | None = None, fixes: Fixes | None = None
) -> SuggestedFix:
    """Choose the path. Running the script counts as applying; `dismissed` is the outcome dismissed."""
    path = decision_of(decision)
    if path == Decision.DISMISSED:
        return record(fix_id, Status.DISMISSED, by, version=version, fixes=fixes, decision=path)
    with locked(fixes, fix_id) as fix:
        if path in RUNS_SCRIPT and not fix.script:
            raise InvalidInput(decision="This fix has no script to run. Apply it instead.")
        if fix.is_open and fix.is_current and fix.user_decision == path:
            return fix
        refuse_changed(fix, version)
        refuse_unless_current_and_open(fix, "decided on")
        now = by.now()
        changes: dict[str, Any] = {"user_decision": path}
        if path in RUNS_SCRIPT and not fix.applied_at:
            changes["applied_at"] = now
        if path == Decision.DRAFT_TEMPLATE:
            _queue_draft(fix, by)
        return write(fix, Action.DECIDE, by, now, changes, details={"decision": path.value})


def record(
    fix_id: UUID,
    outcome: str,
    by: By,
    *,
    notes: str | None = None,
    follow_up_at: FollowUp = KEEP,
    version: Seen | None = None,
    fixes: Fixes | None = None,
    decision: Decision | None = None,
) -> SuggestedFix:
    """Record what came of the fix: one of the five outcomes, with notes where the table asks for them.

    `follow_up_at`: when to check, aware; only with pending. Recording what already stands changes nothing.
    """
    new = outcome_of(outcome)
    words = notes_for(new, notes)
    with locked(fixes, fix_id) as fix:
        now = by.now()
        follow_up = follow_up_for(fix, new, follow_up_at, now)
        if stands(fix, new, words, follow_up):
            return fix
        refuse_changed(fix, version)
        refuse_move(fix, new)
        return write_outcome(fix, Action.RECORD, by, now, new, words, follow_up, decision)


def propose(
    fix_id: UUID,
    outcome: str,
    reason: str | None,
    by: By,
    *,
    message_id: UUID | None = None,
    version: Seen | None = None,
    fixes: Fixes | None = None,
) -> SuggestedFix:
    """Note what the copilot thinks came of the fix. The status stays as it is until somebody confirms."""
    thought = {
        "outcome": proposal_of(outcome).value,
        "reason": clean_text(reason, "reason"),
        "message_id": str(message_id) if message_id else None,
    }
    with locked(fixes, fix_id) as fix:
        standing = fix.ai_outcome_proposal
        if standing and thought.items() <= standing.items():
            return fix
        refuse_changed(fix, version)
        refuse_unless_current_and_open(fix, "judged")
        if message_id and fix.events.filter(action=Action.REJECT, details__message_id=str(message_id)).exists():
            raise IllegalTransition("This message’s proposal was rejected before.")
        now = by.now()
        proposal = {**thought, "proposed_at": now.isoformat()}
        return write(fix, Action.PROPOSE, by, now, {"ai_outcome_proposal": proposal}, details=proposal)


def confirm(
    fix_id: UUID, by: By, *, notes: str | None = None, version: Seen | None = None, fixes: Fixes | None = None
) -> SuggestedFix:
    """Record what the copilot proposed, with its reason as notes unless others are given."""
    with locked(fixes, fix_id) as fix:
        done = just_done(fix, version, Action.CONFIRM)
        if done and done.notes == _words_of(done.details["proposal"], notes):
            return fix
        refuse_changed(fix, version)
        proposal = standing_proposal(fix)
        new = Status(proposal["outcome"])
        words = notes_for(new, _words_of(proposal, notes))
        refuse_move(fix, new)
        now = by.now()
        follow_up = fix.follow_up_at if new == Status.PENDING else None
        return write_outcome(fix, Action.CONFIRM, by, now, new, words, follow_up)


def reject(
    fix_id: UUID, by: By, *, notes: str | None = None, version: Seen | None = None, fixes: Fixes | None = None
) -> SuggestedFix:
    """Clear the copilot's proposal. The message that raised it can't raise it again; the event keeps the notes."""
    words = clean_text(notes, "notes")
    with locked(fixes, fix_id) as fix:
        if just_done(fix, version, Action.REJECT):
            return fix
        refuse_changed(fix, version)
        proposal = standing_proposal(fix)
        now = by.now()
        changes = {"ai_outcome_proposal": None, "proposal_rejected_at": now}
        return write(fix, Action.REJECT, by, now, changes, notes=words, details=proposal)


def reopen(
    fix_id: UUID, by: By, *, reason: str | None = None, version: Seen | None = None, fixes: Fixes | None = None
) -> SuggestedFix:
    """Take a verdict back: the fix is again as it was before, its check-by time included.

    Whoever recorded it needs no reason within UNDO_WINDOW, and then it stands as long as it stood;
    anybody else, and later, needs one, and it begins to wait anew.
    """
    words = clean_text(reason, "reason")
    with locked(fixes, fix_id) as fix:
        done = just_done(fix, version, Action.REOPEN)
        if done and done.notes == words:
            return fix
        refuse_changed(fix, version)
        if not fix.is_terminal:
            raise IllegalTransition(f"“{fix.get_status_display()}” is no verdict: there is nothing to reopen.")
        now = by.now()
        before = verdict_event(fix)
        undo = is_undo(fix, by.user, now)
        if not fix.is_current and not (undo and waited_on(fix, before)):
            raise Superseded("A newer fix replaced this one: its verdict stands.")
        if not undo and words is None:
            raise InvalidInput(reason="Say why this is reopened: it was recorded by somebody else, or a while ago.")
        since, whose = (before.stood_before if undo else None) or (now, by.user and by.user.pk)
        changes: dict[str, Any] = {
            "status": Status(str(before.from_status)),
            "verified_at": None,
            "follow_up_at": before.follow_up_before,
            "status_changed_at": since,
            "status_changed_by_id": whose,
        }
        if "user_decision" in before.details:
            changes["user_decision"] = before.details["user_decision"]
        return write(fix, Action.REOPEN, by, now, changes, notes=words)


def edit(
    fix_id: UUID, words: dict[str, Any], by: By, *, version: Seen | None = None, fixes: Fixes | None = None
) -> SuggestedFix:
    """Correct the words of a current fix, open or with a verdict. Its event has {column: [old, new]} of what differs.

    `words`: some of `fixes.lifecycle.suggestions.WORDS`.
    """
    with locked(fixes, fix_id) as fix:
        news = corrected(fix, words)
        if not news:
            return fix
        refuse_changed(fix, version)
        if not fix.is_current:
            raise Superseded("A newer fix replaced this one, so its words stay as they are.")
        details = {column: [told(getattr(fix, column)), told(new)] for column, new in news.items()}
        return write(fix, Action.EDIT, by, by.now(), news, details=details)


def _words_of(proposal: dict[str, Any], notes: str | None) -> str | None:
    """What confirming this proposal writes down."""
    return clean_text(proposal["reason"] if notes is None else notes, "notes")


def _queue_draft(fix: SuggestedFix, by: By) -> None:
    DraftTemplate.objects.get_or_create(
        fix=fix,
        defaults={
            "account_id": fix.account_id,
            "drafted_by": by.user,
            "name": fix.title,
            "body": fix.ai_drafted_script or fix.script or "",
            "parameters": fix.ai_drafted_parameters,
        },
    )
