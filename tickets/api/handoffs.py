"""Views of handoffs and of the acts on them (docs/api.md, *Handoffs*)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Snapshot
from accounts.api.bodies import NoFields
from accounts.api.paging import each, page_response, page_schema
from fixes.lifecycle import By
from fixes.transitions import Source
from tickets import handoffs
from tickets.api import handoff_serializers as serializers
from tickets.models import Handoff, HandoffState
from tickets.queue.listing import order_of


def handoff_tag(handoff: Handoff) -> str:
    return etags.tag_of(handoff.pk, handoff.version)


class Handoffs(ApiView):
    query_class = serializers.HandoffQuery

    @extend_schema(
        operation_id="list_handoffs",
        summary="Escalations in one state",
        description="What waits longest comes first; of the claimed and returned ones, the latest.",
        parameters=[serializers.HandoffQuery],
        responses=page_schema(serializers.Handoff),
    )
    def get(self, request: Request) -> Response:
        params = self.query_params()
        state = HandoffState(params["state"])
        rows = Handoff.objects.visible_to(self.user).filter(state=state).select_related("text")
        return page_response(self, rows, order_of(state), each(serializers.handoff_json), params)


class HandoffView(ApiView):
    """A view of the handoff `hid`. If-Match is about its version."""

    def target(self) -> QuerySet[Any]:
        return Handoff.objects.visible_to(self.user).filter(pk=self.kwargs["hid"])

    def snapshot(self) -> Snapshot | None:
        handoff = self.target().select_related("text").first()
        return Snapshot("handoff", serializers.handoff_json(handoff), handoff_tag(handoff)) if handoff else None

    @property
    def act(self) -> dict[str, Any]:
        """The arguments that every act takes: actor, rows that they may touch, accepted versions."""
        version = etags.accepted_versions(self.request, self.kwargs["hid"])
        visible = Handoff.objects.visible_to(self.user).select_related("text")
        return {"by": By(self.user, Source.API), "version": version, "handoffs": visible}


def handoff_response(handoff: Handoff) -> Response:
    return Response(serializers.handoff_json(handoff), headers={"ETag": handoff_tag(handoff)})


class OneHandoff(HandoffView):
    @extend_schema(operation_id="get_handoff", summary="One escalation", responses=serializers.Handoff)
    def get(self, request: Request, hid: UUID) -> Response:
        handoff = self.target().select_related("text").get()
        return etags.conditional_response(request, handoff_tag(handoff), lambda: serializers.handoff_json(handoff))


class Claim(HandoffView):
    @extend_schema(
        operation_id="claim_handoff",
        summary="Take over the session",
        description="The session is active and the caller’s. Claiming one’s own claim again changes nothing.",
        request=None,
        responses=serializers.Handoff,
    )
    def post(self, request: Request, hid: UUID) -> Response:
        self.body(NoFields)
        return handoff_response(handoffs.claim(hid, **self.act))


class TakeBack(HandoffView):
    @extend_schema(
        operation_id="take_back_handoff",
        summary="Take back what nobody has claimed",
        description="For the person who escalated it, and for admins. The session is active again.",
        request=None,
        responses=serializers.Handoff,
    )
    def post(self, request: Request, hid: UUID) -> Response:
        self.body(NoFields)
        return handoff_response(handoffs.take_back(hid, **self.act))


class Ask(HandoffView):
    @extend_schema(
        operation_id="ask_originator",
        summary="Ask the person who escalated it",
        description="The question appears in the session’s page and in their notices.",
        request=serializers.QuestionBody,
        responses=serializers.Handoff,
    )
    def post(self, request: Request, hid: UUID) -> Response:
        question = self.body(serializers.QuestionBody).get("question")
        return handoff_response(handoffs.ask(hid, question, **self.act))


class GiveBack(HandoffView):
    @extend_schema(
        operation_id="return_handoff",
        summary="Return the session to the person who escalated it",
        request=serializers.ReasonBody,
        responses=serializers.Handoff,
    )
    def post(self, request: Request, hid: UUID) -> Response:
        reason = self.body(serializers.ReasonBody).get("reason")
        return handoff_response(handoffs.give_back(hid, reason, **self.act))


class Rate(HandoffView):
    @extend_schema(
        operation_id="rate_handoff",
        summary="Say whether the package was enough to start",
        description="For the person who claimed it. The latest rating counts.",
        request=serializers.RatingBody,
        responses=serializers.Handoff,
    )
    def post(self, request: Request, hid: UUID) -> Response:
        fields = self.body(serializers.RatingBody)
        rating = {
            "was_enough": fields["enough"],
            "missing": fields.get("missing") or (),
            "notes": fields.get("notes"),
        }
        return handoff_response(handoffs.rate(hid, **rating, **self.act))
