"""What bulk acts did, as the board reports it. A report that offers *Undo* stays until its ten minutes are over.

Reports are kept in the signed-in session, for the pages that follow.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.utils import timezone

from accounts.models import User
from common.addresses import address
from fixes.board.bulk_controls import UNDO, WORDINGS
from fixes.lifecycle.bulk import RefusedFix, Result, Selected, selection_of
from fixes.transitions import UNDO_WINDOW

KEY = "board_reports"
MOST = 5
"""How many reports are kept."""

WINDOW_PASSED = (
    "The ten-minute undo window has passed. Nothing was changed. Open a fix in its session to reopen it with a reason."
)


@dataclass
class Report:
    """What one bulk act did. It consists of what JSON has, because it is kept in the signed-in session.

    `act`: a key of WORDINGS; `at`: when, as a timestamp; `refused`: RefusedFix, field by field; `undo`: the signed list
    that undoes it, or ""; `draft`: the key of the notes that the browser can forget now; `problem`: why nothing could
    be done at all; `was_shown`: whether a page has had it.
    """

    act: str
    at: float
    done: int = 0
    refused: list[dict[str, str]] | None = None
    missing: int = 0
    undo: str = ""
    draft: str = ""
    problem: str = ""
    was_shown: bool = False

    @property
    def summary(self) -> str:
        """The first sentence."""
        wording = WORDINGS[self.act]
        if not self.done:
            return wording.nothing
        fixes = "1 fix" if self.done == 1 else f"{self.done} fixes"
        return wording.done.format(fixes if wording.done.endswith("{}.") else self.done)

    @property
    def refusal(self) -> str:
        return WORDINGS[self.act].refused.format(len(self.refused or ()))

    @property
    def refused_fixes(self) -> list[tuple[RefusedFix, str]]:
        """Each with the address of its session."""
        fixes = [RefusedFix(**each) for each in self.refused or ()]
        return [(fix, f"{address('session', fix.session_id)}?fix={fix.fix_id}#fix-banner") for fix in fixes]

    @property
    def is_complete(self) -> bool:
        return not (self.refused or self.missing or self.problem)

    @property
    def tone(self) -> str:
        return "success" if self.is_complete else "warning" if self.done else "danger"

    @property
    def undo_until(self) -> datetime:
        return datetime.fromtimestamp(self.at, timezone.get_current_timezone()) + UNDO_WINDOW

    def is_due(self, now: datetime) -> bool:
        """Whether a page still shows it."""
        return not self.was_shown or (bool(self.undo) and now <= self.undo_until)


def report_of(act: str, result: Result, user: User, *, draft: str = "") -> Report:
    """Report a bulk act that was just done, with *Undo* if it wrote anything."""
    return Report(
        act,
        timezone.now().timestamp(),
        done=result.done,
        refused=[asdict(each) for each in result.refused],
        missing=result.missing,
        undo=_signed(result.written, user) if result.written and act != UNDO else "",
        draft=draft if result.is_complete else "",
    )


def window_passed() -> Report:
    return Report(UNDO, timezone.now().timestamp(), problem=WINDOW_PASSED)


def written_by(token: str, user: User) -> list[Selected] | None:
    """Read the signed list of an *Undo* form; None if its ten minutes are over, or it isn't this person's."""
    try:
        return selection_of(signing.loads(token, salt=_salt(user), max_age=UNDO_WINDOW))
    except signing.BadSignature:
        return None


def _signed(written: list[Selected], user: User) -> str:
    return signing.dumps([str(each) for each in written], salt=_salt(user), compress=True)


def _salt(user: User) -> str:
    return f"board undo of {user.pk}"


def keep(session: SessionBase, report: Report, *, instead_of: str = "") -> None:
    """Keep a report for the next pages; the one whose *Undo* was pressed goes."""
    others = [each for each in _kept(session) if not (instead_of and each.undo == instead_of)]
    session[KEY] = [asdict(each) for each in [report, *others][:MOST]]


def take(session: SessionBase, now: datetime) -> list[Report]:
    """Return what a page shows now, the latest first. Writes the session only if that changed."""
    kept = _kept(session)
    due = [each for each in kept if each.is_due(now)]
    later = [asdict(each) | {"was_shown": True} for each in due if each.undo]
    if later != session.get(KEY, []):
        session[KEY] = later
    return due


def _kept(session: SessionBase) -> list[Report]:
    return [Report(**each) for each in cast(list[dict[str, Any]], session.get(KEY, []))]
