"""Everything that the page reads on which a session is resolved or escalated (docs/texts.md)."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from common.numbers import whole_number
from fixes.models import SuggestedFix
from fixes.transitions import Status
from sessions.models import AISession
from tickets import drafts
from tickets.bundle import Bundle, read_bundle
from tickets.cited_document import CitedDocument
from tickets.drafts import Begun
from tickets.forms.closing import LONG, NOTES, ClosingForm
from tickets.honesty.check import TextWarning, warnings_of
from tickets.models import Draft, Kind, Language, Preview, PreviewState
from tickets.models.preview import BUILT_IN
from tickets.previews import preview_of, writers
from tickets.views.alert import Alert
from tickets.views.closing_addresses import ACT, Addresses
from tickets.views.overtaking import Overtaking
from tickets.views.questions import ShownChoice, ShownGap, errors_of, shown_choices, shown_gaps
from tickets.views.warnings import ShownWarning, shown
from tickets.writing.document import Document
from tickets.writing.rendering import as_html, as_markdown, as_plain_text


def is_same(text: str, other: str) -> bool:
    """Return whether two texts differ in nothing but how their lines end, and in white space around them."""
    return text.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


@dataclass
class ClosingPage:
    """`is_editing`: the text is shown in a field. `alert`: why nothing was posted or saved. `typed`: an unsaved text.

    `is_part`: only a part of the page is rendered, so what the person has seen of the session stays what it was.
    `refused_for`: what the act found in the text as it would have had it recorded.
    """

    session: AISession
    user: User
    kind: Kind
    form: ClosingForm
    now: datetime
    is_editing: bool = False
    alert: Alert | None = None
    typed: str | None = None
    draft_conflict: drafts.DraftChanged | None = None
    is_part: bool = False
    refused_for: list[TextWarning] | None = None
    _checked: dict[str, list[TextWarning]] = field(default_factory=dict)

    # Addresses

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.session.pk, self.kind)

    @property
    def act(self) -> str:
        return ACT[self.kind]

    @property
    def is_note(self) -> bool:
        return self.kind == Kind.NOTE

    @property
    def noun(self) -> str:
        return "note" if self.is_note else "package"

    @property
    def overtaken_address(self) -> str:
        return f"{self.addresses.of('-overtaken')}?version={self.overtaking.next_version}"

    @property
    def download_address(self) -> str:
        if self.is_editing and self.draft:
            return self.addresses.draft_file
        return reverse("text-preview-file", args=[self.session.pk, self.preview.pk])

    @property
    def draft_key(self) -> str:
        """The key under which the browser keeps what is typed (static/js/drafts.js)."""
        return f"{self.user.pk}:{self.session.pk}:{self.act}"

    # The form

    @property
    def fix(self) -> SuggestedFix | None:
        return self.form.fix

    @property
    def choices(self) -> list[ShownChoice]:
        return shown_choices(self.form)

    @cached_property
    def gaps(self) -> list[ShownGap]:
        return shown_gaps(self.form, self.bundle)

    @property
    def errors(self) -> dict[str, list[str]]:
        return {name: errors_of(self.form, name) for name in ("fix_outcome", "to", "text", *LONG)}

    @property
    def typed_values(self) -> dict[str, str]:
        return {name: self.form.typed(name) for name in (*LONG, "to")}

    @property
    def is_waiting(self) -> bool:
        return self.fix is not None and self.fix.is_waiting

    @cached_property
    def overtaking(self) -> Overtaking:
        return Overtaking(self)

    @property
    def sent_version(self) -> int | None:
        return whole_number(self.form.data.get("version"))

    @property
    def writers(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is chosen."""
        chosen = self.form.chosen_writer
        return [(each, "Built-in" if each == BUILT_IN else each, each == chosen) for each in writers()]

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        chosen = self.language
        own = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}
        return [(each.value, own[each], each == chosen) for each in Language]

    @property
    def language(self) -> Language:
        if self.is_editing and self.draft:
            return Language(self.draft.language)
        return self.form.chosen_language

    # The text

    @cached_property
    def bundle(self) -> Bundle:
        _, read = self._previewed
        return read[0] if read else self._read_bundle()

    def _read_bundle(self) -> Bundle:
        return read_bundle(self.session, inputs=self.form.inputs, user=self.user, now=self.now)

    @cached_property
    def preview(self) -> Preview:
        return self._previewed[0]

    @cached_property
    def _previewed(self) -> tuple[Preview, list[Bundle]]:
        """The preview, and the bundle that it was written from; none where it came from the cache."""
        read: list[Bundle] = []

        def bundle() -> Bundle:
            read.append(self._read_bundle())
            return read[0]

        asked: dict[str, Any] = {"inputs": self.form.inputs, "language": self.language, "bundle": bundle}
        writer = BUILT_IN if self.is_editing and self.draft else self.form.chosen_writer
        preview, _ = preview_of(self.session, self.kind, user=self.user, writer=writer, **asked)
        return preview, read

    @property
    def shown_writer(self) -> str:
        """Whose text is shown: the built-in one until the model has written its own."""
        return self.preview.writer if self.preview.state == PreviewState.DONE else BUILT_IN

    @property
    def posted_writer(self) -> str:
        """Whose text is posted: the one that the person saw, also if the model has finished since."""
        return BUILT_IN if self.form.data.get("seen_writer") == BUILT_IN else self.shown_writer

    @cached_property
    def document(self) -> Document:
        return Document.from_json(self.preview.document)

    @cached_property
    def cited(self) -> CitedDocument:
        return CitedDocument(self.document, self.bundle, self.addresses.session)

    @cached_property
    def markdown(self) -> str:
        """The text as it was written."""
        return as_markdown(self.document)

    # Editing

    @cached_property
    def draft(self) -> Draft | None:
        return drafts.draft_of(self.session, self.kind)

    @property
    def draft_version(self) -> int:
        """The version of the draft that the person edits: what they sent, while it wasn't saved."""
        if self.draft_conflict or self.typed is not None:
            sent = whole_number(self.form.data.get("draft_version"))
            if sent is not None:
                return sent
        return self.draft.version if self.draft else 0

    @property
    def is_saved(self) -> bool:
        """Whether what is in the field is the draft as the server has it."""
        return self.draft is not None and (self.typed is None or is_same(self.typed, self.draft.markdown))

    @property
    def is_unedited(self) -> bool:
        """Whether the text in the field is the one that it began with: then it follows the form."""
        began = self.form.data.get("began")
        return self.draft is None and began is not None and self.typed is not None and is_same(self.typed, began)

    @property
    def text(self) -> str:
        """What is in the field: what was typed, else the draft, else the text as it was written."""
        if self.typed is not None and not self.is_unedited:
            return self.typed
        return self.draft.markdown if self.draft else self.markdown

    @property
    def is_draft_old(self) -> bool:
        return self.draft is not None and self.draft.state_version != self.session.state_version

    @property
    def as_written(self) -> Begun:
        return Begun(self.markdown, self.session.state_version)

    @property
    def begun(self) -> Begun:
        """What a new draft began from: the text that the person was shown."""
        began, seen = self.form.data.get("began"), self.overtaking
        return Begun(str(began), seen.shown_version) if began and seen.is_overtaken else self.as_written

    @property
    def warnings(self) -> list[TextWarning]:
        if self.refused_for is not None:
            return self.refused_for
        if self.errors["text"] or is_same(self.text, self.markdown):
            return []
        if self.text not in self._checked:
            self._checked[self.text] = warnings_of(self.text, self.kind, self.bundle, self.language)
        return self._checked[self.text]

    @property
    def shown_warnings(self) -> list[ShownWarning]:
        return shown(self.warnings)

    @property
    def is_edited(self) -> bool:
        return not is_same(self.text, self.markdown)

    @property
    def edit_address(self) -> str:
        """The address that shows the text in a field, in the language and by the writer that are chosen."""
        chosen = {"edit": "1", "language": self.form.chosen_language.value, "writer": self.form.chosen_writer}
        return f"{self.addresses.page}?{urlencode(chosen)}#text"

    @property
    def keeps_words(self) -> bool:
        return bool(self.form.data.get("my_words"))

    def take(self, draft: Draft) -> None:
        """Go on with this draft, as it has just been written."""
        self.draft, self.overtaking = draft, Overtaking(self)

    # What can be taken along

    @property
    def plain_text(self) -> str:
        return as_plain_text(self.document)

    @property
    def html(self) -> str:
        return as_html(self.document)

    @property
    def kept_texts(self) -> list[tuple[str, str]]:
        """What was typed into a form that can no longer be sent."""
        labels = {"root_cause": "Cause", "impact": "Impact", "access": "Access", "question": "Question", "text": "Text"}
        notes = {NOTES + outcome: "Notes" for outcome in Status}
        names = {**labels, **notes}
        return [(label, text) for name, label in names.items() if (text := str(self.form.data.get(name, "")).strip())]
