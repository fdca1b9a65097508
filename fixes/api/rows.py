"""Which fixes a call may see or touch, and in what order lists have them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Standing
from fixes.api import serializers
from fixes.models import SuggestedFix
from fixes.models.queries import SuggestedFixQuerySet, messages_since_asked
from sessions.api.views import SessionView

NEWEST = ("-created_at", "-id")


def visible(view: ApiView) -> SuggestedFixQuerySet:
    return SuggestedFix.objects.visible_to(view.user)


def shown(fixes: QuerySet[SuggestedFix]) -> QuerySet[SuggestedFix]:
    """With all that their JSON needs, in one query."""
    return fixes.select_related("session").annotate(messages_since=messages_since_asked())


def fix_tag(fix: SuggestedFix) -> str:
    return etags.tag_of(fix.pk, fix.version)


def answer(fix: SuggestedFix, status: int = 200) -> Response:
    return Response(serializers.fix_json(fix), status, headers={"ETag": fix_tag(fix)})


def standing(fix: SuggestedFix) -> Standing:
    return "fix", serializers.fix_json(fix), fix_tag(fix)


class SessionFixesView(SessionView):
    """Of the fixes of one session, `sid`."""

    @property
    def fixes(self) -> SuggestedFixQuerySet:
        return visible(self).filter(session_id=self.kwargs["sid"])


class FixView(SessionFixesView):
    """Of one of them, `fid`."""

    def named(self) -> QuerySet[Any]:
        return self.fixes.filter(pk=self.kwargs["fid"])

    def standing(self) -> Standing:
        return standing(shown(self.named()).get())
