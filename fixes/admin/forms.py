"""The forms on the page of a fix in the admin: those of the banner, with other labels."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.fields import TypedField
from common.times import clock, time_of_day
from fixes import lifecycle
from fixes.admin.parameters import ParametersField
from fixes.banner import check_by
from fixes.banner import forms as banner
from fixes.banner.check_by import CheckBy
from fixes.banner.drafts import draft_key
from fixes.lifecycle.suggestions import FIELDS
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.transitions import OUTCOMES, Status

LONG = {"class": "vLargeTextField", "rows": 4}
SHORT = {"class": "vTextField"}


def text(label: str, *, widget: forms.Widget, help_text: str = "") -> TypedField:
    """Return a text field without validation, because the lifecycle validates it."""
    return TypedField(label=label, widget=widget, help_text=help_text)


class FixForm(banner.ActForm):
    """The base of the page's forms. It holds the fix that the form was rendered from."""

    heading: str
    button: str

    def __init__(self, data: Any = None, *, fix: SuggestedFix) -> None:
        self.fix = fix
        super().__init__(data, auto_id=f"{self.name()}_%s", initial={"version": fix.version, **self.current_values()})
        self.fields["version"].widget = forms.HiddenInput()

    @classmethod
    def name(cls) -> str:
        return str(cls.act.__name__)

    @property
    def address(self) -> str:
        """The address that the form is sent to."""
        page = "change" if self.name() == "edit" else self.name()
        return reverse(f"admin:fixes_suggestedfix_{page}", args=[self.fix.pk])

    def current_values(self) -> dict[str, Any]:
        return {}

    def draft(self, user: User) -> str:
        """Return the key under which the browser keeps the unsent text."""
        return draft_key(user, self.fix.pk, f"admin-{self.name()}")

    def render_again(self, fix: SuggestedFix) -> None:
        """Keep what was typed but take the fix's present version, so that sending the form again records it."""
        typed = {name: self.data[name] for name in self.data}
        self.fix, self.data = fix, typed | {"version": str(fix.version)}


class EditForm(FixForm):
    act = lifecycle.edit
    heading, button = "Content", "Save changes"

    title = text("Title", widget=forms.TextInput(SHORT))
    description = text("Description", widget=forms.Textarea(LONG), help_text="Markdown.")
    confidence_pct = forms.IntegerField(label="Confidence (%)", min_value=0, max_value=100)
    verification_hint = text(
        "How to tell it worked",
        widget=forms.Textarea(LONG | {"rows": 2}),
        help_text="Markdown, at most 500 characters.",
    )
    script_template_id = forms.ModelChoiceField(
        ScriptTemplate.objects.none(), label="Script template", required=False, empty_label="None"
    )
    ai_drafted_script = text("Drafted script", widget=forms.Textarea(LONG | {"class": "vLargeTextField code"}))
    ai_drafted_parameters = ParametersField(
        label="Parameters", required=False, widget=forms.Textarea(LONG | {"rows": 2}), help_text="JSON."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # the fix's own template may have been retired since
        usable = ScriptTemplate.objects.usable_by(self.fix.account_id)
        present = ScriptTemplate.objects.filter(pk=self.fix.script_template_id)  # type: ignore[misc]  # none for None
        self.fields["script_template_id"].queryset = (usable | present).only("name")  # type: ignore[attr-defined]

    def current_values(self) -> dict[str, Any]:
        return {column: getattr(self.fix, column) for column in FIELDS}

    def draft(self, user: User) -> str:
        """Return a key for this version only: restored over a newer one, an old draft would silently undo it."""
        return f"{super().draft(user)}-{self['version'].value()}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if template := data.get("script_template_id"):
            data["script_template_id"] = template.pk
        for name in ("description", "verification_hint", "ai_drafted_script"):
            data[name] = _as_stored(data.get(name) or None, getattr(self.fix, name))
        return data

    def choices_made(self) -> dict[str, Any]:
        return {"changes": {column: self.cleaned_data[column] for column in FIELDS}}

    def present_values(self) -> dict[str, Any]:
        """Return the present value of each field in which something else was typed."""
        typed = getattr(self, "cleaned_data", {})
        present = self.current_values()
        return {name: present[name] for name in FIELDS if name in typed and typed[name] != present[name]}


def _as_stored(typed: str | None, stored: str | None) -> str | None:
    """Return the stored text if nothing but line ends differs: browsers send them as CRLF."""
    if typed is None:
        return None
    plain = typed.replace("\r\n", "\n").replace("\r", "\n")
    if stored is not None and plain == stored.replace("\r\n", "\n").replace("\r", "\n"):
        return stored
    return plain


class OutcomeForm(FixForm, banner.RecordForm):
    act = lifecycle.record
    heading, button = "Outcome", "Record"
    field_order = ("outcome", "notes", *check_by.FIELDS)

    outcome = forms.ChoiceField(  # type: ignore[assignment]  # a closer look at the same
        label="Outcome", choices=[("", "Choose…"), *((outcome.value, outcome.label) for outcome in OUTCOMES)]
    )
    notes = text(
        "Notes",
        widget=forms.Textarea(LONG),
        help_text="Required for “Partly worked” and “Awaiting verification”. Goes into the ticket exactly as written.",
    )
    check_by = forms.ChoiceField(
        label="Check by",
        required=False,
        help_text="Only for “Awaiting verification”, in your time zone.",
        error_messages={"invalid_choice": "Choose one of these."},
    )
    follow_up_at = banner.CheckByField(
        label="Pick a time",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Not a date and time. Pick one, such as 2026-08-24 13:30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.now()
        offered = CheckBy(now, current=self.fix.follow_up_at)
        self.initial["check_by"] = offered.chosen
        labels = {each.key: _label(each, now) for each in offered.choices}
        if (sent := self.data.get("check_by")) in check_by.KEYS:
            labels.setdefault(sent, sent)  # offered when the page was rendered
        field = cast(forms.ChoiceField, self.fields["check_by"])
        field.choices = list(labels.items())

    def clean(self) -> dict[str, Any]:
        """The check-by fields count only for *Awaiting verification*; they are on the page for every outcome."""
        data = super().clean() or {}
        if data.get("outcome") != Status.PENDING:
            for name in check_by.FIELDS:
                self.errors.pop(name, None)
            data["check_by"] = check_by.KEEP
        return data


def _label(choice: check_by.Choice, now: datetime) -> str:
    if choice.at is None:
        return choice.label
    return f"{choice.label}, {choice.note or (time_of_day if choice.names_day else clock)(choice.at, now)}"


class UndoForm(FixForm, banner.UndoForm):
    act = lifecycle.undo
    heading, button = "Undo", "Undo"


class ReopenForm(FixForm, banner.ReopenForm):
    act = lifecycle.reopen
    heading, button = "Reopen", "Reopen"

    reason = text(
        "Reason",
        widget=forms.Textarea(LONG),
        help_text="Saved in the fix’s history.",
    )


FORMS: dict[str, type[FixForm]] = {form.name(): form for form in (EditForm, OutcomeForm, UndoForm, ReopenForm)}
"""Act, as the address names it → its form."""
