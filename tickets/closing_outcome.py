"""What came of the current fix, as whoever closes its session says it."""

from django.utils import timezone

from accounts.models import User
from common.refusals import InvalidInput
from fixes import lifecycle
from fixes.lifecycle import KEEP, By
from fixes.lifecycle.legality import Act, may
from fixes.models import SuggestedFix
from fixes.transitions import Status
from sessions.models import AISession
from tickets.bundle import ClosingInput
from tickets.models.text import Kind
from tickets.outcome_choices import choices_for
from tickets.refusals import FixNeedsOutcome


def record(session: AISession, kind: Kind, inputs: ClosingInput, by: By) -> None:
    """Record the outcome of the session's current fix. The caller holds the session's lock.

    Raises FixNeedsOutcome when the fix is open and none is given, InvalidInput, and what the lifecycle refuses.
    """
    fix = session.suggested_fixes.current().first()
    refuse_impossible(fix, kind, inputs)
    if fix is None or inputs.fix_outcome is None or stands(fix, inputs):
        return
    notes = inputs.notes
    if notes is None and fix.status == inputs.fix_outcome == Status.PENDING:
        notes = fix.pending_reason  # only the check-by time moves
    lifecycle.record(
        fix.pk,
        inputs.fix_outcome,
        by,
        fixes=SuggestedFix.objects.filter(session=session.pk),
        notes=notes,
        follow_up_at=inputs.follow_up_at or KEEP,
        never_applied=inputs.fix_outcome == Status.DISMISSED and fix.applied_at is not None,
    )


def refuse_preview(session: AISession, kind: Kind, inputs: ClosingInput, user: User) -> None:
    """Raise what `record` would raise about the outcome in a preview; notes may still be missing there.

    It takes one query where an outcome is given.
    """
    if inputs.fix_outcome is None:
        return
    fix = session.suggested_fixes.current().first()
    refuse_impossible(fix, kind, inputs)
    assert fix
    refusal = may(Act.RECORD, fix, user, timezone.now(), inputs.fix_outcome)
    if refusal and not stands(fix, inputs):
        raise refusal


def refuse_impossible(fix: SuggestedFix | None, kind: Kind, inputs: ClosingInput) -> None:
    """Raise FixNeedsOutcome, or InvalidInput on `fix_outcome`, `notes` or `follow_up_at`."""
    if inputs.fix_outcome is None:
        if extra := [name for name in ("notes", "follow_up_at") if getattr(inputs, name)]:
            raise InvalidInput(**dict.fromkeys(extra, "This belongs to an outcome of the fix: say fix_outcome, too."))
        if fix and fix.is_open:
            raise FixNeedsOutcome(choices_for(fix, kind))
    elif fix is None:
        raise InvalidInput(fix_outcome="No fix was suggested in this session. Leave this out.")
    elif inputs.fix_outcome == Status.PROPOSED:
        raise InvalidInput(fix_outcome="“proposed” is not an outcome. Say what came of the fix.")


def stands(fix: SuggestedFix, inputs: ClosingInput) -> bool:
    """Return whether the fix has this outcome already, and nothing is added to it."""
    return fix.status == inputs.fix_outcome and not inputs.notes and not inputs.follow_up_at
