"""Forms of the session pages. Length and cleaning of texts are the domain's (`sessions.text`)."""

from typing import ClassVar

from django import forms

from sessions.models import AISession
from sessions.refusals import InvalidInput
from sessions.text import clean_text

NUL = {"null_characters_not_allowed": "This text has a NUL character, which can’t be stored. Remove it."}


class MessageForm(forms.Form):
    content = forms.CharField(required=False, strip=False, error_messages=NUL)


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False, strip=False, error_messages=NUL)


class NewSessionForm(forms.ModelForm):
    class Meta:
        model = AISession
        fields: ClassVar = ["title", "client_name", "ticket_ref", "problem_summary"]
        labels: ClassVar = {
            "title": "What is wrong?",
            "client_name": "Client",
            "ticket_ref": "Ticket",
            "problem_summary": "Problem",
        }
        help_texts: ClassVar = {"problem_summary": "Who, what, since when, and what has been tried."}
        error_messages: ClassVar = {"title": {"required": "Give the session a title."}}
        widgets: ClassVar = {
            "title": forms.TextInput({"class": "input", "autofocus": True}),
            "client_name": forms.TextInput({"class": "input", "autocomplete": "off"}),
            "ticket_ref": forms.TextInput({"class": "input", "autocomplete": "off"}),
            "problem_summary": forms.Textarea({"class": "input", "rows": 4, "maxlength": 4000}),
        }

    def clean_problem_summary(self) -> str:
        try:
            return clean_text(self.cleaned_data["problem_summary"], "problem_summary") or ""
        except InvalidInput as invalid:
            raise forms.ValidationError(invalid.errors["problem_summary"]) from invalid
