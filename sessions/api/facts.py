"""Views of what is known in a session (docs/api.md, *What is known*)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.bodies import NoFields
from accounts.api.paging import each, page_response, page_schema
from sessions import facts
from sessions.api import serializers
from sessions.api.views import SessionView, session_tag
from sessions.models import Fact


def fact_response(fact: Fact, status: int = 200) -> Response:
    return Response(serializers.fact_json(fact), status, headers={"ETag": session_tag(fact.session)})


class Facts(SessionView):
    query_class = serializers.FactQuery

    @extend_schema(
        operation_id="list_facts",
        summary="What is known in a session, oldest first",
        parameters=[serializers.FactQuery],
        responses=page_schema(serializers.Fact),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        params = self.query_params()
        self.require_target()
        rows = Fact.objects.filter(session_id=sid, account_id=self.account_id)
        rows = rows.filter(deleted_at__isnull=not params["removed"])
        return page_response(self, rows, ("created_at", "id"), each(serializers.fact_json), params)

    @extend_schema(
        operation_id="add_fact",
        summary="Add a fact",
        request=serializers.NewFact,
        responses={201: serializers.Fact},
    )
    def post(self, request: Request, sid: UUID) -> Response:
        fields = self.body(serializers.NewFact)
        source = fields.get("source_message_id")
        fact = facts.add(sid, fields["text"], fields["kind"], user=self.user, source=source, **self.act)
        return fact_response(fact, status=201)


class OneFact(SessionView):
    """A view of the fact `fact`. If-Match is about the session's version."""

    def target(self) -> QuerySet[Any]:
        rows = Fact.objects.filter(session_id=self.kwargs["sid"], account_id=self.account_id)
        return rows.filter(pk=self.kwargs["fact"])

    @extend_schema(
        operation_id="change_fact",
        summary="Change text or kind of a fact, remove or restore it",
        request=serializers.FactChanges,
        responses=serializers.Fact,
    )
    def patch(self, request: Request, sid: UUID, fact: UUID) -> Response:
        changes: facts.Changes = self.body(serializers.FactChanges)  # type: ignore[assignment]  # checked by its shape
        return fact_response(facts.change(sid, fact, changes, user=self.user, **self.act))

    @extend_schema(
        operation_id="remove_fact",
        summary="Remove a fact; PATCH with removed=false restores it",
        request=None,
        responses={200: serializers.Fact},
    )
    def delete(self, request: Request, sid: UUID, fact: UUID) -> Response:
        self.body(NoFields)
        return fact_response(facts.change(sid, fact, {"removed": True}, user=self.user, **self.act))
