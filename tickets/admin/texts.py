"""Shows posted texts in the admin, read-only: nothing changes a text that was posted."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin.tenancy import TenantAdmin
from accounts.admin.widgets import is_id
from common.text import is_visible
from sessions.models import AISession
from tickets.models import PostedText
from tickets.models.preview import BUILT_IN


class OfSessionAdmin(TenantAdmin):
    """Rows of sessions, found by the words of their session or by its id."""

    search_fields: ClassVar = ["session__title"]  # makes Django show the search field
    search_help_text = "Searches the session’s title, client, ticket and problem; or enter an id."

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not is_visible(search_term):
            return queryset, False
        if sessions := self._session_ids(search_term):
            return queryset.filter(session__in=sessions) | queryset.filter(pk__in=sessions), False
        return queryset.filter(session__in=AISession.objects.all().matching(search_term).values("pk")), False

    @staticmethod
    def _session_ids(term: str) -> list[str]:
        return [term.strip()] if is_id(term.strip()) else []

    @admin.display(description="ticket")
    def ticket(self, row: PostedText) -> str:
        return row.session.ticket_ref


@admin.register(PostedText)
class PostedTextAdmin(OfSessionAdmin):
    list_display = ["posted_at", "kind", "session", "ticket", "posted_by", "written_by", "language", "provisional"]
    list_select_related = ["session", "posted_by", "account"]
    list_filter = ["kind", "posted_at"]
    list_defer = [
        *("markdown", "sentences", "my_words", "session__problem_summary", "session__root_cause"),
        *("session__resolution_note", "session__escalation_package"),
    ]
    lookups = frozenset({"account__id__exact", "session__id__exact", "kind__exact", "posted_at__gte", "posted_at__lt"})
    ordering = ["-posted_at", "-id"]
    fieldsets: ClassVar = [
        (None, {"fields": ["session", "account", "kind", "adds_to", "posted_by", "posted_at"]}),
        ("Text", {"fields": ["as_posted", "language", "written_by", "provisional", "kept_words"]}),
    ]
    readonly_fields: ClassVar = ["as_posted", "written_by", "provisional", "kept_words"]

    @admin.display(description="written by")
    def written_by(self, text: PostedText) -> str:
        return {"": "the person", BUILT_IN: "the built-in writer"}.get(text.writer, text.writer)

    @admin.display(description="provisional", boolean=True)
    def provisional(self, text: PostedText) -> bool:
        return text.is_provisional

    @admin.display(description="text (markdown)")
    def as_posted(self, text: PostedText) -> SafeString:
        return format_html('<pre class="said" dir="auto">{}</pre>', text.markdown)

    @admin.display(description="the person’s own words")
    def kept_words(self, text: PostedText) -> SafeString | str:
        kept = ((each["sentence"] or each["excerpt"], each["reason"]) for each in text.my_words)
        rows = format_html_join("", '<li><span class="said" dir="auto">{}</span> – {}</li>', kept)
        return format_html("<ul>{}</ul>", rows) if rows else "None: the check warned of nothing."
