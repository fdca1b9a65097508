"""The browser's forms, one for each act. They check shape; the lifecycle decides what is legal."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone

from common.fields import TypedField
from common.refusals import InvalidInput
from common.times import current_zone
from fixes import lifecycle
from fixes.banner import check_by
from fixes.banner.known_times import NOTHING_KNOWN, KnownTimes, known_times
from fixes.lifecycle import KEEP, By, Fixes
from fixes.lifecycle.validation import FollowUp
from fixes.models import SuggestedFix


class CheckByField(forms.DateTimeField):
    """A time on the clock of the person who fills in the form."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(CLOCKS_CHANGE) from error


CLOCKS_CHANGE = "The clocks change then: this time doesn’t exist or occurs twice. Pick one an hour or two away."


class ActForm(forms.Form):
    """What every act's form has: the version of the fix that it was rendered from."""

    act: ClassVar[Callable[..., SuggestedFix]]

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "This form is incomplete. Reload the page."
        ),
    )

    def perform(self, fix_id: UUID, by: By, fixes: Fixes) -> SuggestedFix:
        """Run the act. Raises what the lifecycle raises."""
        return type(self).act(fix_id, by=by, version=self.cleaned_data["version"], fixes=fixes, **self.choices_made())

    def choices_made(self) -> dict[str, Any]:
        """Return the act's own arguments."""
        return {}

    def add_refusals(self, refused: InvalidInput) -> None:
        """Put the lifecycle's messages beside the fields they are about."""
        for field, message in refused.errors.items():
            self.add_error(field if field in self.fields else None, message)


class ApplyForm(ActForm):
    act = lifecycle.apply


class DecideForm(ActForm):
    act = lifecycle.decide
    decision = forms.CharField()

    def choices_made(self) -> dict[str, Any]:
        return {"decision": self.cleaned_data["decision"]}


class CheckByForm(ActForm):
    """A form with a check-by time: one of the choices, or a date and time for OTHER."""

    check_by = forms.ChoiceField(
        choices=[(key, key) for key in (*check_by.KEYS, *check_by.KNOWN)],
        required=False,
        error_messages={"invalid_choice": "Choose one of these."},
    )
    follow_up_at = CheckByField(
        required=False,
        error_messages={"invalid": "Not a date and time. Pick one, such as 2026-08-24 13:30."},
    )

    known: KnownTimes = NOTHING_KNOWN
    is_stale = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        other = data.get("check_by") == check_by.OTHER
        if other and not data.get("follow_up_at") and "follow_up_at" not in self.errors:
            self.add_error("follow_up_at", "Pick a date and time, or choose “No check-by time”.")
        if not other:
            self.errors.pop("follow_up_at", None)  # left over from another choice
        return data

    def perform(self, fix_id: UUID, by: By, fixes: Fixes) -> SuggestedFix:
        if self.cleaned_data["check_by"] in check_by.KNOWN:
            fix = fixes.get(pk=fix_id)
            self.is_stale = fix.version != self.cleaned_data["version"]
            self.known = known_times(fix, timezone.now(), current_zone())
        return super().perform(fix_id, by, fixes)

    def follow_up(self) -> FollowUp:
        """Return the check-by time that was chosen. Raises InvalidInput for a known one that isn't any longer."""
        key = self.cleaned_data["check_by"]
        if key in check_by.KNOWN:
            return self._known_time(key)
        if key in ("", check_by.KEEP):
            return KEEP
        if key == check_by.OTHER:
            at: datetime = self.cleaned_data["follow_up_at"]
            return at
        return check_by.time_of(key, timezone.now(), current_zone())

    def _known_time(self, key: str) -> FollowUp:
        known = self.known.said if key == check_by.SAID else self.known.usual
        if known is not None:
            return known.at
        if self.is_stale:
            return KEEP  # the act says what has happened
        raise InvalidInput(check_by="This time has passed. Choose another.")


class RecordForm(CheckByForm):
    act = lifecycle.record
    outcome = forms.CharField()
    notes = TypedField()

    def choices_made(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"outcome": data["outcome"], "notes": data["notes"], "follow_up_at": self.follow_up()}


class AddNotesForm(ActForm):
    act = lifecycle.add_notes
    notes = TypedField()

    def choices_made(self) -> dict[str, Any]:
        return {"notes": self.cleaned_data["notes"]}


class ConfirmForm(CheckByForm):
    act = lifecycle.confirm
    notes = TypedField()

    def choices_made(self) -> dict[str, Any]:
        notes = self.cleaned_data["notes"] if "notes" in self.data else None
        return {"notes": notes, "follow_up_at": self.follow_up()}


class RejectForm(ActForm):
    act = lifecycle.reject


class SuggestAgainForm(ActForm):
    act = lifecycle.suggest_again


class UndoForm(ActForm):
    act = lifecycle.undo


class ReopenForm(ActForm):
    act = lifecycle.reopen
    reason = TypedField()

    def choices_made(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


ACTS: dict[str, type[ActForm]] = {
    "apply": ApplyForm,
    "decide": DecideForm,
    "record": RecordForm,
    "add-notes": AddNotesForm,
    "confirm": ConfirmForm,
    "reject": RejectForm,
    "undo": UndoForm,
    "reopen": ReopenForm,
    "suggest-again": SuggestAgainForm,
}
"""Act, as the URL names it → its form."""
