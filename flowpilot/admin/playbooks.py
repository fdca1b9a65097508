"""Playbooks in the admin: an account's own ones are added, edited and retired here (docs/playbooks.md)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.shared_rows import SharedRowsAdmin
from accounts.models import Account
from accounts.staff import staff
from common.fields import CleanField, LineField, ScriptField
from flowpilot.admin.playbook_fields import QuestionsField, SymptomsField, WaitField
from flowpilot.models import Playbook
from flowpilot.playbook_files.content import HINT_MAX, LANGUAGES
from flowpilot.playbook_files.durations import written
from flowpilot.playbook_files.same_questions import differs, known_questions
from flowpilot.playbook_files.slugs import free_slug

READ_ONLY = {"symptoms": "symptom_lines", "questions": "question_lines", "typical_wait": "wait"}
"""Fields that only a form can show as they are → what stands in their place for those who can't edit."""
CODE = {"class": "vLargeTextField code"}


class PlaybookForm(ModelForm):
    title = LineField(label="Problem", max_length=200, widget=AdminTextInputWidget)
    symptoms = SymptomsField(
        required=True, help_text="How tickets say it, one a line. Whole error codes and messages are found best."
    )
    questions = QuestionsField(
        widget=AdminTextareaWidget(CODE),
        help_text="YAML: a list of id, ask, options and fits, as in the files of playbooks. "
        "The same id needs the same ask and options in every playbook.",
    )
    fix_title = LineField(label="Fix", max_length=200, widget=AdminTextInputWidget)
    verification_hint = CleanField(label="How to tell that it worked", max_length=HINT_MAX, widget=AdminTextareaWidget)
    typical_wait = WaitField(
        label="How long until it can be verified",
        help_text="Such as 10 min, 2 h or 1 day; empty where it can be seen at once.",
    )
    script_language = forms.ChoiceField(required=False, choices=[("", "—"), *((each, each) for each in LANGUAGES)])
    script = ScriptField(required=False, widget=AdminTextareaWidget(CODE))

    account_of_new: Account | None = None
    """Whose a new playbook becomes, where the form doesn't ask."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("script") and not values.get("script_language"):
            self.add_error("script_language", "Choose the language of the script.")
        if values.get("script_language") and not values.get("script") and "script" in values:
            self.add_error("script", "Write the script, or choose no language.")
        if not values.get("retired"):
            self._check_same_questions(values)
        return values

    def _check_same_questions(self, values: dict[str, Any]) -> None:
        account = values.get("account") if "account" in self.fields else self.instance.account or self.account_of_new
        others = Playbook.objects.filter(Q(account=account) | Q(account=None), retired=False)
        known = known_questions(others.exclude(pk=self.instance.pk))
        for question in values.get("questions", []):
            if message := differs(question, known):
                self.add_error("questions", message)


@admin.register(Playbook)
class PlaybookAdmin(SharedRowsAdmin):
    """Edits playbooks."""

    form = PlaybookForm
    list_display = ["title", "area", "fix_title", "is_shared", "retired", "updated_at"]
    list_select_related = ["account"]
    list_filter = ["retired"]
    list_defer = ["symptoms", "questions", "description", "verification_hint", "script"]
    lookups = frozenset({"account__id__exact", "retired__exact"})
    search_fields = searched = ["title", "area", "fix_title"]
    ordering = ["title", "id"]
    autocomplete_fields = ["account"]

    def get_fields(self, request: HttpRequest, obj: Playbook | None = None) -> list[Any]:
        chosen = ["account"] if staff(request).is_superuser else []
        known = ["slug", "edited_at", "created_at", "updated_at"] if obj else []
        words = ["title", "area", "symptoms", "questions", "fix_title", "description", "verification_hint"]
        fields = [*chosen, *words, "typical_wait", "script_language", "script", "retired", *known]
        return fields if self.has_change_permission(request, obj) else [READ_ONLY.get(each, each) for each in fields]

    @admin.display(description="symptoms")
    def symptom_lines(self, playbook: Playbook) -> str:
        return "\n".join(playbook.symptoms)

    @admin.display(description="questions", empty_value="—")
    def question_lines(self, playbook: Playbook) -> str:
        return "\n".join(
            f"{question['ask']} {', '.join(question['options'])}; this playbook fits {question['fits']}"
            for question in playbook.questions
        )

    @admin.display(description="how long until it can be verified", empty_value="—")
    def wait(self, playbook: Playbook) -> str:
        return written(playbook.typical_wait)

    def get_readonly_fields(self, request: HttpRequest, obj: Playbook | None = None) -> list[Any]:
        known = ["slug", "edited_at", "created_at", "updated_at", *(["account"] if obj else [])]
        return known if self.has_change_permission(request, obj) else [*known, *READ_ONLY.values()]

    def get_form(self, request: HttpRequest, obj: Playbook | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None and not staff(request).is_superuser:
            return type("PlaybookForm", (form,), {"account_of_new": staff(request).account})
        return form

    def save_model(self, request: HttpRequest, obj: Playbook, form: ModelForm, change: bool) -> None:
        if not change:
            account = obj.account if staff(request).is_superuser else staff(request).account
            obj.slug = free_slug(obj.title, account)
        if obj.digest and set(form.changed_data) - {"retired"}:
            obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)
