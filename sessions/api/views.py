"""Sessions, their messages and their reopening."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import etags
from accounts.api.base import ApiView, Standing
from accounts.api.paging import PageQuery, page_of, page_schema, query
from common.refusals import InvalidInput
from common.search import TYPED_MAX
from common.text import clean_text
from sessions import acts, status, validation
from sessions.api import serializers
from sessions.models import AISession, Author, Message, SessionQuerySet


class SessionView(ApiView):
    """Of one session, `sid`. What If-Match names here is the session's version, unless a fix's view says otherwise."""

    def named(self) -> QuerySet[Any]:
        return self.sessions.filter(pk=self.kwargs["sid"])

    @property
    def sessions(self) -> SessionQuerySet:
        return AISession.objects.visible_to(self.user)

    def standing(self) -> Standing:
        session = self.named().get()
        return "session", serializers.session_json(session), session_tag(session)

    @property
    def act(self) -> dict[str, Any]:
        """On which rows and which version, as every act on a session takes it."""
        return {"version": etags.versions(self.request, self.kwargs["sid"]), "sessions": self.sessions}


def session_tag(session: AISession) -> str:
    return etags.tag_of(session.pk, session.state_version)


def answer(session: AISession, status: int = 200) -> Response:
    return Response(serializers.session_json(session), status, headers={"ETag": session_tag(session)})


class Sessions(ApiView):
    @extend_schema(
        operation_id="list_sessions",
        summary="Sessions of the account, the latest touched first",
        parameters=[serializers.SessionQuery],
        responses=page_schema(serializers.Session),
    )
    def get(self, request: Request) -> Response:
        asked = query(self, serializers.SessionQuery)
        rows = AISession.objects.visible_to(self.user)
        if words := clean_text(asked.get("q"), "q", max_length=TYPED_MAX):
            rows = rows.matching(words)
        if status := asked.get("status"):
            rows = rows.filter(status=status)
        return page_of(self, rows, ("-updated_at", "-id"), serializers.session_json, asked)

    @extend_schema(
        operation_id="create_session",
        summary="Open a session; its owner is the caller",
        request=serializers.NewSession,
        responses={201: serializers.Session},
    )
    def post(self, request: Request) -> Response:
        session = acts.begin(self.account_id, self.user, validation.checked(self.body(serializers.NewSession)))
        return answer(session, status=201)


class OneSession(SessionView):
    @extend_schema(operation_id="get_session", summary="One session", responses=serializers.Session)
    def get(self, request: Request, sid: UUID) -> Response:
        session = self.named().get()
        return etags.conditional(request, session_tag(session), lambda: serializers.session_json(session))

    @extend_schema(
        operation_id="change_session",
        summary="Change title, problem, client, ticket or status",
        request=serializers.SessionChanges,
        responses=serializers.Session,
    )
    def patch(self, request: Request, sid: UUID) -> Response:
        given = self.body(serializers.SessionChanges)
        new_status = {"status": given["status"]} if "status" in given else {}
        return answer(acts.edit(sid, validation.checked(given) | new_status, user=self.user, **self.act))


class ReopenSession(SessionView):
    @extend_schema(
        operation_id="reopen_session",
        summary="Make a resolved, escalated or abandoned session active again",
        request=serializers.Reason,
        responses=serializers.Session,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        reason = self.body(serializers.Reason).get("reason")
        return answer(status.reopen(sid, reason, user=self.user, **self.act))


class Messages(SessionView):
    @extend_schema(
        operation_id="list_messages",
        summary="The conversation, oldest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.SessionMessage),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        asked = query(self)
        self.refuse_unless_there()
        rows = Message.objects.filter(session_id=sid, account_id=self.account_id)
        return page_of(self, rows, ("sequence",), serializers.message_json, asked)

    @extend_schema(
        operation_id="post_message",
        summary="Write in the session, as the engineer",
        request=serializers.NewMessage,
        responses={201: serializers.PostedMessage},
    )
    def post(self, request: Request, sid: UUID) -> Response:
        given = self.body(serializers.NewMessage)
        if given.get("author", Author.ENGINEER) != Author.ENGINEER:
            raise InvalidInput(author="Only “engineer”: FlowPilot and the system write their messages themselves.")
        message = acts.post(sid, Author.ENGINEER, given["content"], user=self.user, **self.act)
        body = {**serializers.message_json(message), "effects": []}
        return Response(body, status=201, headers={"ETag": session_tag(message.session)})
