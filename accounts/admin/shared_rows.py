"""The admin of rows that belong to an account, or, without one, are shared by all accounts."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.admin.tenancy import TenantAdmin
from accounts.staff import staff


class SharedRowsAdmin(TenantAdmin):
    """Edits an account's own rows, and shows the shared ones, which only superusers may edit.

    Its model has an `account`, null for a shared row.
    """

    @admin.display(description="shared", boolean=True)
    def is_shared(self, row: Any) -> bool:
        return row.account_id is None

    def visible_rows(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        user = staff(request)
        return rows if user.is_superuser else rows.filter(Q(account=user.account_id) | Q(account=None))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        user = staff(request)
        return user.is_superuser or obj is None or getattr(obj, "account_id", None) == user.account_id

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if not change and not staff(request).is_superuser:
            obj.account = staff(request).account
        super().save_model(request, obj, form, change)
