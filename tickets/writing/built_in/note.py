"""The resolution note, which the customer reads."""

from tickets.bundle import Bundle
from tickets.models.text import Kind, Language
from tickets.writing.built_in.parts import (
    MOST_FINDINGS,
    findings,
    fixed,
    paragraph,
    phrases,
    problem,
    section,
)
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.built_in.resolution import resolution
from tickets.writing.document import Block, Document, Item, Sentence
from tickets.writing.words import one_line


def note(bundle: Bundle, language: Language) -> Document:
    """Return the note. Fixes that nobody applied aren't the customer's business, nor is who did what."""
    say = phrases(bundle, Kind.NOTE, language)
    is_provisional = bool(bundle.awaiting)
    sections = (
        section(Kind.NOTE, language, "problem", [Block("paragraph", tuple(problem(bundle, Kind.NOTE, language)))]),
        section(Kind.NOTE, language, "confirmed", [_confirmed(bundle, say)]),
        section(Kind.NOTE, language, "root_cause", [_root_cause(bundle, say)]),
        section(Kind.NOTE, language, "resolution", resolution(bundle, say), "provisional" if is_provisional else ""),
    )
    return Document(Kind.NOTE, language, sections, is_provisional=is_provisional)


def _confirmed(bundle: Bundle, say: Phrases) -> Block:
    items = findings(bundle, Kind.NOTE, say)
    if not items:
        return paragraph(fixed(say.no_findings))
    shown, more = items[:MOST_FINDINGS], items[MOST_FINDINGS:]
    if more:
        cites = tuple(id_ for item in more for each in item.sentences for id_ in each.cites)
        shown.append(Item((Sentence(say.more_findings(len(more)), cites),)))
    return Block("bullets", tuple(shown))


def _root_cause(bundle: Bundle, say: Phrases) -> Block:
    """Return the cause in the engineer's own words, or that none was established."""
    if not (cause := bundle.root_cause):
        return paragraph(fixed(say.no_cause))
    lines = [line for each in cause.text.split("\n") if (line := one_line(each))]
    return Block("paragraph", tuple(Item((Sentence(line, (cause.id,)),)) for line in lines))
