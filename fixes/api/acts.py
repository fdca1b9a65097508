"""Views of the acts on a fix. Each calls one function of the lifecycle, which checks, writes and refuses."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.bodies import NoFields
from common.refusals import InvalidInput
from fixes import lifecycle
from fixes.api import rows, serializers
from fixes.api.rows import fix_response
from fixes.evidence import with_counts
from fixes.lifecycle import KEEP, By
from fixes.transitions import Source


class ActView(rows.FixView):
    @property
    def act(self) -> dict[str, Any]:
        """The arguments that every act of the lifecycle takes: actor, rows that they may touch, accepted versions."""
        version = etags.accepted_versions(self.request, self.kwargs["fid"])
        fixes = with_counts(self.fixes, self.account_id)  # for the answer: an act needs no statement more for it
        return {"by": By(self.user, Source.API), "version": version, "fixes": fixes}


class Apply(ActView):
    @extend_schema(
        operation_id="apply_fix",
        summary="Mark the fix as applied",
        description="Stamps `applied_at`, once; the status stays `proposed`. Takes no body, or `{}`.",
        request=None,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        self.body(NoFields)
        return fix_response(lifecycle.apply(fid, **self.act))


class Decide(ActView):
    @extend_schema(
        operation_id="decide_on_fix",
        summary="Choose a path",
        request=serializers.DecisionBody,
        responses=serializers.Fix,
    )
    def patch(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return fix_response(lifecycle.decide(fid, **self.body(serializers.DecisionBody), **self.act))


class Record(ActView):
    @extend_schema(
        operation_id="record_outcome",
        summary="Record the outcome of the fix",
        description="Recording the same outcome again changes nothing and answers 200.",
        request=serializers.OutcomeBody,
        responses=serializers.Fix,
    )
    def patch(self, request: Request, sid: UUID, fid: UUID) -> Response:
        fields = {"follow_up_at": KEEP, **self.body(serializers.OutcomeBody)}
        return fix_response(lifecycle.record(fid, **fields, **self.act))


class Snooze(ActView):
    @extend_schema(
        operation_id="snooze_check",
        summary="Move the check-by time of a fix that awaits verification",
        description="The reason stays. Any other status is 409 `illegal_transition`.",
        request=serializers.SnoozeBody,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return fix_response(lifecycle.snooze(fid, **self.body(serializers.SnoozeBody), **self.act))


class Reopen(ActView):
    @extend_schema(
        operation_id="reopen_fix",
        summary="Reopen the fix, or undo its outcome",
        description="Reopening needs a reason, but for the person who recorded the outcome in the last 10 minutes. "
        "With `undo: true` that person takes back any outcome of theirs, those of an open fix included.",
        request=serializers.ReopenBody,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        fields = self.body(serializers.ReopenBody)
        if not fields.pop("undo", False):
            return fix_response(lifecycle.reopen(fid, **fields, **self.act))
        if fields.get("reason") is not None:
            raise InvalidInput(reason="An undo takes no reason. Leave out either of the two.")
        return fix_response(lifecycle.undo(fid, **self.act))


class Propose(ActView):
    @extend_schema(
        operation_id="propose_outcome",
        summary="Propose an outcome, as the copilot",
        description="The status stays as it is until someone confirms the proposal.",
        request=serializers.ProposalBody,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        proposal = {"reason": None, **self.body(serializers.ProposalBody)}
        return fix_response(lifecycle.propose(fid, **proposal, **self.act))


class Confirm(ActView):
    @extend_schema(
        operation_id="confirm_proposal",
        summary="Confirm the copilot's proposal",
        request=serializers.ConfirmBody,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return fix_response(lifecycle.confirm(fid, **self.body(serializers.ConfirmBody), **self.act))


class Reject(ActView):
    @extend_schema(
        operation_id="reject_proposal",
        summary="Reject the copilot's proposal",
        request=serializers.RejectBody,
        responses=serializers.Fix,
    )
    def post(self, request: Request, sid: UUID, fid: UUID) -> Response:
        return fix_response(lifecycle.reject(fid, **self.body(serializers.RejectBody), **self.act))
