from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import JSONField
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.admin.shared_rows import SharedRowsAdmin
from accounts.admin.tenancy import TenantAdmin
from accounts.staff import staff
from common.fields import ScriptField
from fixes.admin.parameters import ParametersField
from fixes.models import DraftTemplate, ScriptTemplate


class TemplateForm(ModelForm):
    body = ScriptField(widget=AdminTextareaWidget({"class": "vLargeTextField code"}))


@admin.register(ScriptTemplate)
class ScriptTemplateAdmin(SharedRowsAdmin):
    """Edits script templates."""

    list_display = ["name", "language", "is_shared", "retired", "times_used", "created_at"]
    list_select_related = ["account"]
    list_filter = ["retired"]
    list_defer = ["body", "description", "parameters_schema", "provenance"]
    lookups = frozenset({"account__id__exact", "retired__exact"})
    search_fields = searched = ["name", "language"]
    ordering = ["name", "id"]
    autocomplete_fields = ["account"]
    form = TemplateForm
    formfield_overrides = {**TenantAdmin.formfield_overrides, JSONField: {"form_class": ParametersField}}

    def get_fields(self, request: HttpRequest, obj: ScriptTemplate | None = None) -> list[Any]:
        chosen = ["account"] if staff(request).is_superuser else []
        known = ["provenance", "times_used", "created_at"] if obj else []
        return [*chosen, "name", "description", "language", "body", "parameters_schema", "retired", *known]

    def get_readonly_fields(self, request: HttpRequest, obj: ScriptTemplate | None = None) -> list[Any]:
        return ["provenance", "times_used", "created_at", *(["account"] if obj else [])]


@admin.register(DraftTemplate)
class DraftTemplateAdmin(TenantAdmin):
    """Shows, read-only, the drafted scripts that may become templates."""

    list_display = ["name", "drafted_by", "created_at"]
    list_select_related = ["drafted_by", "account"]
    list_defer = ["body", "parameters"]
    lookups = frozenset({"account__id__exact"})
    search_fields = searched = ["name"]
    ordering = ["-created_at", "-id"]
    fields = ["account", "fix", "name", "body", "parameters", "drafted_by", "created_at"]
