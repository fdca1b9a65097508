from typing import Any

from django import forms

from fixes import lifecycle
from fixes.banner.forms import CheckByForm
from fixes.lifecycle import KEEP


class SnoozeForm(CheckByForm):
    """Another check-by time, as one of the choices, or as a date and time."""

    act = lifecycle.snooze

    def choices_made(self) -> dict[str, Any]:
        at = self.follow_up()
        return {"follow_up_at": None if at is KEEP else at}


class ReadAllForm(forms.Form):
    """`until`: when the list was rendered. What came since stays unread."""

    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
