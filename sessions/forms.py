"""Forms of the session pages. Length and cleaning of texts are the domain's (`sessions.text`, `sessions.headers`)."""

from django import forms

from sessions import headers
from sessions.refusals import InvalidInput

NUL = {"null_characters_not_allowed": "This text has a NUL character, which can’t be stored. Remove it."}


class MessageForm(forms.Form):
    content = forms.CharField(required=False, strip=False, error_messages=NUL)


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False, strip=False, error_messages=NUL)


class NewSessionForm(forms.Form):
    title = forms.CharField(
        label="What is wrong?",
        required=False,
        strip=False,
        error_messages=NUL,
        widget=forms.TextInput({"class": "input", "dir": "auto", "autofocus": True, "required": True}),
    )
    client_name = forms.CharField(
        label="Client",
        required=False,
        strip=False,
        error_messages=NUL,
        widget=forms.TextInput({"class": "input", "dir": "auto", "autocomplete": "off"}),
    )
    ticket_ref = forms.CharField(
        label="Ticket",
        required=False,
        strip=False,
        error_messages=NUL,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
    problem_summary = forms.CharField(
        label="Problem",
        help_text="Who, what, since when, and what has been tried.",
        required=False,
        strip=False,
        error_messages=NUL,
        widget=forms.Textarea({"class": "input", "dir": "auto", "rows": 4}),
    )

    def clean(self) -> dict[str, str]:
        given = super().clean() or {}
        try:
            return headers.checked(given)
        except InvalidInput as refused:
            for field, message in refused.errors.items():
                self.add_error(field, message)
            return given
