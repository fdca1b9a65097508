"""Views of previews and posted texts, and of the acts that post one (docs/api.md, *Texts*)."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.paging import PageQuery, each, page_response, page_schema
from fixes.lifecycle import By
from fixes.transitions import Source
from sessions.api.views import SessionView, session_tag
from sessions.models import AISession
from tickets import addenda, closing
from tickets.api import serializers
from tickets.closing import Closing
from tickets.closing_outcome import refuse_preview
from tickets.models import Kind, PostedText
from tickets.models.preview import BUILT_IN
from tickets.previews import preview_of
from tickets.targets import person_with_email


class PreviewView(SessionView):
    kind: Kind

    def preview(self, fields: dict[str, Any]) -> Response:
        inputs, language = serializers.inputs_in(fields), serializers.language_in(fields)
        session = self.target().select_related("account").get()
        refuse_preview(session, self.kind, inputs, self.user)
        preview, from_cache = preview_of(
            session, self.kind, user=self.user, inputs=inputs, language=language, writer=fields.get("writer")
        )
        body = serializers.preview_json(preview, from_cache=from_cache)
        return Response(body, headers={"ETag": session_tag(session)})


class NotePreview(PreviewView):
    kind = Kind.NOTE

    @extend_schema(
        operation_id="preview_resolution_note",
        summary="The resolution note as it would be posted",
        description="Posts nothing. Ask again while a model writes: `state` says how far it is.",
        request=serializers.NotePreviewBody,
        responses=serializers.TextPreview,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        return self.preview(self.body(serializers.NotePreviewBody))


class PackagePreview(PreviewView):
    kind = Kind.PACKAGE

    @extend_schema(
        operation_id="preview_escalation_package",
        summary="The escalation package as it would be posted",
        description="Posts nothing. Ask again while a model writes: `state` says how far it is.",
        request=serializers.PackagePreviewBody,
        responses=serializers.TextPreview,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        return self.preview(self.body(serializers.PackagePreviewBody))


class Texts(SessionView):
    query_class = PageQuery

    @extend_schema(
        operation_id="list_texts",
        summary="Posted notes and packages with their addenda, oldest first",
        parameters=[PageQuery],
        responses=page_schema(serializers.TextWithAddenda),
    )
    def get(self, request: Request, sid: UUID) -> Response:
        params = self.query_params()
        self.require_target()
        rows = PostedText.objects.filter(session_id=sid, account_id=self.account_id).exclude(kind=Kind.ADDENDUM)
        rows = rows.prefetch_related(Prefetch("addenda", PostedText.objects.order_by("state_version")))
        return page_response(self, rows, ("state_version", "id"), each(serializers.text_with_addenda_json), params)


class ClosingView(SessionView):
    """A view of an act that posts a text."""

    @property
    def by(self) -> By:
        return By(self.user, Source.API)

    def closing(self, fields: dict[str, Any]) -> Closing:
        return Closing(
            serializers.inputs_in(fields),
            language=serializers.language_in(fields),
            writer=fields.get("writer") or BUILT_IN,
            text=fields.get("text"),
            my_words=fields.get("my_words", False),
            to=person_with_email(fields["to"], self.account_id) if fields.get("to") is not None else None,
        )

    def closed_session(self) -> AISession:
        return self.sessions.get(pk=self.kwargs["sid"])


class Resolve(ClosingView):
    @extend_schema(
        operation_id="resolve_session",
        summary="Post the resolution note and resolve the session",
        description="Records what came of the current fix, posts the note and resolves the session, in one act.",
        request=serializers.ResolveBody,
        responses=serializers.ResolvedSession,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        text = closing.resolve(sid, self.closing(self.body(serializers.ResolveBody)), self.by, **self.act)
        session = self.closed_session()
        return Response(serializers.closed_json(session, text), headers={"ETag": session_tag(session)})


class Escalate(ClosingView):
    @extend_schema(
        operation_id="escalate_session",
        summary="Post the escalation package and queue the session for a colleague",
        description="Records what came of the current fix, posts the package and creates a handoff, in one act.",
        request=serializers.EscalateBody,
        responses=serializers.EscalatedSession,
    )
    def post(self, request: Request, sid: UUID) -> Response:
        handoff = closing.escalate(sid, self.closing(self.body(serializers.EscalateBody)), self.by, **self.act)
        session = self.closed_session()
        assert handoff.text
        body = serializers.closed_json(session, handoff.text, handoff)
        return Response(body, headers={"ETag": session_tag(session)})


class Addenda(ClosingView):
    """A view of the addenda of the text `tid`. If-Match is about the session's version."""

    def target(self) -> QuerySet[Any]:
        rows = PostedText.objects.filter(session_id=self.kwargs["sid"], account_id=self.account_id)
        return rows.filter(pk=self.kwargs["tid"])

    @extend_schema(
        operation_id="add_to_text",
        summary="Add to a posted text what its outcome has become since",
        description="Without `text`, what is posted is the addendum that the pages offer. 409 when nothing is.",
        request=serializers.AddendumBody,
        responses={201: serializers.Text},
    )
    def post(self, request: Request, sid: UUID, tid: UUID) -> Response:
        fields = self.body(serializers.AddendumBody)
        self.require_target()
        posted = addenda.post(
            sid,
            self.by,
            text=fields.get("text"),
            language=serializers.language_in(fields),
            my_words=fields.get("my_words", False),
            adds_to=tid,
            **self.act,
        )
        return Response(serializers.text_json(posted), 201, headers={"ETag": session_tag(self.closed_session())})
