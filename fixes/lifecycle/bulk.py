"""One answer for many fixes: each row is checked and written by itself, through the lifecycle, in its own transaction.

A row that is refused stops no other. What was done can be taken back as one, for as long as one verdict can.
"""

from collections.abc import Callable
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import User
from common.refusals import InvalidInput, Refusal
from fixes import lifecycle
from fixes.board.bulk_controls import BY_OUTCOME, CHECK_BY
from fixes.board.bulk_form import BulkForm, Pick
from fixes.board.results import Result
from fixes.lifecycle import By
from fixes.lifecycle.writer import Fixes
from fixes.models import SuggestedFix
from fixes.transitions import UNDO_WINDOW, Source, Status


def answer_all(form: BulkForm, user: User) -> Result:
    """Give the form's answer to each of its rows. The rows that are done are no longer picked."""
    ask, fixes, by = BY_OUTCOME[form.pressed], SuggestedFix.objects.visible_to(user), By(user, Source.BOARD)
    choices = form.choices_made()

    def answer(fix: SuggestedFix, version: int) -> SuggestedFix:
        given = choices
        if ask.outcome == CHECK_BY:
            given = {"outcome": Status.PENDING, "notes": fix.pending_reason, "follow_up_at": choices["follow_up_at"]}
        return lifecycle.record(fix.pk, by=by, version=version, fixes=fixes, **given)

    written, result = _each(form.picks, fixes, answer)
    form.still_picked = result.refused_ids
    result.said = ask.said
    result.undo = _signed(written, user) if written else ""
    return result


def take_back(token: str, user: User) -> Result:
    """Undo what `answer_all` did, row by row: verdicts are reopened, waits stand as before, check-by times included."""
    try:
        sent = signing.loads(token, salt=_salt(user), max_age=UNDO_WINDOW)
    except signing.BadSignature:
        minutes = int(UNDO_WINDOW.total_seconds() // 60)
        return Result(
            problem=f"This can be taken back for {minutes} minutes, and they are over. Nothing was changed. "
            "Open a fix in its session to reopen it with a reason."
        )
    fixes, by = SuggestedFix.objects.visible_to(user), By(user, Source.BOARD)

    def undo(fix: SuggestedFix, version: int) -> SuggestedFix:
        return lifecycle.undo(fix.pk, by, version=version, fixes=fixes)

    _, result = _each([Pick(UUID(fix_id), version) for fix_id, version in sent], fixes, undo)
    result.said = "taken back"
    return result


def _each(
    picks: list[Pick], fixes: Fixes, act: Callable[[SuggestedFix, int], SuggestedFix]
) -> tuple[list[Pick], Result]:
    """What was written, with the versions that it left, and the refusals by name.

    A row that stood so already counts as done, and there is nothing of it to take back.
    """
    rows = fixes.select_related("session").in_bulk([pick.fix_id for pick in picks])
    written, result = [], Result()
    for pick in picks:
        if (fix := rows.get(pick.fix_id)) is None:
            result.missing += 1
            continue
        try:
            version = act(fix, pick.version).version
        except (Refusal, InvalidInput) as refused:
            result.refused.append(_named(fix, refused))
            continue
        result.done += 1
        if version != fix.version:
            written.append(Pick(fix.pk, version))
    return written, result


def _named(fix: SuggestedFix, refused: Refusal | InvalidInput) -> dict[str, str]:
    return {
        "fix": str(fix.pk),
        "title": fix.title,
        "ticket": fix.session.ticket_ref,
        "why": str(refused),
        "address": reverse("session", args=[fix.session_id]),
    }


def _signed(done: list[Pick], user: User) -> str:
    return signing.dumps([[str(pick.fix_id), pick.version] for pick in done], salt=_salt(user), compress=True)


def _salt(user: User) -> str:
    return f"board undo of {user.pk}"
