"""The forms that open in a banner, as data: which act each sends, what it asks, and what its button says."""

from dataclasses import dataclass, replace

from fixes.lifecycle.legality import Act
from fixes.models import SuggestedFix
from fixes.transitions import Status


@dataclass(frozen=True)
class Question:
    """`posts`: the act in the form's address; `act` and `outcome`: the same for `may`. `field`: the text's name."""

    posts: str
    act: Act
    label: str
    hint: str
    button: str
    icon: str
    outcome: Status | None = None
    field: str = "notes"
    is_required: bool = True
    has_check_by: bool = False


def _record(outcome: Status, label: str, hint: str, button: str, icon: str, **more: bool) -> Question:
    return Question("record", Act.RECORD, label, hint, button, icon, outcome, **more)  # type: ignore[arg-type]


HOW_IT_WORKED = "How did you see that it worked?"
WHY_DISMISSED = "Why did you dismiss it?"
WHAT_INSTEAD = "What happened instead?"

QUESTIONS: dict[str, Question] = {
    Status.SUCCESS: _record(Status.SUCCESS, HOW_IT_WORKED, "Optional.", "Record as worked", "check", is_required=False),
    Status.FAILED: _record(
        Status.FAILED,
        WHAT_INSTEAD,
        "Optional. The next attempt starts from it.",
        "Record as didn’t work",
        "failed",
        is_required=False,
    ),
    Status.PARTIAL: _record(
        Status.PARTIAL,
        "What worked, and what didn’t?",
        "Goes into the ticket exactly as written.",
        "Record as partly worked",
        "partial",
    ),
    Status.PENDING: _record(
        Status.PENDING,
        "What are you waiting on?",
        "The next person to look reads this first.",
        "Record as waiting",
        "pending",
        has_check_by=True,
    ),
    Status.DISMISSED: _record(
        Status.DISMISSED, "Why dismiss it?", "Optional.", "Dismiss", "dismissed", is_required=False
    ),
    "confirm": Question(
        "confirm",
        Act.CONFIRM,
        "What should the record say?",
        "From the conversation; edit as needed.",
        "Confirm",
        "check",
        is_required=False,
    ),
    "reopen": Question(
        "reopen",
        Act.REOPEN,
        "Why are you reopening it?",
        "Saved in the fix’s history.",
        "Reopen",
        "undo",
        field="reason",
    ),
    "add-notes": Question("add-notes", Act.ADD_NOTES, "", "Saved in the fix’s history.", "Add", "check"),
}
"""Form, as `?form=` names it → what it asks."""

MISSING_NOTES = {Status.SUCCESS: HOW_IT_WORKED, Status.FAILED: WHAT_INSTEAD, Status.DISMISSED: WHY_DISMISSED}
"""Status → what is asked of an outcome that was recorded without notes."""


def question_for(form: str, fix: SuggestedFix) -> Question | None:
    """Return what this form asks, in words that suit the fix's status and proposal; None for an unknown form."""
    question = QUESTIONS.get(form)
    if question is None:
        return None
    if form == "add-notes" and fix.status in MISSING_NOTES:
        return replace(question, label=MISSING_NOTES[Status(fix.status)])
    if form == "confirm" and fix.ai_outcome_proposal:
        return _confirmation(question, QUESTIONS[fix.ai_outcome_proposal["outcome"]])
    if form == fix.status:
        return replace(question, button="Save")
    return question


def _confirmation(question: Question, proposed: Question) -> Question:
    """Confirming needs what recording the proposed outcome needs."""
    if not proposed.is_required:
        return question
    return replace(question, label=proposed.label, is_required=True, has_check_by=proposed.has_check_by)
