"""Forms of the session pages. Length and cleaning of texts are the domain's (`common.text`, `sessions.validation`)."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from common.fields import TypedField
from common.ids import uuid_or_none
from common.refusals import InvalidInput
from sessions import validation


def form_key_of(data: QueryDict) -> UUID | None:
    """Return the key of a rendered form (`{% form_key %}`); None where a client sends none, or something else."""
    return uuid_or_none(data.get("form_key"))


def typed(label: str, widget: type[forms.Widget], help_text: str = "", **attributes: Any) -> TypedField:
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


class TicketForm(forms.Form):
    """The ticket of a new session or of an existing one; then only what differs from what it showed is a change."""

    title = typed("Title", forms.TextInput, "What is wrong, in one line.", autofocus=True, required=True)
    client_name = typed("Client (optional)", forms.TextInput, autocomplete="off")
    ticket_ref = typed("Ticket (optional)", forms.TextInput, autocomplete="off")
    problem_summary = typed("Details (optional)", forms.Textarea, "Who, since when, and what has been tried.", rows=4)

    @property
    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def shown(self) -> dict[str, str]:
        """What the form showed in its fields; browsers send line ends as CRLF."""
        names = {name: self[name].html_initial_name for name in self.fields}
        return {name: self.data[key].replace("\r\n", "\n") for name, key in names.items() if key in self.data}

    @property
    def details_are_open(self) -> bool:
        """Whether the folded part has something to show."""
        field = self["problem_summary"]
        return bool(field.value() or field.errors)

    def show_current(self, fields: dict[str, str]) -> None:
        """Make the form one that was rendered with these values: sent again, it replaces them."""
        data = cast(QueryDict, self.data).copy()
        for name, value in fields.items():
            data[self[name].html_initial_name] = value
        self.data = data

    def clean(self) -> dict[str, str]:
        given = super().clean() or {}
        try:
            return validation.validated(given)
        except InvalidInput as refused:
            for field, message in refused.errors.items():
                self.add_error(field, message)
            return given
