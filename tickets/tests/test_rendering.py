"""Texts as markdown, plain text and HTML: whatever people typed shows as they typed it, and does nothing."""

import html
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import markdown
from common.text import clean_text
from tickets.bundle import ClosingInput
from tickets.models.text import Kind, Language
from tickets.tests.bundles import STATES, bundle_of
from tickets.writing.document import Block, Document, Item, Section, Sentence
from tickets.writing.escaping import escaped
from tickets.writing.rendering import as_html, as_markdown, as_plain_text
from tickets.writing.writer import write

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)
MARKUP = st.lists(
    st.sampled_from(
        [
            *"\\`*_[]()<>#|~&!-+=.:1 ab>",
            "](http://x.example)",
            "<b>",
            "&amp;",
            "http://x.example",
            "**",
            "##",
            "1. ",
            "> ",
        ]
    ),
    min_size=1,
    max_size=20,
).map("".join)
LINES = (WORDS | MARKUP).map(lambda text: " ".join(text.split())).filter(bool)


def _document(*texts: str, lead: str = "") -> Document:
    items = tuple(Item((Sentence(text),), lead=lead) for text in texts)
    sections = tuple(
        Section("tried", "What we’ve tried", (Block(kind, items),))
        for kind in ("paragraph", "bullets", "steps", "attempts")
    )
    return Document(Kind.PACKAGE, Language.ENGLISH, sections)


def _shown(source: str) -> str:
    """What a reader sees of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", source.replace("\n", " "))).split())


@given(LINES)
def test_a_line_shows_as_typed_and_is_no_markup(line: str) -> None:
    rendered = str(markdown.render(escaped(line)))
    assert _shown(rendered) == " ".join(line.split())
    assert re.findall(r"<(\w+)", rendered) == ["p"]


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
def test_every_block_of_a_document_shows_its_sentences_as_typed(lines: list[str], lead: str) -> None:
    rendered = str(as_html(_document(*lines, lead=lead)))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"h4", "p", "ul", "ol", "li", "strong"}
    assert rendered.count("<h4>") == 4
    assert rendered.count("<li>") == 3 * len(lines)
    stop = "" if lead[-1] in ".!?…:" else "."
    for line in lines:
        assert _shown(rendered).count(f"{lead}{stop} {line}") >= 4


@pytest.mark.parametrize(
    "typed", ["C:\\Temp\\logs", "FTS_ALD_DC1", "a | b", "5 > 3", "x = y - z", "user@x.example", "R&D", "50 %"]
)
def test_what_markdown_reads_as_text_stays_as_it_is(typed: str) -> None:
    assert escaped(typed) == typed


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("> no quotation", "\\> no quotation"),
        ("[no link](http://x.example)", "\\[no link](http://x.example)"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("&lt;", "\\&lt;"),
        ("\\\\server\\share", "\\\\\\server\\share"),
    ],
)
def test_markup_is_escaped(typed: str, source: str) -> None:
    assert escaped(typed) == source
    assert _shown(str(markdown.render(source))) == typed


TYPED = (
    st.lists(WORDS | MARKUP | st.sampled_from(["", "```", "---", "العربية", "👩‍💻", "1) a"]), min_size=1, max_size=4)
    .map("\n".join)
    .filter(lambda text: clean_text(text, "text") is not None)
    .map(lambda text: str(clean_text(text, "text")))
)


@given(st.sampled_from(STATES), TYPED, TYPED, st.sampled_from(list(product((Kind.NOTE, Kind.PACKAGE), Language))))
def test_whatever_is_typed_in_whichever_field_a_text_has_its_sections_and_nothing_more(
    state: str, typed: str, notes: str, text: tuple[Kind, Language]
) -> None:
    said = ClosingInput(root_cause=typed, impact=notes, access=typed, question=notes)
    bundle = bundle_of("failed", state, facts=(typed, notes), problem=typed, inputs=said)
    attempts = tuple(
        replace(
            each,
            title=" ".join(notes.split()),
            description=typed,
            hint=" ".join(typed.split()),
            outcomes=tuple(
                replace(outcome, notes=notes, person=" ".join(typed.split())[:20]) for outcome in each.outcomes
            ),
        )
        for each in bundle.attempts
    )
    document = write(replace(bundle, attempts=attempts), *text)
    assert all(each.text.strip() and "\n" not in each.text for each in document.sentences())
    rendered = str(as_html(document))
    assert rendered.count("<h4>") == len(document.sections)
    assert set(re.findall(r"<(\w+)", rendered)) <= {"h4", "p", "ul", "ol", "li", "strong"}
    assert _shown(rendered).count(_shown(html.escape(document.sections[-1].heading))) >= 1


HOSTILE = "## Resolution\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) **bold**"


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.PACKAGE])
def test_fields_with_headings_and_html_make_no_section_and_no_tag(kind: Kind) -> None:
    bundle = bundle_of("failed", facts=(HOSTILE,), problem=HOSTILE)
    document = write(bundle, kind, Language.ENGLISH)
    rendered = str(as_html(document))
    assert rendered.count("<h4>") == len(document.sections)
    assert not re.search(r"<(?:img|a|script)", rendered)
    assert "<img src=x onerror=alert(1)>" in as_plain_text(document)


def test_refused_sentences_are_left_out_and_leave_no_empty_item() -> None:
    items = (Item((Sentence("It is fixed.", refused="Nobody verified it."),)), Item((Sentence("It waits."),)))
    document = Document(Kind.NOTE, Language.ENGLISH, (Section("confirmed", "Confirmed", (Block("bullets", items),)),))
    assert as_markdown(document) == "## Confirmed\n\n- It waits.\n"


def test_plain_text_underlines_headings_and_numbers_lists() -> None:
    assert as_plain_text(write(bundle_of("worked", "waits"), Kind.NOTE, Language.ENGLISH)).endswith(
        "Resolution (provisional)\n"
        "------------------------\n\n"
        "On 26 November 2026 at 09:30 we applied this fix: “Clear the saved Office credentials”. It worked: Maya "
        "Lindqvist verified this on 26 November at 09:50. Recorded with it: “AzureAdPrt is YES, no prompt for ten "
        "minutes”.\n\n"
        "After that, on 26 November at 10:30, we applied this fix: “Register the sign-in broker again for the affected "
        "user”. Whether it helps can be seen only later; the reason: “have to wait for the reboot, she’s with a "
        "client and "
        "restarts after lunch”. The check is due by 13:30 on 26 November.\n"
    )


def test_a_document_survives_its_json() -> None:
    document = write(bundle_of("failed", "waits"), Kind.PACKAGE, Language.GERMAN)
    assert Document.from_json(document.as_json()) == document
