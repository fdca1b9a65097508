"""What is done to a fix: each act is one call of the lifecycle, which checks, writes and refuses."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from fixes import lifecycle
from fixes.api import rows, serializers
from fixes.api.rows import answer
from fixes.lifecycle import KEEP, By
from fixes.transitions import Source
from sessions.api.serializers import Reason


class ActView(rows.FixView):
    @property
    def act(self) -> dict[str, Any]:
        """Who acts, on which rows and which version, as every act of the lifecycle takes it."""
        version = etags.versions(self.request, self.kwargs["fid"])
        return {"by": By(self.user, Source.API), "version": version, "fixes": self.fixes}


class Apply(ActView):
    @extend_schema(
        operation_id="apply_fix",
        summary="Say that the fix was applied",
        description="Stamps `applied_at`, once; the status stays `proposed`.",
        request=None,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return answer(lifecycle.apply(fid, **self.act))


class Decide(ActView):
    @extend_schema(
        operation_id="decide_on_fix",
        summary="Choose which path is taken",
        request=serializers.Choice,
        responses=serializers.Fix,
    )
    def patch(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return answer(lifecycle.decide(fid, **self.body(serializers.Choice), **self.act))


class Record(ActView):
    @extend_schema(
        operation_id="record_outcome",
        summary="Record what came of the fix",
        description="Recording what already stands changes nothing and answers 200.",
        request=serializers.Outcome,
        responses=serializers.Fix,
    )
    def patch(self, request: Request, sid: UUID, fid: UUID) -> Response:
        given = {"follow_up_at": KEEP, **self.body(serializers.Outcome)}
        return answer(lifecycle.record(fid, **given, **self.act))


class Reopen(ActView):
    @extend_schema(
        operation_id="reopen_fix",
        summary="Take a verdict back",
        description="Whoever recorded it needs no reason within 10 minutes; anybody else, and later, does.",
        request=Reason,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return answer(lifecycle.reopen(fid, **self.body(Reason), **self.act))


class Propose(ActView):
    @extend_schema(
        operation_id="propose_outcome",
        summary="Note what the copilot thinks came of the fix",
        description="The status stays as it is until somebody confirms.",
        request=serializers.Thought,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        thought = {"reason": None, **self.body(serializers.Thought)}
        return answer(lifecycle.propose(fid, **thought, **self.act))


class Confirm(ActView):
    @extend_schema(
        operation_id="confirm_proposal",
        summary="Record what the copilot proposed",
        request=serializers.Confirmation,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return answer(lifecycle.confirm(fid, **self.body(serializers.Confirmation), **self.act))


class Reject(ActView):
    @extend_schema(
        operation_id="reject_proposal",
        summary="Clear what the copilot proposed",
        request=serializers.Rejection,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return answer(lifecycle.reject(fid, **self.body(serializers.Rejection), **self.act))
