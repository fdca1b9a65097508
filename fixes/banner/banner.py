"""One banner: everything that its template reads (docs/banner.md)."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.refusals import Refusal
from common.times import current_zone
from fixes.banner.check_by import Choice, at_hand
from fixes.banner.controls import (
    ADD_NOTES,
    CONFIRM,
    CONFIRM_WAIT,
    CONTROLS,
    EDIT,
    EDIT_NOTE,
    OVERFLOW_LABEL,
    Control,
    Slot,
)
from fixes.banner.drafts import draft_key
from fixes.banner.forms import ActForm
from fixes.banner.known_times import known_times
from fixes.banner.modes import MODES, SHOWN, Mode, mode_of
from fixes.banner.open_form import OpenForm, open_form
from fixes.banner.places import Address, Place, SessionPage
from fixes.banner.why import Why
from fixes.evidence import evidence_for
from fixes.lifecycle.legality import Act, may
from fixes.lifecycle.refusals import Stale
from fixes.looks import guess_of
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import UNDO_WINDOW, Status

TELLS_HOW = {"verifying", "nudge", "pending", "ai_confirming"}
"""Modes that say how to tell it worked. *Proposed* says it within what is to be read."""


@dataclass(frozen=True)
class Refused:
    """An act that was refused: its form as it was sent, to which fix, and the refusal; None for invalid input."""

    form: ActForm
    fix_id: UUID
    refusal: Refusal | None = None


@dataclass
class Banner:
    """`form_name`: the form that is open in it, as `?form=` names it."""

    fix: SuggestedFix | None
    user: User
    place: Place = field(default_factory=SessionPage)
    form_name: str = ""
    refused: Refused | None = None
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def mode(self) -> Mode:
        # a refusal is shown whatever became of the fix, and an open row of the board keeps its outcome and Undo
        among = SHOWN if self.refused is not None or self.place.keeps_outcome else MODES
        return mode_of(self.fix, self.now, self.fix.messages_since if self.fix else 0, among=among)

    @cached_property
    def id(self) -> str:
        return self.place.element_id(self.fix.pk if self.fix else None)

    @cached_property
    def page(self) -> Address:
        """The address of its page."""
        assert self.fix is not None
        return self.place.page(self.fix)

    @cached_property
    def fragment(self) -> Address:
        """The address that htmx fetches it from."""
        assert self.fix is not None
        return self.place.fragment(self.fix)

    @property
    def state(self) -> str:
        """What the banner says in its head, and the tab in its title."""
        return guess_of(self.fix) if self.fix and self.mode.name == "ai_confirming" else self.mode.says

    @property
    def is_overdue(self) -> bool:
        return self.fix is not None and self.fix.is_overdue(self.now)

    @property
    def notes(self) -> str | None:
        """The notes of a terminal fix's outcome."""
        return self.fix.outcome_notes if self.fix and self.fix.is_terminal else None

    @cached_property
    def why(self) -> Why:
        """What speaks for the fix: one query."""
        assert self.fix is not None
        return Why(self.fix, evidence_for(self.fix), self.now)

    @property
    def tells_how(self) -> bool:
        """Whether it says below its text how to tell that the fix worked: while it asks for an outcome."""
        return self.mode.name in TELLS_HOW and bool(self.fix and self.fix.verification_hint)

    # Buttons

    @cached_property
    def controls(self) -> list[Control]:
        """The buttons that this person has now, in visual order."""
        if self.fix is None or not self.user.can_work:
            return []
        return [control for control in CONTROLS[self.mode.name] if self._has(control)]

    def _has(self, control: Control) -> bool:
        assert self.fix is not None
        if control.act == Act.REOPEN and self.can_undo:
            return False  # undoing is the shorter way
        if control == ADD_NOTES and self.notes_line:
            return False
        if control.act == Act.CONFIRM and control not in self._confirming:
            return False
        return self.may(control.act, control.outcome)

    @property
    def _confirming(self) -> set[Control]:
        """The buttons that confirm. A wait is confirmed with a check-by time: in one tap where one is known."""
        if not self._proposes_wait:
            return {CONFIRM, EDIT_NOTE}
        return {CONFIRM, EDIT} if self.check_bys else {CONFIRM_WAIT}

    @cached_property
    def check_bys(self) -> list[Choice]:
        """The check-by times with which a proposed wait is confirmed, the first of them chosen: one query."""
        if self.fix is None or not self._proposes_wait or not self.user.can_work:
            return []
        zone = current_zone()
        return at_hand(self.now, zone, known_times(self.fix, self.now, zone))

    def may(self, act: Act, outcome: Status | None = None) -> bool:
        return self.fix is not None and may(act, self.fix, self.user, self.now, outcome) is None

    @property
    def _proposes_wait(self) -> bool:
        proposal = self.fix.ai_outcome_proposal if self.fix else None
        return bool(proposal and proposal["outcome"] == Status.PENDING)

    @cached_property
    def can_undo(self) -> bool:
        return self.may(Act.UNDO)

    @property
    def undo_until(self) -> datetime | None:
        event = self.fix.outcome_event if self.fix else None
        return event.at + UNDO_WINDOW if event else None

    @property
    def row(self) -> list["Button"]:
        return self._buttons(Slot.PRIMARY, Slot.PLAIN)

    @cached_property
    def apart(self) -> list["Button"]:
        return self._buttons(Slot.APART)

    @cached_property
    def overflow(self) -> list["Button"]:
        return self._buttons(Slot.OVERFLOW)

    def _buttons(self, *slots: Slot) -> list["Button"]:
        return [Button(control, self) for control in self.controls if control.slot in slots]

    @property
    def overflow_label(self) -> str:
        return OVERFLOW_LABEL.get(self.mode.name, "More outcomes")

    @property
    def posts(self) -> list[tuple[str, str]]:
        """Act and address of each form that the buttons submit."""
        assert self.fix is not None
        acts = {control.posts for control in self.controls if control.posts}
        if self.has_script_to_run:
            acts.add("decide")
        return [(act, self.address_of(act)) for act in sorted(acts)]

    def address_of(self, act: str) -> str:
        assert self.fix is not None
        return reverse("act", args=[self.fix.session_id, self.fix.pk, act])

    @property
    def has_script_to_run(self) -> bool:
        return self.mode.name == "proposed" and self.user.can_work and bool(self.fix and self.fix.script)

    # Forms

    @cached_property
    def form(self) -> OpenForm | None:
        """The form that is open in it."""
        if self.fix is None or (self.refused and self.refused.fix_id != self.fix.pk):
            return None
        sent = self.refused.form if self.refused else None
        return open_form(self.form_name, self.fix, self.user, self.now, sent)

    @cached_property
    def notes_line(self) -> OpenForm | None:
        """The one-line form under an outcome that this person has just recorded without notes."""
        offers = ADD_NOTES in CONTROLS[self.mode.name] and not self.refused and self.fix is not None and self.can_undo
        return open_form("add-notes", self.fix, self.user, self.now) if offers and self.fix else None

    @property
    def form_address(self) -> str:
        """Where the open form is sent."""
        return self.address_of(self.form.question.posts) if self.form else ""

    @property
    def notes_address(self) -> str:
        return self.address_of("add-notes")

    # A refusal

    @property
    def refusal(self) -> Refusal | None:
        return self.refused.refusal if self.refused else None

    @property
    def change(self) -> FixEvent | None:
        """The change by somebody else that made the form stale."""
        return self.fix.history[-1] if self.fix and isinstance(self.refusal, Stale) else None

    @property
    def kept_text(self) -> str:
        """What was sent with a form that the fix no longer has."""
        if self.refused is None or self.form:
            return ""
        sent = self.refused.form.data
        return str(sent.get("notes") or sent.get("reason") or "")

    @property
    def problems(self) -> list[str]:
        """What is wrong with anything that has no field here."""
        if self.refused is None:
            return []
        shown = self.form.fields if self.form else ()
        return [
            str(error) for field, errors in self.refused.form.errors.items() if field not in shown for error in errors
        ]


@dataclass(frozen=True)
class Button:
    """A control as the template renders it."""

    control: Control
    banner: Banner

    @property
    def classes(self) -> str:
        """Its CSS classes in the row of buttons; a quiet one moves to the overflow where that is narrow."""
        if self.control.slot == Slot.APART:
            return f"button button-plain apart{' roomy' if self.banner.overflow else ''}"
        return "button button-primary" if self.control.slot == Slot.PRIMARY else "button"

    @property
    def page(self) -> str:
        """The address of the page with this control's form open, for browsers without JavaScript."""
        return self.banner.page.opening(self.control.form)

    @property
    def fragment(self) -> str:
        return self.banner.fragment.opening(self.control.form)

    @property
    def draft_key(self) -> str:
        fix = self.banner.fix
        return draft_key(self.banner.user, fix.pk, self.control.form) if fix else ""
