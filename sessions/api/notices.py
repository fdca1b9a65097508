"""Views of the caller’s notices (docs/reminders.md)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ApiView
from accounts.api.bodies import NoFields
from accounts.api.paging import each, page_response, page_schema
from sessions import notices
from sessions.api import serializers


class Notices(ApiView):
    query_class = serializers.NoticeQuery

    @extend_schema(
        operation_id="list_notices",
        summary="The caller's notices, newest first",
        parameters=[serializers.NoticeQuery],
        responses=page_schema(serializers.Notice),
    )
    def get(self, request: Request) -> Response:
        params = self.query_params()
        rows = notices.of(self.user)
        if params["unread"]:
            rows = rows.filter(read_at=None)
        return page_response(self, rows, ("-created_at", "-id"), each(serializers.notice_json), params)


class ReadNotice(ApiView):
    def target(self) -> QuerySet[Any]:
        return notices.of(self.user).filter(pk=self.kwargs["nid"])

    @extend_schema(
        operation_id="read_notice",
        summary="Mark one of the caller's notices as read",
        description="Takes no body, or `{}`. One that was read already stays as it is.",
        request=None,
        responses=serializers.Notice,
    )
    def post(self, request: Request, nid: UUID) -> Response:
        self.body(NoFields)
        return Response(serializers.notice_json(notices.mark_read(self.user, nid)))
