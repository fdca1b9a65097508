"""Reading fixes and their history; suggesting one."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Standing
from accounts.api.paging import PageQuery, page_of, page_schema, query
from fixes import lifecycle
from fixes.api import rows, serializers
from fixes.board.order import BY_DUE
from fixes.lifecycle import By
from fixes.models import FixEvent, SuggestedFix
from fixes.transitions import Source


class SuggestedFixes(rows.SessionFixesView):
    @extend_schema(
        operation_id="list_fixes",
        summary="Fixes suggested in a session, newest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.Fix),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        asked = query(self)
        self.refuse_unless_there()
        return page_of(self, rows.shown(self.fixes), rows.NEWEST, serializers.fix_json, asked)

    @extend_schema(
        operation_id="suggest_fix",
        summary="Suggest a fix; the one before it is superseded",
        request=serializers.NewFix,
        responses={201: serializers.Fix},
    )
    def post(self, request: Request, sid: UUID) -> Response:
        suggestion = self.body(serializers.NewFix)
        return rows.answer(lifecycle.suggest(sid, suggestion, By(self.user, Source.API), **self.act), status=201)


class ActiveFix(rows.SessionFixesView):
    @extend_schema(
        operation_id="get_active_fix",
        summary="The current fix, whatever its status",
        description="404 only if none was ever suggested in this session.",
        responses=serializers.Fix,
    )
    def get(self, request: Request, sid: UUID) -> Response:
        fix = self.current()
        return etags.conditional(request, rows.fix_tag(fix), lambda: serializers.fix_json(fix))

    def current(self) -> SuggestedFix:
        fix = rows.shown(self.fixes.current()).first()
        if fix is None:
            raise NotFound
        return fix

    def standing(self) -> Standing:
        return rows.standing(self.current())


class OneFix(rows.FixView):
    @extend_schema(operation_id="get_fix", summary="One fix", responses=serializers.Fix)
    def get(self, request: Request, sid: UUID, fid: UUID) -> Response:
        fix = rows.shown(self.named()).get()
        return etags.conditional(request, rows.fix_tag(fix), lambda: serializers.fix_json(fix))


class FixEvents(rows.FixView):
    @extend_schema(
        operation_id="list_events",
        summary="A fix's history, oldest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.Event),
    )
    def get(self, request: Request, sid: UUID, fid: UUID) -> Response:
        asked = query(self)
        self.refuse_unless_there()
        events = FixEvent.objects.filter(fix_id=fid)
        return page_of(self, events, ("state_version", "position"), serializers.event_json, asked)


class PendingFixes(ApiView):
    @extend_schema(
        operation_id="list_pending_fixes",
        summary="The account's fixes that await verification, by check-by time",
        parameters=[serializers.PendingQuery],
        responses=page_schema(serializers.Fix),
    )
    def get(self, request: Request) -> Response:
        asked = query(self, serializers.PendingQuery)
        visible = rows.visible(self)
        waiting = visible.overdue(timezone.now()) if asked["overdue"] else visible.awaiting()
        return page_of(self, rows.shown(waiting), BY_DUE, serializers.fix_json, asked)
