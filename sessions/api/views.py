"""Views of sessions and their messages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Snapshot
from accounts.api.paging import PageQuery, each, page_response, page_schema
from common.refusals import InvalidInput
from common.search import TYPED_MAX
from common.text import clean_text
from sessions import acts, copilot, status, validation
from sessions.api import serializers
from sessions.models import AISession, Author, Message, SessionQuerySet


class SessionView(ApiView):
    """A view of the session `sid`. If-Match is about the session's version, unless a fix's view says otherwise."""

    def target(self) -> QuerySet[Any]:
        return self.sessions.filter(pk=self.kwargs["sid"])

    @property
    def sessions(self) -> SessionQuerySet:
        return AISession.objects.visible_to(self.user)

    def snapshot(self) -> Snapshot | None:
        session = self.sessions.filter(pk=self.kwargs["sid"]).first()
        return Snapshot("session", serializers.session_json(session), session_tag(session)) if session else None

    @property
    def act(self) -> dict[str, Any]:
        """The arguments that every act on a session takes: rows that the caller may touch, accepted versions."""
        return {"version": etags.accepted_versions(self.request, self.kwargs["sid"]), "sessions": self.sessions}


def session_tag(session: AISession) -> str:
    return etags.tag_of(session.pk, session.state_version)


def session_response(session: AISession, status: int = 200) -> Response:
    return Response(serializers.session_json(session), status, headers={"ETag": session_tag(session)})


class Sessions(ApiView):
    query_class = serializers.SessionQuery

    @extend_schema(
        operation_id="list_sessions",
        summary="Sessions of the account",
        parameters=[serializers.SessionQuery],
        responses=page_schema(serializers.Session),
    )
    def get(self, request: Request) -> Response:
        params = self.query_params()
        rows = AISession.objects.visible_to(self.user)
        if q := params.get("q"):
            words = clean_text(q, "q", max_length=TYPED_MAX)
            rows = rows.matching(words) if words else rows.none()
        if status := params.get("status"):
            rows = rows.filter(status=status)
        return page_response(self, rows, serializers.ORDERS[params["order"]], each(serializers.session_json), params)

    @extend_schema(
        operation_id="create_session",
        summary="Open a session; its owner is the caller",
        request=serializers.NewSession,
        responses={201: serializers.Session},
    )
    def post(self, request: Request) -> Response:
        session = acts.create(self.account_id, self.user, validation.validated(self.body(serializers.NewSession)))
        return session_response(session, status=201)


class OneSession(SessionView):
    @extend_schema(operation_id="get_session", summary="One session", responses=serializers.Session)
    def get(self, request: Request, sid: UUID) -> Response:
        session = self.target().get()
        return etags.conditional_response(request, session_tag(session), lambda: serializers.session_json(session))

    @extend_schema(
        operation_id="change_session",
        summary="Change title, problem, client, ticket or status",
        request=serializers.SessionChanges,
        responses=serializers.Session,
    )
    def patch(self, request: Request, sid: UUID) -> Response:
        fields = self.body(serializers.SessionChanges)
        new_status = {"status": fields["status"]} if "status" in fields else {}
        changes = validation.validated(fields) | new_status
        return session_response(acts.edit(sid, changes, user=self.user, **self.act))


class ReopenSession(SessionView):
    @extend_schema(
        operation_id="reopen_session",
        summary="Make a resolved, escalated or abandoned session active again",
        request=serializers.Reason,
        responses=serializers.Session,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        reason = self.body(serializers.Reason).get("reason")
        return session_response(status.reopen(sid, reason, user=self.user, **self.act))


class Messages(SessionView):
    query_class = PageQuery

    @extend_schema(
        operation_id="list_messages",
        summary="The conversation, oldest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.MessageWithAnswer),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        params = self.query_params()
        self.require_target()
        rows = Message.objects.filter(session_id=sid, account_id=self.account_id)
        return page_response(self, rows, ("sequence",), serializers.messages_json, params)

    @extend_schema(
        operation_id="post_message",
        summary="Post a message as the engineer, or as a copilot whose markers are run",
        request=serializers.NewMessage,
        responses={201: serializers.MessageWithAnswer},
    )
    def post(self, request: Request, sid: UUID) -> Response:
        fields = self.body(serializers.NewMessage)
        message = self._posted(sid, Author(_author_of(fields)), fields["content"], asks=fields.get("ask", False))
        (body,) = serializers.messages_json([message])
        version = AISession.objects.only("state_version").get(pk=sid)
        return Response(body, status=201, headers={"ETag": session_tag(version)})

    def _posted(self, sid: UUID, author: Author, content: str, *, asks: bool) -> Message:
        if author == Author.ASSISTANT:
            return acts.post_as_copilot(sid, content, **self.act)
        message = acts.post(sid, author, content, user=self.user, asks=asks, **self.act)
        if asks:
            copilot.registered().write_answers(sid)
        return message


def _author_of(fields: dict[str, Any]) -> str:
    """Return who writes. Raises InvalidInput for anyone but an engineer or a copilot, and for a copilot that asks."""
    author = str(fields.get("author", Author.ENGINEER))
    if author not in {Author.ENGINEER, Author.ASSISTANT}:
        raise InvalidInput(author="Send “engineer” or “assistant”. Only the product posts as the system.")
    if author == Author.ASSISTANT and fields.get("ask"):
        raise InvalidInput(ask="Only an engineer’s message can ask FlowPilot.")
    return author
