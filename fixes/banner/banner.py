"""One drawn banner: everything that its template asks for (docs/banner.md)."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import User
from common.refusals import Refusal
from common.times import current_zone
from fixes import evidence
from fixes.banner import check_by
from fixes.banner.controls import CONTROLS, OVERFLOW_LABEL, QUESTIONS, REOPEN, UNDO, Control, Question, Slot
from fixes.banner.forms import ActForm
from fixes.banner.modes import MODES, SHOWN, Mode, mode_of
from fixes.board.filters import Filters
from fixes.lifecycle.legality import Act, may
from fixes.lifecycle.refusals import Stale
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import NOTES_COLUMN, UNDO_WINDOW, Status

CHECK_BY_FIELDS = ("check_by", "follow_up_at")


@dataclass
class Banner:
    """`place`: "session" or "board"; `back`: the query string of the board that it stands on.

    `open_form`: a key of QUESTIONS. Of a refused one, `form`: as sent, to the fix `sent_to`; `refusal`: why.
    """

    fix: SuggestedFix | None
    user: User
    place: str = "session"
    back: str = ""
    open_form: str = ""
    form: ActForm | None = None
    sent_to: UUID | None = None
    refusal: Refusal | None = None
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def mode(self) -> Mode:
        among = MODES if self.form is None else SHOWN  # a refusal is said whatever became of the fix
        return mode_of(self.fix, self.now, getattr(self.fix, "messages_since", 0), among=among)

    @property
    def id(self) -> str:
        return f"fix-banner-{self.fix.pk}" if self.place == "board" and self.fix else "fix-banner"

    def page(self, form: str = "") -> str:
        """The address of the page that it stands on, with `form` open in it."""
        assert self.fix is not None
        query = {"form": form} if form else {}
        if self.place == "board":
            return f"{Filters.read_back(self.back).address(answer=str(self.fix.pk), **query)}#{self.id}"
        query = query if self.fix.is_current else {"fix": str(self.fix.pk), **query}
        address = reverse("session", args=[self.fix.session_id])
        return f"{address}{'?' if query else ''}{urlencode(query)}#{self.id}"

    def fragment(self, form: str = "") -> str:
        """Where htmx fetches it, with `form` open in it."""
        assert self.fix is not None
        given = {"form": form, "place": self.place, "back": self.back}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{reverse('banner', args=[self.fix.session_id, self.fix.pk])}?{query}"

    @property
    def body_template(self) -> str:
        return f"fixes/banner/{self.mode.name}.html"

    @property
    def state(self) -> str:
        """What the banner says, for its head and the tab's title."""
        if self.mode.name == "ai_confirming":
            return f"{self.mode.says}: {self.proposed_outcome.lower()}"
        return self.mode.says

    @property
    def is_overdue(self) -> bool:
        return self.fix is not None and self.fix.is_overdue(self.now)

    @property
    def can_undo(self) -> bool:
        return self.fix is not None and self._may(Act.UNDO)

    @property
    def undo_until(self) -> datetime | None:
        event = self.fix.outcome_event if self.fix else None
        return event.at + UNDO_WINDOW if event else None

    @cached_property
    def verdict_notes(self) -> str | None:
        """The notes of a terminal fix, from the event that recorded them."""
        return self.fix.outcome_notes if self.fix and self.fix.is_terminal else None

    @cached_property
    def history(self) -> list[FixEvent]:
        """The fix's events, oldest first."""
        return self.fix.history if self.fix else []

    @property
    def other_answer(self) -> FixEvent | None:
        """What was done to the fix while this form was being filled in."""
        return self.history[-1] if isinstance(self.refusal, Stale) else None

    @cached_property
    def evidence(self) -> evidence.Evidence | None:
        return evidence.evidence_for(self.fix) if self.fix else None

    @property
    def proposed_outcome(self) -> str:
        proposal = self.fix.ai_outcome_proposal if self.fix else None
        return Status(proposal["outcome"]).label if proposal else ""

    @cached_property
    def controls(self) -> list[Control]:
        if self.fix is None or not self.user.can_work:
            return []
        return [control for control in CONTROLS[self.mode.name] if self._may_show(control)]

    def _may_show(self, control: Control) -> bool:
        assert self.fix is not None
        if control.outcome:
            return self._may(Act.RECORD, Status(control.outcome))
        return {UNDO: self.can_undo, REOPEN: not self.can_undo and self._may(Act.REOPEN)}.get(control, True)

    def _may(self, act: Act, outcome: Status | None = None) -> bool:
        assert self.fix is not None
        return may(act, self.fix, self.user, self.now, outcome) is None

    @property
    def row(self) -> list[Control]:
        return [control for control in self.controls if control.slot in (Slot.PRIMARY, Slot.PLAIN)]

    @property
    def apart(self) -> list[Control]:
        return [control for control in self.controls if control.slot == Slot.APART]

    @property
    def overflow(self) -> list[Control]:
        return [control for control in self.controls if control.slot == Slot.OVERFLOW]

    @property
    def overflow_label(self) -> str:
        return OVERFLOW_LABEL.get(self.mode.name, "More answers")

    @property
    def acts(self) -> list[str]:
        """The acts that the drawn buttons need a form for."""
        acts = {control.act for control in self.controls if control.act}
        return sorted(acts | {"decide"} if self.has_script_to_run else acts)

    @property
    def has_script_to_run(self) -> bool:
        return self.mode.name == "proposed" and self.user.can_work and bool(self.fix and self.fix.script)

    @cached_property
    def question(self) -> Question | None:
        """The form to show, if its act is one that the fix has now."""
        return QUESTIONS.get(self.open_form) if self.user.can_work and self._is_answerable() else None

    def _is_answerable(self) -> bool:
        if self.fix is None or self.sent_to not in (None, self.fix.pk):
            return False
        if self.open_form in Status.values:
            return self._may(Act.RECORD, Status(self.open_form))
        return self._may(Act.CONFIRM if self.open_form == "confirm" else Act.REOPEN)

    @property
    def updates_what_stands(self) -> bool:
        """Whether the open form holds the very words that the banner would say above it."""
        return self.question is not None and self.open_form in {self.fix and self.fix.status, "confirm"}

    @property
    def kept_words(self) -> str:
        """What was sent with a form that the fix doesn't have any more."""
        if self.form is None or self.question:
            return ""
        return str(self.form.data.get("notes") or self.form.data.get("reason") or "")

    @property
    def words(self) -> str:
        """What the open form's field holds: what was sent, else what stands."""
        if self.form is not None and self.question and self.question.field in self.form.data:
            return str(self.form.data[self.question.field])
        return self._standing_words()

    def _standing_words(self) -> str:
        assert self.fix is not None
        if self.open_form == "confirm":
            return str((self.fix.ai_outcome_proposal or {}).get("reason") or "")
        column = NOTES_COLUMN[Status(self.open_form)] if self.open_form in Status.values else None
        stands = column and self.fix.status == self.open_form
        return str(getattr(self.fix, column) or "") if column and stands else ""

    @property
    def field_errors(self) -> list[str]:
        """What is wrong with the open form's words."""
        if self.form is None or self.question is None:
            return []
        return [str(error) for error in self.form.errors.get(self.question.field, [])]

    @property
    def check_by_errors(self) -> list[str]:
        errors = self.form.errors if self.form is not None else {}
        return [str(error) for field in CHECK_BY_FIELDS for error in errors.get(field, [])]

    @property
    def problems(self) -> list[str]:
        """What is wrong with anything that has no field here to stand beside."""
        if self.form is None:
            return []
        drawn = {self.question.field, *(CHECK_BY_FIELDS if self.question.has_check_by else ())} if self.question else ()
        return [str(error) for field, errors in self.form.errors.items() if field not in drawn for error in errors]

    @property
    def follow_up_sent(self) -> str:
        return str(self.form.data.get("follow_up_at", "")) if self.form is not None else ""

    @property
    def zone_name(self) -> str:
        return timezone.get_current_timezone_name()

    @cached_property
    def check_by_choices(self) -> list[check_by.Choice]:
        standing = self.fix.follow_up_at if self.fix else None
        return check_by.offered(self.now, current_zone(), standing)

    @property
    def check_by_chosen(self) -> str:
        sent = self.form.data.get("check_by") if self.form is not None else None
        offered = [choice.key for choice in self.check_by_choices]
        if sent == check_by.KEEP and sent not in offered:
            return check_by.NONE  # what was to be kept was cleared in the meantime
        return sent if sent in offered else offered[0]

    @property
    def draft_key(self) -> str:
        return draft_key(self.user, self.fix.pk, self.open_form) if self.fix else ""


def draft_key(user: User, fix_id: UUID, form: str) -> str:
    """Under what the browser keeps the words of this form until they are recorded."""
    return f"{user.pk}:{fix_id}:{form}"
