from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.tenancy import TenantAdmin
from accounts.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(TenantAdmin):
    """Lists and revokes tokens. Their secrets aren't stored; people create their own tokens (docs/people.md)."""

    account_lookup = "user__account"
    list_display = ["name", "user", "prefix", "read_only", "created_at", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    list_filter = ["read_only"]
    lookups = frozenset({"read_only__exact"})
    search_fields = searched = ["name", "prefix", "user__email", "user__display_name"]
    ordering = ["-created_at", "-id"]
    fields = ["name", "user", "prefix", "read_only", "created_at", "expires_at", "last_used_at", "revoked_at"]
    actions = ["revoke"]

    @admin.action(description="Revoke: anything still using them will be refused")
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        still = list(tokens.filter(revoked_at=None))
        ApiToken.objects.filter(pk__in=[token.pk for token in still]).update(revoked_at=timezone.now())
        for token in still:
            self.log_change(request, token, "Revoked.")
        self.message_user(request, f"Revoked: {len(still)}.", messages.SUCCESS)
