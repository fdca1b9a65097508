"""Queries for fixes that more than one edge uses, as methods of the model's manager."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from fixes.models.template import ScriptTemplate
from sessions.models import Author, Message

if TYPE_CHECKING:
    from fixes.models.fix import SuggestedFix  # noqa: F401


def due_order() -> Coalesce:
    """Return the board's order: by check-by time, fixes without one last."""
    return Coalesce("follow_up_at", Cast(Value("infinity"), models.DateTimeField()))


class SuggestedFixQuerySet(models.QuerySet["SuggestedFix"]):
    def visible_to(self, user: User) -> "SuggestedFixQuerySet":
        """Return the fixes of the person's account; none for a person without an account."""
        return self.filter(account_id=user.account_id) if user.account_id else self.none()

    def current(self) -> "SuggestedFixQuerySet":
        return self.filter(superseded_at=None)

    def awaiting(self) -> "SuggestedFixQuerySet":
        """Return every fix that awaits verification, replaced by a newer one or not."""
        return self.filter(status="applied_pending")

    def overdue(self, now: datetime) -> "SuggestedFixQuerySet":
        """Return the fixes for which `SuggestedFix.is_overdue` is true, through the index `fixes_board`."""
        return self.awaiting().alias(due=due_order()).filter(due__lt=now)

    def with_banner(self) -> "SuggestedFixQuerySet":
        """Select everything that a banner needs except the session, which most callers already have."""
        return self.select_related("status_changed_by", "script_template").defer(
            *columns_besides(User, "status_changed_by", SHOWN_OF_A_PERSON),
            *columns_besides(ScriptTemplate, "script_template", {"name", "body"}),
        )


SHOWN_OF_A_PERSON = {"display_name", "email"}
"""The columns that are read to show a person's name."""


def columns_besides(model: type[models.Model], path: str, read: set[str]) -> list[str]:
    """Return the unread columns of a joined row, for `defer`: loading each costs time."""
    return [f"{path}__{field.name}" for field in model._meta.concrete_fields if field.name not in {*read, "id"}]


ASKED_AT = ("applied_at", "status_changed_at", "proposal_rejected_at")
"""The banner last asked at the latest of these (docs/banner.md, *Nudge*)."""


def messages_since_asked() -> Coalesce:
    """Count the messages that engineers wrote since the banner last asked, as `SuggestedFix.messages_since` does."""
    asked = models.functions.Greatest(*map(models.OuterRef, ASKED_AT))
    written = (
        Message.objects.filter(session=models.OuterRef("session"), author=Author.ENGINEER, created_at__gt=asked)
        .order_by()
        .values("session")
        .annotate(count=models.Count("*"))
        .values("count")
    )
    return Coalesce(models.Subquery(written, output_field=models.IntegerField()), 0)
