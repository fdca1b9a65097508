"""The form that is open in a banner: what its fields hold, and what is wrong with them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.models import User
from common.times import current_zone
from fixes.banner import check_by
from fixes.banner.check_by import CheckBy
from fixes.banner.drafts import draft_key
from fixes.banner.forms import ActForm
from fixes.banner.known_times import known_times
from fixes.banner.questions import Question, question_for
from fixes.lifecycle.legality import may
from fixes.models import SuggestedFix
from fixes.transitions import NOTES_COLUMN, Status


@dataclass(frozen=True)
class OpenForm:
    """`name`: as `?form=` names it. `sent`: as it was sent, if it was refused."""

    name: str
    question: Question
    fix: SuggestedFix
    user: User
    now: datetime
    sent: ActForm | None = None

    @property
    def text(self) -> str:
        """The text in its field: what was sent, else what the fix has."""
        if self.sent is not None and self.question.field in self.sent.data:
            return str(self.sent.data[self.question.field])
        return self._recorded_text()

    def _recorded_text(self) -> str:
        if self.name == "confirm":
            return str((self.fix.ai_outcome_proposal or {}).get("reason") or "")
        column = NOTES_COLUMN[Status(self.name)] if self.name == self.fix.status else None
        return str(getattr(self.fix, column) or "") if column else ""

    @property
    def shows_recorded_text(self) -> bool:
        """Whether its field holds the very text that the banner would show above it."""
        return self.name in {self.fix.status, "confirm"}

    @property
    def errors(self) -> list[str]:
        """What is wrong with the text."""
        return self._errors_of(self.question.field)

    def _errors_of(self, field: str) -> list[str]:
        return [str(error) for error in self.sent.errors.get(field, [])] if self.sent is not None else []

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have a place here for their errors."""
        return (self.question.field, *(check_by.FIELDS if self.question.has_check_by else ()))

    @cached_property
    def check_by(self) -> CheckBy | None:
        """The fields for a check-by time, if it has them: one query."""
        if not self.question.has_check_by:
            return None
        known = known_times(self.fix, self.now, current_zone())
        return CheckBy(self.now, self.fix.follow_up_at, self.sent, known=known)

    @property
    def draft_key(self) -> str:
        return draft_key(self.user, self.fix.pk, self.name)


def open_form(name: str, fix: SuggestedFix, user: User, now: datetime, sent: ActForm | None = None) -> OpenForm | None:
    """Return this form, if there is one of that name and its act is allowed now."""
    question = question_for(name, fix) if user.can_work else None
    if question is None or may(question.act, fix, user, now, question.outcome):
        return None
    return OpenForm(name, question, fix, user, now, sent)
