"""The form of the bar at the foot of the board: the selected rows, the outcome, and its notes."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from common.refusals import InvalidInput
from fixes.banner.check_by import CheckBy
from fixes.banner.forms import RecordForm
from fixes.board.bulk_controls import CHECK_BY, CONTROLS, VALUES
from fixes.lifecycle import By, Fixes, bulk
from fixes.lifecycle.bulk import Result, selection_of


class BulkForm(RecordForm):
    """Each control has its own notes, `<value>-notes`; the pressed button says which of them count."""

    version = None  # type: ignore[assignment]  # each row has its own

    def __init__(self, sent: Any = None) -> None:
        self.sent = sent
        self.selection = selection_of(sent.getlist("selected")) if sent else []
        self.still_selected: set[UUID] = {each.fix_id for each in self.selection}
        self.pressed: str = sent.get("outcome", "") if sent else ""
        super().__init__(self._fields_of_pressed() if sent else None)

    def _fields_of_pressed(self) -> dict[str, str]:
        """The pressed button's own fields. What was begun under the others doesn't count."""
        names = ("check_by", "follow_up_at") if self.pressed == CHECK_BY else ()
        more = {name: str(self.sent.get(name, "")) for name in names}
        return {"outcome": self.pressed, "notes": self.notes_of(self.pressed), **more}

    def notes_of(self, value: str) -> str:
        return str(self.sent.get(f"{value}-notes", "")) if self.sent else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.pressed not in VALUES:
            self.add_error(None, "Choose an outcome.")
        return data

    def run(self, by: By, fixes: Fixes) -> Result | None:
        """Record for each selected fix; the refused ones stay selected. None, with errors, if the form is wrong."""
        if not self.is_valid():
            return None
        try:
            result = self._record(by, fixes)
        except InvalidInput as invalid:
            self.add_refusals(invalid)
            return None
        self.still_selected = result.refused_ids
        return result

    def _record(self, by: By, fixes: Fixes) -> Result:
        choices = self.choices_made()
        if self.pressed == CHECK_BY:
            return bulk.move_check_by(self.selection, choices["follow_up_at"], by, fixes=fixes)
        return bulk.record(self.selection, self.pressed, by, fixes=fixes, notes=choices["notes"])

    def draft_key(self, user: User) -> str:
        """Where the browser keeps the notes of the pressed button (drafts.js); it adds the selected rows by itself."""
        return f"{user.pk}:bulk:{self.pressed}"

    @property
    def controls(self) -> list[dict[str, Any]]:
        """For the template: each control, its notes as sent, and whether its form is open because of an error."""
        return [
            {
                "control": control,
                "notes": self.notes_of(control.value),
                "is_open": bool(self.errors) and control.value == self.pressed,
                "errors": self.errors.get("notes", []) if control.value == self.pressed else [],
            }
            for control in CONTROLS
        ]

    @property
    def problems(self) -> list[str]:
        return [str(error) for error in self.non_field_errors()]

    @property
    def check_by_fields(self) -> CheckBy:
        return CheckBy(timezone.now(), sent=self if self.sent else None, default="")
