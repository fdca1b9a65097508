"""Views of FlowPilot's answers (docs/api.md)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.bodies import NoFields
from accounts.api.fields import ChoiceField
from flowpilot import answers
from flowpilot.copilot import FlowPilot, answer_json
from flowpilot.models import Answer
from flowpilot.models.answer import BUILT_IN
from sessions.api.serializers import AnswerOfMessage
from sessions.api.views import SessionView


class Retry(serializers.Serializer):
    provider = ChoiceField([BUILT_IN], required=False, help_text="`built-in` asks the built-in copilot instead.")


class AnswerView(SessionView):
    """A view of the answer `aid` of the session `sid`."""

    def target(self) -> QuerySet[Any]:
        sessions = self.sessions.filter(pk=self.kwargs["sid"])
        return Answer.objects.filter(session__in=sessions, pk=self.kwargs["aid"])

    def snapshot(self) -> None:
        """An answer has no version: stopping and asking again are safe to repeat."""
        return


class OneAnswer(AnswerView):
    @extend_schema(operation_id="get_answer", summary="FlowPilot’s answer", responses=AnswerOfMessage)
    def get(self, request: Request, sid: UUID, aid: UUID) -> Response:
        return Response(answer_json(self.target().get()))


class StopAnswer(AnswerView):
    @extend_schema(
        operation_id="stop_answer",
        summary="Stop an answer that waits or is being written",
        request=None,
        responses=AnswerOfMessage,
    )
    def post(self, request: Request, sid: UUID, aid: UUID) -> Response:
        self.body(NoFields)
        answer = answers.stop(aid, sessions=self.sessions.filter(pk=sid))
        FlowPilot().go_on(answer)
        return Response(answer_json(answer))


class RetryAnswer(AnswerView):
    @extend_schema(
        operation_id="retry_answer",
        summary="Ask again for an answer that failed or was stopped",
        request=Retry,
        responses=AnswerOfMessage,
    )
    def post(self, request: Request, sid: UUID, aid: UUID) -> Response:
        provider = self.body(Retry).get("provider")
        answer = answers.retry(aid, sessions=self.sessions.filter(pk=sid), provider=provider)
        FlowPilot().go_on(answer)
        return Response(answer_json(self.target().get()))
