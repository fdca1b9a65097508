"""Finds what a sentence claims beyond what is known (docs/texts.md, *Honesty check*)."""

from collections.abc import Iterator
from dataclasses import dataclass

from tickets.bundle import Bundle
from tickets.bundle.secrets import remover, without_secrets
from tickets.honesty.attribution import attribution_findings
from tickets.honesty.carried import carried_findings
from tickets.honesty.causes import cause_findings
from tickets.honesty.closure import closure_findings
from tickets.honesty.contradiction import contradiction_findings
from tickets.honesty.findings import Finding
from tickets.honesty.foreign import foreign_finding, language_in
from tickets.honesty.markdown_sentences import Line, lines_of
from tickets.honesty.quotes import QUOTED, without_quotes
from tickets.honesty.reading import Reading
from tickets.honesty.sections import is_heading_of_the_product, section_findings
from tickets.honesty.shape import language_finding, shape_finding
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.tokens import tokens_of
from tickets.honesty.unsaid import unsaid_finding
from tickets.honesty.waiting import silence_about_waiting
from tickets.models.text import Kind, Language
from tickets.writing.built_in.note import note
from tickets.writing.built_in.package import package
from tickets.writing.rendering import as_markdown

BUILT_IN = {Kind.NOTE: note, Kind.PACKAGE: package}
"""Not `tickets.writing.writer`, which asks this module about a model's sentences."""
MOST, LONGEST = 50, 60_000
"""Of an edited text, so many warnings about sentences are returned, with so many characters."""


@dataclass(frozen=True)
class TextWarning:
    """What the check found in an edited text. `sentence`: as written, "" for a missing section; `excerpt`: the words.

    `reason`: why, for the person; `instead`: a sentence that the record carries, "" where removing is the remedy.
    """

    sentence: str
    excerpt: str
    reason: str
    instead: str = ""


def refusal_of(text: str, cites: tuple[str, ...], bundle: Bundle, language: Language) -> str | None:
    """Return why this sentence of a model can't be posted, in words for people; None if it can."""
    found = next(_model_findings(text, cites, bundle, language), None)
    return found.reason if found else None


def _model_findings(text: str, cites: tuple[str, ...], bundle: Bundle, language: Language) -> Iterator[Finding]:
    if shape := shape_finding(text):
        yield shape
        return
    if unknown := [each for each in cites if each not in bundle.statements]:
        yield Finding("", f"It cites “{unknown[0][:80]}”, which isn’t in this session.")
        return
    if not cites:
        yield Finding("", "It names no source in this session.")
        return
    if foreign := language_finding(tokens_of(text), language):
        yield foreign
    yield from findings_in(text, Sources(bundle, cites), Everything(bundle), language)


def findings_in(text: str, sources: Sources, everything: Everything, language: Language) -> Iterator[Finding]:
    """Yield what this sentence claims beyond its sources, closure first."""
    own, misquoted = without_quotes(text, sources.said)
    sentence = Reading(own, language)
    yield from closure_findings(sentence, sources, everything)
    if misquoted:
        yield misquoted
    yield from carried_findings(sentence, sources, everything)
    yield from cause_findings(sentence, sources)
    yield from attribution_findings(sentence, sources, everything)
    yield from contradiction_findings(sentence, sources, everything)


def warnings_of(markdown: str, kind: Kind, bundle: Bundle, language: Language) -> list[TextWarning]:
    """Return what an edited text claims beyond what is known, in its order; then what it lacks.

    Sentences that the product wrote need no check, in either language. A secret is in no text that the product
    writes, so nothing is known of it here either. Of more than MOST warnings about sentences, the last one says how
    many there are.
    """
    bundle = without_secrets(bundle, remover(bundle, language))
    everything, own = Everything(bundle), _product_sentences(bundle, kind)
    lines = list(lines_of(markdown))
    warnings = [
        TextWarning(line.written, found.excerpt, found.reason, found.instead)
        for line in lines
        if not is_heading_of_the_product(line, kind) and (line.is_heading or line.text not in own)
        for found in _once(_edited_findings(line, kind, everything, language))
    ]
    return [*_first(warnings), *_lacking(lines, kind, bundle, language)]


def _edited_findings(line: Line, kind: Kind, everything: Everything, language: Language) -> Iterator[Finding]:
    """Yield what one sentence claims. It may be in the other language than its text."""
    own, _ = without_quotes(line.text, everything.said)
    sentence = Reading(own, language)
    if foreign := foreign_finding(sentence, everything):
        yield foreign
        return
    sentence = Reading(own, language_in(sentence))
    found = list(findings_in(line.text, everything, everything, sentence.language))
    yield from found
    tells_an_outcome = kind == Kind.ADDENDUM and QUOTED in own  # it is no built-in text's of now, and names its fix
    if not (found or line.is_heading or tells_an_outcome) and (unsaid := unsaid_finding(sentence, everything)):
        yield unsaid


def _lacking(lines: list[Line], kind: Kind, bundle: Bundle, language: Language) -> Iterator[TextWarning]:
    """Yield that it doesn't say that a fix waits, and what is wrong with its sections."""
    if silence := silence_about_waiting(lines, kind, bundle, language):
        yield TextWarning(silence.sentence, "", silence.reason, silence.instead)
    yield from (TextWarning("", each.excerpt, each.reason) for each in section_findings(lines, kind, language))


def _first(warnings: list[TextWarning]) -> list[TextWarning]:
    """Return as many warnings as a person can read, and as a row can hold, with the number of the others."""
    length, shown = 0, list[TextWarning]()
    for each in warnings[:MOST]:
        length += len(each.sentence) + len(each.excerpt)
        if shown and length > LONGEST:
            break
        shown.append(each)
    more = len(warnings) - len(shown)
    return [*shown, TextWarning("", "", f"And {more:,} more.")] if more else shown


def _product_sentences(bundle: Bundle, kind: Kind) -> frozenset[str]:
    """Return the sentences of the built-in texts. An addendum can take up those of any kind."""
    writers = [BUILT_IN[kind]] if kind in BUILT_IN else BUILT_IN.values()
    texts = [as_markdown(write(bundle, language)) for write in writers for language in Language]
    return frozenset(line.text for text in texts for line in lines_of(text))


def _once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Leave out findings about the same words."""
    seen: set[str] = set()
    for found in findings:
        if found.excerpt not in seen:
            seen.add(found.excerpt)
            yield found
