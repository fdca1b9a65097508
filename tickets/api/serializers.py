"""Texts as the API reads and writes them (docs/api.md)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import ChoiceField, FlagField, RowSerializer, TextField, TimeField
from fixes.transitions import OUTCOMES, Status
from sessions.api.serializers import Session, session_json
from sessions.models import AISession
from tickets.bundle import ClosingInput
from tickets.models import Handoff, Kind, Language, PostedText, Preview, PreviewState
from tickets.models.preview import BUILT_IN
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown

NOTES = "At most 4,000 characters."


class Sentence(serializers.Serializer):
    text = serializers.CharField()
    cites = serializers.ListField(child=serializers.CharField(), help_text="Ids of the statements that it rests on.")
    refused = serializers.CharField(
        allow_null=True, help_text="Why this sentence of a model isn’t posted; the one after it stands in its place."
    )


class TextPreview(serializers.Serializer):
    kind = serializers.ChoiceField(Kind.choices)
    markdown = serializers.CharField()
    state_version = serializers.IntegerField(help_text="The session’s, which it describes.")
    from_cache = serializers.BooleanField()
    writer = serializers.CharField(help_text="`built-in`, or the model’s name.")
    language = serializers.ChoiceField(Language.choices)
    sentences = Sentence(many=True)
    state = serializers.ChoiceField(
        PreviewState.choices,
        help_text="`waiting` and `writing`: a model is at it, and the text is the built-in one until then. Ask again.",
    )
    error = serializers.CharField(allow_null=True, help_text="Why the model failed.")


class PostedSentence(serializers.Serializer):
    text = serializers.CharField()
    cites = serializers.ListField(child=serializers.CharField())


class OwnWords(serializers.Serializer):
    """What the honesty check warned of."""

    sentence = serializers.CharField()
    excerpt = serializers.CharField()
    reason = serializers.CharField()
    instead = serializers.CharField()


@extend_schema_field(PostedSentence(many=True))
class SentencesField(serializers.JSONField):
    """The sentences of a posted text, which are stored as JSON with more of them."""

    def to_representation(self, value: Any) -> Any:
        return [{"text": each["text"], "cites": each["cites"]} for each in value]


@extend_schema_field(OwnWords(many=True))
class OwnWordsField(serializers.JSONField):
    pass


class Text(RowSerializer):
    """A posted text. It is never changed: what is learnt later is added."""

    sentences = SentencesField(read_only=True, help_text="With what each of them rests on; none of an edited text.")
    my_words = OwnWordsField(read_only=True, help_text="What the check warned of and the person kept.")

    class Meta:
        model = PostedText
        fields: tuple[str, ...] = (
            *("id", "session_id", "kind", "adds_to_id", "markdown", "language", "writer", "is_provisional"),
            *("sentences", "my_words", "posted_by_id", "posted_at", "state_version"),
        )
        read_only_fields = fields


class TextWithAddenda(Text):
    addenda = Text(many=True, read_only=True, help_text="Oldest first.")

    class Meta(Text.Meta):
        fields = (*Text.Meta.fields, "addenda")
        read_only_fields = fields


class ResolvedSession(Session):
    text = Text(read_only=True, help_text="The posted note.")

    class Meta(Session.Meta):
        fields = (*Session.Meta.fields, "text")
        read_only_fields = fields


class EscalatedSession(ResolvedSession):
    handoff_id = serializers.UUIDField(read_only=True)

    class Meta(ResolvedSession.Meta):
        fields = (*ResolvedSession.Meta.fields, "handoff_id")
        read_only_fields = fields


class InputBody(serializers.Serializer):
    """What is said of the fix, and by whom the text is written."""

    fix_outcome = ChoiceField(
        [outcome.value for outcome in OUTCOMES],
        required=False,
        allow_null=True,
        help_text="What came of the current fix. Needed while it is open.",
    )
    notes = TextField(
        required=False,
        allow_null=True,
        help_text=f"Of that outcome. {NOTES} `applied_partial` and `applied_pending` need them, unless the fix has it.",
    )
    follow_up_at = TimeField(
        required=False, allow_null=True, help_text="When to check, with offset; only with `applied_pending`."
    )
    language = ChoiceField(Language.choices, required=False, allow_null=True, help_text="The account’s without it.")
    writer = TextField(
        required=False, allow_null=True, help_text=f"`{BUILT_IN}`, the default, or the name of the server’s model."
    )


class NotePreviewBody(InputBody):
    root_cause = TextField(required=False, allow_null=True, help_text=NOTES)


class PackagePreviewBody(InputBody):
    impact = TextField(required=False, allow_null=True, help_text=f"Who can’t work, and since when. {NOTES}")
    access = TextField(required=False, allow_null=True, help_text=f"How to get in. {NOTES}")
    question = TextField(required=False, allow_null=True, help_text=f"For whoever claims it. {NOTES}")


class EditedBody(serializers.Serializer):
    text = TextField(
        required=False, allow_null=True, help_text="An edited markdown, at most 60,000 characters, in place of ours."
    )
    my_words = FlagField(
        required=False, help_text="true: post the edited text although the check warns of it (`text_not_verified`)."
    )


class AddendumBody(EditedBody):
    language = ChoiceField(Language.choices, required=False, allow_null=True, help_text="The posted text’s without it.")


class ResolveBody(NotePreviewBody, EditedBody):
    pass


class EscalateBody(PackagePreviewBody, EditedBody):
    to = TextField(required=False, allow_null=True, help_text="Email address of an engineer or admin of the account.")


INPUTS = ("fix_outcome", "notes", "follow_up_at", "root_cause", "impact", "access", "question")


def inputs_in(fields: dict[str, Any]) -> ClosingInput:
    """Return what a body says, with its texts as they are stored. Raises InvalidInput on the field."""
    given: dict[str, Any] = {name: fields[name] for name in INPUTS if fields.get(name) is not None}
    if "fix_outcome" in given:
        given["fix_outcome"] = Status(given["fix_outcome"])
    return ClosingInput(**given).cleaned()


def language_in(fields: dict[str, Any]) -> Language | None:
    return Language(fields["language"]) if fields.get("language") else None


_TEXT = Text()
"""Built once: building a serializer costs more than serializing a row."""


def text_json(text: PostedText) -> dict[str, Any]:
    return _TEXT.to_representation(text)


def text_with_addenda_json(text: PostedText) -> dict[str, Any]:
    """Serialize a note or package whose `addenda` were prefetched."""
    return {**text_json(text), "addenda": [text_json(each) for each in text.addenda.all()]}


def closed_json(session: AISession, text: PostedText, handoff: Handoff | None = None) -> dict[str, Any]:
    closed = {**session_json(session), "text": text_json(text)}
    return {**closed, "handoff_id": str(handoff.pk)} if handoff else closed


def preview_json(preview: Preview, *, from_cache: bool) -> dict[str, Any]:
    document = Document.from_json(preview.document)
    return {
        "kind": preview.kind,
        "markdown": as_markdown(document),
        "state_version": preview.state_version,
        "from_cache": from_cache,
        "writer": preview.writer,
        "language": preview.language,
        "sentences": [
            {"text": each.text, "cites": list(each.cites), "refused": each.refused or None}
            for each in document.sentences(with_refused=True)
        ],
        "state": preview.state,
        "error": preview.error or None,
    }
