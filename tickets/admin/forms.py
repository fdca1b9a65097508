"""The forms that resolve and escalate a session in the admin. They check shape; `tickets.closing` decides."""

from typing import Any, ClassVar, cast

from django import forms

from accounts.models import User
from common.fields import TypedField
from common.refusals import InvalidInput
from common.text import clean_text
from fixes.banner.forms import CheckByField
from fixes.models import SuggestedFix
from fixes.transitions import Status
from sessions.models import AISession
from tickets.bundle import ClosingInput
from tickets.closing import Closing
from tickets.models import Kind, Language
from tickets.outcome_choices import choices_for
from tickets.targets import possible_targets

LONG = {"class": "vLargeTextField", "rows": 3}
INCOMPLETE = "This form is incomplete. Reload the page."


def long_text(label: str, help_text: str = "", rows: int = 3) -> TypedField:
    return TypedField(label=label, widget=forms.Textarea(LONG | {"rows": rows}), help_text=help_text)


class ClosingForm(forms.Form):
    """What resolve and escalate have in common. `fix`: the session's current one, asked about while it is open."""

    kind: ClassVar[Kind]
    heading: ClassVar[str]
    button: ClassVar[str]
    texts: ClassVar[tuple[str, ...]]

    version = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), INCOMPLETE),
    )
    fix_outcome = forms.ChoiceField(label="What came of the fix")
    notes = long_text("Notes", "Needed for “Partly”, and for a wait that is new.")
    follow_up_at = CheckByField(
        label="Check by",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Only for a fix that is awaited, in your time zone. Empty leaves it as it is.",
        error_messages={"invalid": "Not a date and time. Pick one, such as 2026-08-24 13:30."},
    )
    language = forms.ChoiceField(label="Language", choices=Language)
    text = long_text("Edited text", "Markdown with all sections. Empty posts the text below.", rows=8)
    my_words = forms.BooleanField(
        label="Post it as my own words", required=False, help_text="Although the check warns of it; the record says so."
    )

    def __init__(
        self, data: Any = None, *, session: AISession, fix: SuggestedFix | None, user: User, language: str
    ) -> None:
        super().__init__(
            data, auto_id=f"{self.kind}_%s", initial={"version": session.state_version, "language": language}
        )
        self.session, self.fix = session, fix
        if fix and fix.is_open:
            choices = choices_for(fix, self.kind)
            field = cast(forms.ChoiceField, self.fields["fix_outcome"])
            field.choices = [(each.outcome.value, each.label) for each in choices]
            field.help_text = fix.title
            self.initial["fix_outcome"] = next(each.outcome.value for each in choices if each.is_default)
        else:
            for name in ("fix_outcome", "notes", "follow_up_at"):
                del self.fields[name]
        self.for_kind(user)

    def for_kind(self, user: User) -> None:
        """Fill in what only one of the two forms has."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("notes", *self.texts):
            if name in self.fields:
                self._clean_text(data, name)
        return data

    def _clean_text(self, data: dict[str, Any], name: str) -> None:
        try:
            data[name] = clean_text(data.get(name), name)
        except InvalidInput as invalid:
            self.add_error(name, invalid.errors[name])

    @property
    def inputs(self) -> ClosingInput:
        """What a valid form says; of one that wasn't sent, what it shows."""
        if not self.is_bound:
            outcome = self.initial.get("fix_outcome")
            return ClosingInput(Status(outcome) if outcome else None)
        said = {name: self.cleaned_data.get(name) for name in ("notes", "follow_up_at", *self.texts)}
        outcome = self.cleaned_data.get("fix_outcome")
        return ClosingInput(Status(outcome) if outcome else None, **said)

    @property
    def closing(self) -> Closing:
        edited = self.cleaned_data["text"]
        return Closing(
            self.inputs,
            Language(self.cleaned_data["language"]),
            text=edited or None,
            my_words=self.cleaned_data["my_words"],
            to=self.cleaned_data.get("to"),
        )

    def add_refusals(self, invalid: InvalidInput) -> None:
        for field, message in invalid.errors.items():
            self.add_error(field if field in self.fields else None, message)

    def render_again(self, session: AISession) -> None:
        """Keep what was typed but take the session's present version, so that sending the form again records it."""
        self.data = {name: self.data[name] for name in self.data} | {"version": str(session.state_version)}


class ResolveForm(ClosingForm):
    kind, heading, button, texts = Kind.NOTE, "Resolve", "Post and resolve", ("root_cause",)
    field_order = ("fix_outcome", "notes", "follow_up_at", "root_cause", "language", "text", "my_words")
    root_cause = long_text("Root cause", "Goes into the note exactly as written.")

    def for_kind(self, user: User) -> None:
        self.initial["root_cause"] = self.session.root_cause or ""


class EscalateForm(ClosingForm):
    kind, heading, button = Kind.PACKAGE, "Escalate", "Post and escalate"
    texts = ("impact", "access", "question")
    field_order = (
        *("fix_outcome", "notes", "follow_up_at", "impact", "access", "to", "question", "language", "text", "my_words"),
    )
    impact = long_text("Impact", "Who can’t work, and since when?")
    access = long_text("Access", "How to get in.")
    question = long_text("Question for them")
    to = forms.ModelChoiceField(
        User.objects.none(), label="Escalate to", required=False, empty_label="Anyone (first to claim)"
    )

    def for_kind(self, user: User) -> None:
        field = cast("forms.ModelChoiceField[User]", self.fields["to"])
        field.queryset = possible_targets(self.session, user)


FORMS: dict[str, type[ClosingForm]] = {"resolve": ResolveForm, "escalate": EscalateForm}
"""Act, as the address names it → its form."""
