"""The fixes that a call may see or change, and how they are answered."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Snapshot
from fixes.api import serializers
from fixes.evidence import with_counts
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet, messages_since_asked
from sessions.api.views import SessionView

NEWEST = ("-created_at", "-id")


def visible_fixes(view: ApiView) -> SuggestedFixQuerySet:
    return SuggestedFix.objects.visible_to(view.user)


def with_json_columns(view: ApiView, fixes: QuerySet[SuggestedFix]) -> QuerySet[SuggestedFix]:
    """Fetch everything that the fixes' JSON needs in the same query."""
    counted = with_counts(fixes, view.account_id)
    return counted.select_related("session").annotate(messages_counted=messages_since_asked())


def fix_tag(fix: SuggestedFix) -> str:
    return etags.tag_of(fix.pk, fix.version)


def fix_response(fix: SuggestedFix, status: int = 200) -> Response:
    return Response(serializers.fix_json(fix), status, headers={"ETag": fix_tag(fix)})


def fix_snapshot(fix: SuggestedFix | None) -> Snapshot | None:
    return Snapshot("fix", serializers.fix_json(fix), fix_tag(fix)) if fix else None


class SessionFixesView(SessionView):
    """A view of the fixes of the session `sid`."""

    @property
    def fixes(self) -> SuggestedFixQuerySet:
        return visible_fixes(self).filter(session_id=self.kwargs["sid"])

    def current(self) -> SuggestedFix | None:
        return with_json_columns(self, self.fixes.current()).first()


class FixView(SessionFixesView):
    """A view of the fix `fid`."""

    def target(self) -> QuerySet[Any]:
        return self.fixes.filter(pk=self.kwargs["fid"])

    def snapshot(self) -> Snapshot | None:
        return fix_snapshot(with_json_columns(self, self.target()).first())
