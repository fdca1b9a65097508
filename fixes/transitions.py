"""The lifecycle of a suggested fix as data (docs/lifecycle.md).

The writer, the database's CHECKs and triggers, the buttons, the docs and their diagram all read this
table. It needs no database.
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
    """Which path was taken, whatever came of it."""

    ONE_OFF = "one_off", "Run once"
    DRAFT_TEMPLATE = "draft_template", "Run, and keep as a draft template"
    BUILD_TEMPLATE = "build_template", "Build a template first"
    DISMISSED = "dismissed", "Dismissed"


class Action(TextChoices):
    """What an event of the history says was done."""

    SUGGEST = "suggest", "Suggested"
    SUPERSEDE = "supersede", "Replaced by a newer fix"
    APPLY = "apply", "Applied"
    DECIDE = "decide", "Path chosen"
    RECORD = "record", "Outcome recorded"
    PROPOSE = "propose", "Outcome proposed"
    CONFIRM = "confirm", "Proposal confirmed"
    REJECT = "reject", "Proposal rejected"
    REOPEN = "reopen", "Reopened"
    EDIT = "edit", "Words edited"
    IMPORT = "import", "Imported"
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
    COMMAND = "command", "Command"
    MIGRATION = "migration", "Migration"


OUTCOMES = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING, Status.DISMISSED)
"""What can be recorded. `proposed` never is."""

PROPOSABLE = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING)
"""What FlowPilot may think came of a fix."""

ALLOWED: dict[Status, tuple[Status, ...]] = {
    Status.PROPOSED: OUTCOMES,
    Status.PARTIAL: OUTCOMES,
    Status.PENDING: OUTCOMES,
    Status.SUCCESS: (),
    Status.FAILED: (),
    Status.DISMISSED: (),
}
"""Status → outcomes that may be recorded on it."""

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
"""Where the words of an outcome stand on the fix. Its event has them for every outcome."""

NOTES_ASKED: dict[Status, str] = {
    Status.PARTIAL: "Say what worked and what didn’t. Nothing was recorded yet.",
    Status.PENDING: "Say what you are waiting on. Nothing was recorded yet.",
}
"""Outcomes that need words, and what to say when there are none."""

APPLIED = (Status.SUCCESS, Status.FAILED, Status.PARTIAL, Status.PENDING)
"""Recording these says that the fix was applied."""

VERIFIED = (Status.SUCCESS, Status.FAILED)
"""Recording these says that it was looked at: only they stamp `verified_at`."""

RUNS_SCRIPT = (Decision.ONE_OFF, Decision.DRAFT_TEMPLATE)
"""Paths that run the script: they need one, and stamp `applied_at`."""

UNDO_WINDOW = timedelta(minutes=10)
"""So long the person who recorded a verdict takes it back without giving a reason."""

FOLLOW_UP_LIMIT = timedelta(days=365)
"""A check-by time lies no further ahead."""

NUDGE_AFTER = 3
"""Engineer's messages after which an unanswered fix is asked about again."""


def moves(without: tuple[Status, ...] = ()) -> list[tuple[str, str]]:
    """Every change of status that the database lets through, (from, to); `without`: leaving these out.

    The outcomes of the table, and *reopen*: a terminal status back to an open one.
    """
    recorded = [(old, new) for old, outcomes in ALLOWED.items() for new in outcomes if old != new]
    reopened = [(old, new) for old in TERMINAL for new in OPEN]
    return [(old.value, new.value) for old, new in recorded + reopened if old not in without and new not in without]
