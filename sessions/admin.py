"""Shows sessions in the admin, read-only (docs/admin.md). The session page and the API change them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts.admin.tenancy import TenantAdmin
from sessions.models import SEARCHED, AISession

LATEST = 100
"""How many messages the page of a session shows."""


@admin.register(AISession)
class SessionAdmin(TenantAdmin):
    list_display = ["title", "status", "resolution_kind", "ticket_ref", "client_name", "owner", "updated_at"]
    list_select_related = ["owner", "account"]
    list_filter = ["status", "updated_at"]
    list_defer = ["problem_summary", "root_cause", "resolution_note", "escalation_package"]
    lookups = frozenset({"account__id__exact", "status__exact", "updated_at__gte", "updated_at__lt"})
    search_fields = searched = SEARCHED
    search_help_text = "Searches title, client, ticket and problem; or enter an id."
    ordering = ["-updated_at", "-id"]
    change_form_template = "admin/ai_sessions/session.html"
    fieldsets: ClassVar = [
        (None, {"fields": ["title", "problem_summary", "client_name", "ticket_ref", "owner", "account"]}),
        ("Status", {"fields": ["status", "resolution_kind", "root_cause", "state_version"]}),
        ("Posted texts", {"fields": ["resolution_note", "resolution_note_posted_at", "escalation_package"]}),
        ("Dates", {"fields": ["created_at", "updated_at"]}),
    ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any) -> HttpResponse:
        session: Model | None = kw.get("obj")
        if isinstance(session, AISession):
            latest = list(session.messages.select_related("user").order_by("-sequence")[: LATEST + 1])
            context |= {"latest": latest[:LATEST][::-1], "more": len(latest) > LATEST, "most": LATEST}
        return super().render_change_form(request, context, *args, **kw)
