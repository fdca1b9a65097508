from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.tenancy import MOST, TenantAdmin
from fixes.admin import bulk, export, page
from fixes.lifecycle import Fixes
from fixes.models import SuggestedFix
from fixes.search import matching


@admin.register(SuggestedFix)
class FixAdmin(TenantAdmin):
    """Lists fixes. Their own page (`fixes.admin.page`) corrects their content and records outcomes."""

    list_display = ["title", "status", "ticket", "client", "engineer", "follow_up_at", "is_current", "created_at"]
    list_select_related = ["session__owner", "account"]
    list_filter = ["status", "created_at"]
    list_defer = [
        *("description", "ai_drafted_script", "ai_drafted_parameters", "ai_outcome_proposal"),
        *("partial_notes", "pending_reason", "failure_reason"),
        *("session__problem_summary", "session__root_cause"),
        *("session__resolution_note", "session__escalation_package"),
    ]
    lookups = frozenset(
        {"account__id__exact", "session__id__exact", "status__exact", "created_at__gte", "created_at__lt"}
    )
    search_fields = ["title"]  # makes Django show the search field; `get_search_results` searches
    search_help_text = "Searches the title and the session’s title, client, ticket and problem; or enter an id."
    ordering = ["-created_at", "-id"]
    actions = [*bulk.ACTIONS, "export_selected"]

    def action_checkbox(self, fix: SuggestedFix) -> SafeString:
        box = super().action_checkbox(fix)
        return format_html('{}<input type="hidden" name="{}" value="{}:{}">', box, bulk.VERSION, fix.pk, fix.version)

    @admin.display(description="ticket")
    def ticket(self, fix: SuggestedFix) -> str:
        return fix.session.ticket_ref

    @admin.display(description="client")
    def client(self, fix: SuggestedFix) -> str:
        return fix.session.client_name

    @admin.display(description="engineer")
    def engineer(self, fix: SuggestedFix) -> str:
        return str(fix.session.owner)

    @admin.display(description="current", boolean=True)
    def is_current(self, fix: SuggestedFix) -> bool:
        return fix.is_current

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def get_search_results(self, request: HttpRequest, queryset: Fixes, search_term: str) -> tuple[Fixes, bool]:
        return matching(queryset, search_term, at_most=MOST), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("export/", view(self.export_list), name="fixes_suggestedfix_export"),
            *(
                path(f"<path:object_id>/{act}/", view(self.act_view), {"act": act}, name=f"fixes_suggestedfix_{act}")
                for act in ("record", "undo", "reopen")
            ),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.act_view(request, object_id, "edit")

    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        fix = self.get_object(request, unquote(object_id))
        if fix is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if request.method == "POST":
            return page.act(request, fix, act, self.get_queryset(request))
        return page.render(request, fix)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A fix has its own history, on its page."""
        return redirect("admin:fixes_suggestedfix_change", object_id)

    @admin.action(description="Export as CSV")
    def export_selected(self, request: HttpRequest, selected: Fixes) -> HttpResponseBase:
        return export.download(selected)

    def export_list(self, request: HttpRequest) -> HttpResponseBase:
        """The whole list as it is filtered and searched, however long."""
        query = request.GET.copy()
        typed = query.pop(SEARCH_VAR, [""])[-1]
        request.GET = query  # type: ignore[assignment]  # the list's own search stops at MOST
        try:
            listing = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect("admin:fixes_suggestedfix_changelist")
        return export.download(matching(listing.queryset, typed, at_most=None))
