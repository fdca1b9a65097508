"""The forms of a fix's page in the admin: the banner's own, with words for a page that stands alone."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from accounts.models import User
from common.fields import TypedField
from common.times import clock
from fixes import lifecycle
from fixes.admin.parameters import ParametersField
from fixes.banner import check_by
from fixes.banner import forms as banner
from fixes.banner.drafts import draft_key
from fixes.lifecycle.suggestions import FIELDS
from fixes.models import ScriptTemplate, SuggestedFix
from fixes.transitions import OUTCOMES

LONG = {"class": "vLargeTextField", "rows": 4}
SHORT = {"class": "vTextField"}


def text(label: str, *, widget: forms.Widget, help_text: str = "") -> TypedField:
    """Return a field for text that the lifecycle cleans and measures."""
    return TypedField(label=label, widget=widget, help_text=help_text)


class FixForm(banner.ActForm):
    """What the page's forms share: the fix that they are drawn from."""

    heading: str
    button: str

    def __init__(self, data: Any = None, *, fix: SuggestedFix) -> None:
        self.fix = fix
        super().__init__(data, auto_id=f"{self.name()}_%s", initial={"version": fix.version, **self.standing()})
        self.fields["version"].widget = forms.HiddenInput()

    @classmethod
    def name(cls) -> str:
        return str(cls.act.__name__)

    def standing(self) -> dict[str, Any]:
        return {}

    def draft(self, user: User) -> str:
        """Under what the browser keeps the words until they are recorded."""
        return draft_key(user, self.fix.pk, f"admin-{self.name()}")

    def draw_again(self, fix: SuggestedFix) -> None:
        """As it was typed, upon the fix as it is now: sent again, it counts."""
        typed = {name: self.data[name] for name in self.data}
        self.fix, self.data = fix, typed | {"version": str(fix.version)}


class EditForm(FixForm):
    act = lifecycle.edit
    heading, button = "What it says", "Save these words"

    title = text("Title", widget=forms.TextInput(SHORT))
    description = text("Description", widget=forms.Textarea(LONG), help_text="Markdown.")
    confidence_pct = forms.IntegerField(label="Confidence in per cent", min_value=0, max_value=100)
    script_template_id = forms.ModelChoiceField(
        ScriptTemplate.objects.none(), label="Script template", required=False, empty_label="None"
    )
    ai_drafted_script = text("Drafted script", widget=forms.Textarea(LONG | {"class": "vLargeTextField code"}))
    ai_drafted_parameters = ParametersField(
        label="Its parameters", required=False, widget=forms.Textarea(LONG | {"rows": 2}), help_text="JSON."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # the one that stands may have been retired since
        usable = ScriptTemplate.objects.usable_by(self.fix.account_id)
        standing = ScriptTemplate.objects.filter(pk=self.fix.script_template_id)  # type: ignore[misc]  # none for None
        self.fields["script_template_id"].queryset = (usable | standing).only("name")  # type: ignore[attr-defined]

    def standing(self) -> dict[str, Any]:
        return {column: getattr(self.fix, column) for column in FIELDS}

    def draft(self, user: User) -> str:
        """Kept for these very words: filled in over newer ones, an old draft would undo them unseen."""
        return f"{super().draft(user)}-{self['version'].value()}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if template := data.get("script_template_id"):
            data["script_template_id"] = template.pk
        for name in ("description", "ai_drafted_script"):
            data[name] = _as_stored(data.get(name) or None, getattr(self.fix, name))
        return data

    def choices_made(self) -> dict[str, Any]:
        return {"changes": {column: self.cleaned_data[column] for column in FIELDS}}

    def reads_now(self) -> dict[str, Any]:
        """Field → what stands there, where something else was typed."""
        typed = getattr(self, "cleaned_data", {})
        standing = self.standing()
        return {name: standing[name] for name in FIELDS if name in typed and typed[name] != standing[name]}


def _as_stored(typed: str | None, stored: str | None) -> str | None:
    """Browsers send line ends as CRLF; a text that differs in nothing else wasn't touched."""
    if typed is None:
        return None
    plain = typed.replace("\r\n", "\n").replace("\r", "\n")
    if stored is not None and plain == stored.replace("\r\n", "\n").replace("\r", "\n"):
        return stored
    return plain


class OutcomeForm(FixForm, banner.RecordForm):
    act = lifecycle.record
    heading, button = "What came of it", "Record"

    outcome = forms.ChoiceField(  # type: ignore[assignment]  # a closer look at the same
        label="Outcome", choices=[("", "Choose…"), *((outcome.value, outcome.label) for outcome in OUTCOMES)]
    )
    notes = text(
        "Notes",
        widget=forms.Textarea(LONG),
        help_text="Needed for “Partly worked” and “Awaiting verification”. They go into the ticket as you write them.",
    )
    check_by = forms.ChoiceField(
        label="Check by",
        required=False,
        help_text="Only for “Awaiting verification”, on your own clock.",
        error_messages={"invalid_choice": "Choose one of these."},
    )
    follow_up_at = banner.CheckByField(
        label="Another time",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Not a date and time. Pick one, such as 2026-08-24 13:30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now, zone = timezone.now(), timezone.get_current_timezone()
        offered = check_by.offered(now, zone, self.fix.follow_up_at)
        self.initial["check_by"] = check_by.KEEP if self.fix.follow_up_at else check_by.NONE
        labels = {each.key: f"{each.label} ({clock(each.at, now)})" if each.at else each.label for each in offered}
        if (sent := self.data.get("check_by")) in check_by.KEYS:
            labels.setdefault(sent, sent)  # offered when the page was drawn
        field = cast(forms.ChoiceField, self.fields["check_by"])
        field.choices = list(labels.items())


class ReopenForm(FixForm, banner.ReopenForm):
    act = lifecycle.reopen
    heading, button = "Take the verdict back", "Reopen"

    reason = text(
        "Reason",
        widget=forms.Textarea(LONG),
        help_text="Needed, unless you recorded the verdict yourself within the last ten minutes.",
    )


FORMS: dict[str, type[FixForm]] = {form.name(): form for form in (EditForm, OutcomeForm, ReopenForm)}
"""Act, as the address names it → its form."""
