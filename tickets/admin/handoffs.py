"""Shows handoffs in the admin, read-only. The queue's pages and the API claim and return them."""

from typing import ClassVar

from django.contrib import admin

from tickets.admin.texts import OfSessionAdmin
from tickets.models import Handoff


@admin.register(Handoff)
class HandoffAdmin(OfSessionAdmin):
    list_display = ["created_at", "state", "session", "ticket", "from_user", "target", "claimed_by", "was_enough"]
    list_select_related = ["session", "from_user", "target", "claimed_by", "account"]
    list_filter = ["state", "created_at"]
    list_defer = [
        *("question", "return_reason", "missing_notes", "session__problem_summary", "session__root_cause"),
        *("session__resolution_note", "session__escalation_package"),
    ]
    lookups = frozenset(
        {"account__id__exact", "session__id__exact", "state__exact", "created_at__gte", "created_at__lt"}
    )
    ordering = ["-created_at", "-id"]
    fieldsets: ClassVar = [
        (None, {"fields": ["session", "account", "from_user", "target", "text", "question", "created_at"]}),
        ("State", {"fields": ["state", "claimed_by", "claimed_at", "ended_at", "return_reason"]}),
        ("Rating", {"fields": ["was_enough", "missing", "missing_notes", "rated_at"]}),
    ]
