"""Views that read fixes and their history, and the one that suggests a fix."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Snapshot
from accounts.api.paging import PageQuery, each, page_response, page_schema
from fixes import lifecycle
from fixes.api import rows, serializers
from fixes.board.order import BY_DUE
from fixes.lifecycle import By
from fixes.models import FixEvent
from fixes.transitions import Source


class SuggestedFixes(rows.SessionFixesView):
    query_class = PageQuery

    @extend_schema(
        operation_id="list_fixes",
        summary="Fixes suggested in a session, newest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.Fix),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        params = self.query_params()
        self.require_target()
        return page_response(
            self, rows.with_json_columns(self, self.fixes), rows.NEWEST, each(serializers.fix_json), params
        )

    @extend_schema(
        operation_id="suggest_fix",
        summary="Suggest a fix; the one before it is superseded",
        request=serializers.NewFix,
        responses={201: serializers.Fix},
    )
    def post(self, request: Request, sid: UUID) -> Response:
        fields = self.body(serializers.NewFix)
        again = fields.pop("again", False)
        fix = lifecycle.suggest(sid, fields, By(self.user, Source.API), again=again, **self.act)
        return rows.fix_response(fix, status=201)


class ActiveFix(rows.SessionFixesView):
    @extend_schema(
        operation_id="get_active_fix",
        summary="The current fix, whatever its status",
        description="404 only if none was ever suggested in this session.",
        responses=serializers.Fix,
    )
    def get(self, request: Request, sid: UUID) -> Response:
        fix = self.current()
        if fix is None:
            raise NotFound
        return etags.conditional_response(request, rows.fix_tag(fix), lambda: serializers.fix_json(fix))

    def snapshot(self) -> Snapshot | None:
        return rows.fix_snapshot(self.current())


class OneFix(rows.FixView):
    @extend_schema(operation_id="get_fix", summary="One fix", responses=serializers.Fix)
    def get(self, request: Request, sid: UUID, fid: UUID) -> Response:
        fix = rows.with_json_columns(self, self.target()).get()
        return etags.conditional_response(request, rows.fix_tag(fix), lambda: serializers.fix_json(fix))


class FixEvents(rows.FixView):
    query_class = PageQuery

    @extend_schema(
        operation_id="list_events",
        summary="A fix's history, oldest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.Event),
    )
    def get(self, request: Request, sid: UUID, fid: UUID) -> Response:
        params = self.query_params()
        self.require_target()
        events = FixEvent.objects.filter(fix_id=fid)
        return page_response(self, events, ("state_version", "position"), each(serializers.event_json), params)


class PendingFixes(ApiView):
    query_class = serializers.PendingQuery

    @extend_schema(
        operation_id="list_pending_fixes",
        summary="The account's fixes that await verification, by check-by time",
        parameters=[serializers.PendingQuery],
        responses=page_schema(serializers.Fix),
    )
    def get(self, request: Request) -> Response:
        params = self.query_params()
        fixes = rows.visible_fixes(self)
        waiting = fixes.overdue(timezone.now()) if params["overdue"] else fixes.awaiting()
        return page_response(self, rows.with_json_columns(self, waiting), BY_DUE, each(serializers.fix_json), params)
