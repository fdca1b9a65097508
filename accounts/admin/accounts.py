from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.admin.tenancy import TenantAdmin
from accounts.models import Account
from accounts.staff import staff


@admin.register(Account)
class AccountAdmin(TenantAdmin):
    """Admins may rename their account, set its time zone and its texts' language; superusers may create accounts."""

    account_lookup = "pk"
    list_display = ["name", "slug", "time_zone", "created_at"]
    search_fields = searched = ["name", "slug"]
    ordering = ["name", "id"]
    fields = ["name", "slug", "time_zone", "language", "created_at", "lists"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return staff(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: Account | None = None) -> list[Any]:
        return ["created_at", "lists", *([] if staff(request).is_superuser else ["slug"])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Account | None = None) -> dict[str, Sequence[str]]:
        return {"slug": ["name"]} if obj is None else {}

    @admin.display(description="contents")
    def lists(self, account: Account) -> SafeString | str:
        if account._state.adding:
            return self.get_empty_value_display()
        site = self.admin_site
        own = [m for m, a in site._registry.items() if "account__id__exact" in getattr(a, "lookups", ())]
        query = urlencode({"account__id__exact": account.pk})
        links = (
            (reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist"), query, m._meta.verbose_name_plural)
            for m in own
        )
        return format_html_join(" · ", '<a href="{}?{}">{}</a>', links)
