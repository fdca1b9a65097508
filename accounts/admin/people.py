from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts import people
from accounts.admin.tenancy import TenantAdmin
from accounts.forms.fields import NameField
from accounts.models import User
from accounts.staff import staff


class PersonForm(forms.ModelForm):
    display_name = NameField(widget=forms.TextInput({"class": "vTextField"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role, is_active = data.get("role", self.instance.role), data.get("is_active", self.instance.is_active)
        people.check_admin_remains(self.instance, role=role, is_active=is_active)
        return data


@admin.register(User)
class UserAdmin(TenantAdmin):
    """Edits names, roles and who may sign in. People are invited on the people page, not here (docs/people.md)."""

    form = PersonForm
    list_display = ["display_name", "email", "role", "is_active", "is_superuser", "last_login"]
    list_select_related = ["account"]
    list_filter = ["role", "is_active"]
    lookups = frozenset({"account__id__exact", "role__exact", "is_active__exact"})
    search_fields = searched = ["display_name", "email"]
    ordering = ["display_name", "id"]
    autocomplete_fields = ["account"]
    fields = [
        *("display_name", "email", "account", "role", "time_zone", "keyboard_shortcuts", "is_active"),
        *("is_superuser", "last_login", "date_joined"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return staff(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """Return the read-only fields. People sign in by email, so only superusers change it. Accounts are fixed."""
        always = ["is_superuser", "last_login", "date_joined"]
        if obj is None:
            return always
        return [*always, "account", *([] if staff(request).is_superuser else ["email"])]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "account" in form.base_fields:
            form.base_fields["account"].required = True  # only a command creates superusers
        return form

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()  # they request one by email
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            people.sign_out(obj)
        people.revoke_invitations_unless_admin(obj)
