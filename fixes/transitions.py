"""The lifecycle of a suggested fix as data (docs/lifecycle.md).

The lifecycle's acts, the database's CHECKs and triggers, the buttons, the docs and their diagram all read these
tables. Reading them needs no database.
"""

from datetime import timedelta

from django.db.models import TextChoices


class Status(TextChoices):
    """Did it work?"""

    PROPOSED = "proposed", "Suggested"
    SUCCESS = "applied_success", "Worked"
    FAILED = "applied_failed", "Didn’t work"
    PARTIAL = "applied_partial", "Partly worked"
    PENDING = "applied_pending", "Awaiting verification"
    DISMISSED = "dismissed", "Dismissed"


class Decision(TextChoices):
    """Which path was taken, whatever the outcome."""

    ONE_OFF = "one_off", "Run once"
    DRAFT_TEMPLATE = "draft_template", "Run, and keep as a draft template"
    BUILD_TEMPLATE = "build_template", "Build a template first"
    DISMISSED = "dismissed", "Dismissed"


class Action(TextChoices):
    """What an event of the history says was done."""

    SUGGEST = "suggest", "Suggested"
    SUPERSEDE = "supersede", "Replaced by a newer fix"
    APPLY = "apply", "Applied"
    DECIDE = "decide", "Decision made"
    RECORD = "record", "Outcome recorded"
    PROPOSE = "propose", "Outcome proposed"
    CONFIRM = "confirm", "Proposal confirmed"
    REJECT = "reject", "Proposal rejected"
    REOPEN = "reopen", "Reopened"
    EDIT = "edit", "Edited"
    MIGRATE = "migrate", "Moved by a migration"


class Source(TextChoices):
    """Where an act came from."""

    BANNER = "banner", "Banner"
    BOARD = "board", "Board"
    API = "api", "API"
    ADMIN = "admin", "Admin"
    COPILOT = "copilot", "FlowPilot"
    RESOLVE = "resolve", "Resolve"
    ESCALATE = "escalate", "Escalate"
    IMPORT = "import", "Import"
    MIGRATION = "migration", "Migration"


OUTCOMES = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING, Status.DISMISSED)
"""What can be recorded. `proposed` is never an outcome."""

PROPOSABLE = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING)
"""The outcomes that FlowPilot may propose."""

ALLOWED: dict[Status, tuple[Status, ...]] = {
    Status.PROPOSED: OUTCOMES,
    Status.PARTIAL: OUTCOMES,
    Status.PENDING: OUTCOMES,
    Status.SUCCESS: (),
    Status.FAILED: (),
    Status.DISMISSED: (),
}
"""Status → the outcomes that may be recorded on it."""

OPEN = tuple(status for status, outcomes in ALLOWED.items() if outcomes)
TERMINAL = tuple(status for status, outcomes in ALLOWED.items() if not outcomes)

NOTES_COLUMN: dict[Status, str | None] = {
    Status.PROPOSED: None,
    Status.SUCCESS: None,
    Status.FAILED: "failure_reason",
    Status.PARTIAL: "partial_notes",
    Status.PENDING: "pending_reason",
    Status.DISMISSED: None,
}
"""The fix's column for the notes of an outcome. Its event keeps the notes of every outcome."""

NOTES_NEEDED: dict[Status, str] = {
    Status.PARTIAL: "Say what worked and what didn’t. Nothing has been recorded yet.",
    Status.PENDING: "Say what you’re waiting on. Nothing has been recorded yet.",
}
"""Outcomes that need notes, and the message when there are none."""

APPLIED = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING)
"""Recording one of these says that the fix was applied."""

VERIFIED = (Status.SUCCESS, Status.FAILED)
"""Recording one of these says that somebody checked: only they stamp `verified_at`."""

VERDICTS = (Status.SUCCESS, Status.FAILED, Status.PARTIAL)
"""Outcomes that say whether the fix helped: evidence and calibration count them."""

RUNS_SCRIPT = (Decision.ONE_OFF, Decision.DRAFT_TEMPLATE)
"""Paths that run the script: they need one, and stamp `applied_at`."""

UNDO_WINDOW = timedelta(minutes=10)
"""How long the person who recorded an outcome can undo it without a reason."""

FOLLOW_UP_LIMIT = timedelta(days=365)
"""How far ahead a check-by time can be."""

NUDGE_AFTER = 3
"""How many messages of engineers it takes until the banner asks again about an applied fix."""


def moves(without: tuple[Status, ...] = ()) -> list[tuple[str, str]]:
    """List every change of status that the database lets through, as (from, to); `without` leaves statuses out.

    These are the outcomes of the table, *reopen* (a terminal status back to an open one), and *undo* (any outcome
    back to where it was recorded).
    """
    recorded = [(old, new) for old, outcomes in ALLOWED.items() for new in outcomes if old != new]
    reopened = [(old, new) for old in TERMINAL for new in OPEN]
    undone = [(new, old) for old, new in recorded]
    pairs = dict.fromkeys(recorded + reopened + undone)
    return [(old.value, new.value) for old, new in pairs if old not in without and new not in without]
