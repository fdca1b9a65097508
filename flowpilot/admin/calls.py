"""What was sent to a model and what came back, for admins to read and rate (docs/admin.md)."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin.tenancy import TenantAdmin
from accounts.staff import may_enter, staff
from common.fields import CleanField
from flowpilot.admin.call_words import OutcomeFilter, outcome_of
from flowpilot.calls import SENT
from flowpilot.models import ModelCall, Rating

COMMENT_MAX = 4_000
RESPONSE = ("came_of_it", "tokens_sent", "tokens_received", "took", "received")


class RatingForm(ModelForm):
    rating = forms.ChoiceField(
        label="Was the answer good?",
        required=False,
        choices=[("", "Not rated"), *Rating.choices],
        widget=forms.RadioSelect,
    )
    comment = CleanField(
        required=False, max_length=COMMENT_MAX, widget=AdminTextareaWidget, help_text="What was good or bad about it."
    )

    def clean_rating(self) -> str | None:
        return self.cleaned_data["rating"] or None


@admin.register(ModelCall)
class ModelCallAdmin(TenantAdmin):
    form = RatingForm
    list_display = [
        "created_at",
        "model",
        "purpose",
        "came_of_it",
        "session",
        "tokens_sent",
        "tokens_received",
        "took",
        "rating",
    ]
    list_select_related = ["session", "account", "answer"]
    list_filter = [OutcomeFilter, "purpose", "rating"]
    list_defer = ["request", "response", "comment", "answer__text", "answer__remarks"]
    lookups = frozenset({"account__id__exact", "came", "purpose__exact", "rating__exact"})
    search_fields = searched = ["model", "comment"]
    search_help_text = "Searches model and comment; or enter an id."
    ordering = ["-created_at", "-id"]
    fieldsets: ClassVar = [
        (None, {"fields": ["rating", "comment", "rated_by"]}),
        ("Request", {"fields": ["session", "account", "model", "purpose", "attempt", "created_at", "sent"]}),
        ("Response", {"fields": RESPONSE}),
    ]
    readonly_fields: ClassVar = [
        *("rated_by", "session", "account", "model", "purpose", "attempt", "created_at", "sent"),
        *RESPONSE,
    ]

    @admin.display(description="what came of it")
    def came_of_it(self, call: ModelCall) -> str:
        return outcome_of(call)

    @admin.display(description="tokens sent")
    def tokens_sent(self, call: ModelCall) -> str:
        return f"{'about ' if call.outcome == SENT else ''}{call.tokens_in:,}"

    @admin.display(description="tokens received")
    def tokens_received(self, call: ModelCall) -> str | None:
        return None if call.outcome == SENT else f"{call.tokens_out:,}"

    @admin.display(description="time")
    def took(self, call: ModelCall) -> str | None:
        return None if call.outcome == SENT else f"{call.milliseconds / 1000:,.1f} s"

    @admin.display(description="sent, with secrets masked")
    def sent(self, call: ModelCall) -> SafeString:
        messages = ((message["role"], message["content"]) for message in call.request)
        return format_html_join("", '<p><b>{}</b></p><pre class="said" tabindex="0">{}</pre>', messages)

    @admin.display(description="received, with secrets masked")
    def received(self, call: ModelCall) -> SafeString:
        return (
            format_html('<pre class="said" tabindex="0">{}</pre>', call.response) if call.response else SafeString("")
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request.user)

    def save_model(self, request: HttpRequest, obj: ModelCall, form: ModelForm, change: bool) -> None:
        is_rated = bool(obj.rating or obj.comment)
        obj.rated_by = staff(request) if is_rated else None
        obj.save(update_fields=["rating", "comment", "rated_by"])
