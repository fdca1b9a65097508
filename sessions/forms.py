"""Forms of the session pages. Length and cleaning of texts are the domain's (`common.text`, `sessions.validation`)."""

from typing import Any

from django import forms

from common.fields import TypedField
from common.refusals import InvalidInput
from sessions import validation


def words(label: str, widget: type[forms.Widget], help_text: str = "", **attributes: Any) -> TypedField:
    return TypedField(
        label=label,
        help_text=help_text,
        show_hidden_initial=True,
        widget=widget({"class": "input", "dir": "auto", **attributes}),
    )


class MessageForm(forms.Form):
    content = TypedField()


class ReasonForm(forms.Form):
    reason = TypedField()


class HeaderForm(forms.Form):
    """Of a new session, or of one that is there: then only what differs from what the form showed is a change."""

    title = words("What is wrong?", forms.TextInput, autofocus=True, required=True)
    client_name = words("Client (optional)", forms.TextInput, autocomplete="off")
    ticket_ref = words("Ticket (optional)", forms.TextInput, autocomplete="off")
    problem_summary = words(
        "Problem (optional)", forms.Textarea, "Who, what, since when, and what has been tried.", rows=4
    )

    @property
    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def clean(self) -> dict[str, str]:
        given = super().clean() or {}
        try:
            return validation.checked(given)
        except InvalidInput as refused:
            for field, message in refused.errors.items():
                self.add_error(field, message)
            return given
