"""Renders a document as markdown, plain text and HTML. Refused sentences are left out.

Sentences are plain text, so every format shows the fields in them as they were typed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from common import markdown
from tickets.models.text import Kind, Language
from tickets.writing.document import Block, Document, Item, Section
from tickets.writing.escaping import escaped
from tickets.writing.headings import GAPS_NAMED, MARKS, NOT_DESCRIBED, QUESTION


@dataclass(frozen=True)
class Format:
    """How a format writes text, something that stands out, and a heading."""

    text: Callable[[str], str]
    strong: Callable[[str], str]
    heading: Callable[[str], str]


MARKDOWN = Format(escaped, lambda text: f"**{escaped(text)}**", lambda text: f"## {escaped(text)}")
PLAIN = Format(str, str, lambda text: f"{text}\n{'-' * len(text)}")


def as_markdown(document: Document) -> str:
    return _rendered(document, MARKDOWN)


def as_plain_text(document: Document) -> str:
    return _rendered(document, PLAIN)


def as_html(document: Document) -> SafeString:
    """Return HTML of what `as_markdown` says; it is sanitised."""
    return markdown.render(as_markdown(document))


def _rendered(document: Document, form: Format) -> str:
    parts = [_question(document, form)]
    for section in document.sections:
        parts += _section(document, section, form)
    parts.append(_gaps(document, form))
    return "\n\n".join(part for part in parts if part) + "\n"


def _question(document: Document, form: Format) -> str:
    if not document.question:
        return ""
    asked = " ".join(document.question.split())
    return f"{form.strong(QUESTION[document.language])} {form.text(asked)}"


def _gaps(document: Document, form: Format) -> str:
    names = GAPS_NAMED[document.language]
    named = [names[gap] for gap in document.gaps if gap in names]
    return form.text(f"{NOT_DESCRIBED[document.language]} {', '.join(named)}.") if named else ""


def _section(document: Document, section: Section, form: Format) -> list[str]:
    blocks = [text for block in section.blocks if (text := _block(block, form))]
    if document.kind == Kind.ADDENDUM:
        return [f"{form.strong(section.heading + '.')} {blocks[0]}", *blocks[1:]]
    return [form.heading(heading_of(section, document.language)), *blocks]


def heading_of(section: Section, language: Language) -> str:
    """Return the heading with its mark: "Resolution (provisional)"."""
    return f"{section.heading} ({MARKS[language][section.mark]})" if section.mark else section.heading


def _block(block: Block, form: Format) -> str:
    items = [text for item in block.items if (text := _item(item, form))]
    if block.kind == "paragraph":
        return "\n\n".join(items)
    if block.kind == "bullets":
        return "\n".join(f"- {item}" for item in items)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _item(item: Item, form: Format) -> str:
    sentences = [form.text(each.text) for each in item.sentences if not each.refused]
    if not sentences:
        return ""
    lead = [form.strong(item.lead if item.lead[-1] in ".!?…:" else f"{item.lead}.")] if item.lead else []
    return " ".join(lead + sentences)
