"""Posts a text: checks an edited one, and writes its row (docs/texts.md). Called within an act on the session."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from common.refusals import InvalidInput
from common.text import required_text
from fixes.lifecycle import By
from sessions.models import AISession
from tickets.actors import person_of
from tickets.bundle import Bundle
from tickets.honesty.check import TextWarning, warnings_of
from tickets.honesty.sections import missing_sections
from tickets.models import PostedText
from tickets.models.preview import BUILT_IN
from tickets.refusals import KeepsUnverifiedWords
from tickets.writing.document import Document
from tickets.writing.rendering import as_markdown

TEXT_MAX = 60_000
EMPTY = "This text is empty. Nothing was posted. Write something, or go back to the text as it was written for you."
MISSING = (
    "This text lacks {}. Nothing was posted. Every section stays, with its heading; say so where there is nothing."
)


@dataclass(frozen=True)
class Edited:
    """A text that a person changed. `my_words`: post it although the honesty check warns of it."""

    markdown: str
    my_words: bool = False

    @classmethod
    def of(cls, text: str | None, my_words: bool) -> "Edited | None":
        """Return the text as it is stored; None without one. Raises InvalidInput on `text`."""
        return None if text is None else cls(required_text(text, "text", EMPTY, max_length=TEXT_MAX), my_words)


def posted_before(session: AISession, by: By, form_key: UUID | None) -> PostedText | None:
    """Return what the form with this key posted, if it was sent before. The caller holds the lock."""
    return session.texts.filter(posted_by=person_of(by), form_key=form_key).first() if form_key else None


def post(
    session: AISession,
    document: Document,
    bundle: Bundle,
    edited: Edited | None,
    by: By,
    *,
    writer: str = BUILT_IN,
    form_key: UUID | None = None,
    adds_to: PostedText | None = None,
) -> PostedText:
    """Write the text's row. Raises InvalidInput on `text` for a missing section, and KeepsUnverifiedWords.

    `document`: the text as `writer` writes it from `bundle`. An edited text that doesn't differ from it isn't edited.
    """
    return PostedText.objects.create(
        session=session,
        account_id=session.account_id,
        kind=document.kind,
        adds_to=adds_to,
        language=document.language,
        is_provisional=document.is_provisional,
        posted_by=person_of(by),
        posted_at=by.now(),
        state_version=session.state_version,
        form_key=form_key,
        **_columns(document, bundle, edited, writer),
    )


def _columns(document: Document, bundle: Bundle, edited: Edited | None, writer: str) -> dict[str, Any]:
    """Return the columns that an edited text has otherwise. Raises what `post` raises."""
    written = as_markdown(document).strip()
    if edited is None or edited.markdown == written:
        sentences = [asdict(each) for each in document.sentences()]
        return {"markdown": written, "writer": writer, "sentences": sentences}
    kept = [asdict(each) for each in _checked(edited, document, bundle)]
    return {"markdown": edited.markdown, "writer": "", "sentences": [], "my_words": kept}


def _checked(edited: Edited, document: Document, bundle: Bundle) -> list[TextWarning]:
    """Return what the honesty check warns of and the person keeps. Raises what `post` raises."""
    if missing := missing_sections(edited.markdown, document.kind, document.language):
        raise InvalidInput(text=MISSING.format(_listed(missing)))
    warnings = warnings_of(edited.markdown, document.kind, bundle, document.language)
    if warnings and not edited.my_words:
        raise KeepsUnverifiedWords(warnings)
    return warnings


def _listed(headings: list[str]) -> str:
    named = [f"“{each}”" for each in headings]
    return f"the sections {', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else f"the section {named[0]}"
