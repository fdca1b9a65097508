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
from tickets.honesty.markdown_sentences import lines_of
from tickets.honesty.quotes import without_quotes
from tickets.honesty.reading import Reading
from tickets.honesty.sections import is_heading, section_findings
from tickets.honesty.shape import language_finding, shape_finding
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.tokens import tokens_of
from tickets.models.text import Kind, Language
from tickets.writing.built_in.note import note
from tickets.writing.built_in.package import package
from tickets.writing.rendering import as_markdown

BUILT_IN = {Kind.NOTE: note, Kind.PACKAGE: package}
"""Not `tickets.writing.writer`, which asks this module about a model's sentences."""


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
    """Return what an edited text claims beyond what is known, in its order; missing sections come last.

    Sentences that the product wrote need no check, in either language. A secret is in no text that the product
    writes, so nothing is known of it here either.
    """
    bundle = without_secrets(bundle, remover(bundle, language))
    everything, own = Everything(bundle), _product_sentences(bundle, kind)
    lines = list(lines_of(markdown))
    warnings = [
        TextWarning(line.written, found.excerpt, found.reason, found.instead)
        for line in lines
        if not is_heading(line) and line.text not in own
        for found in _once(findings_in(line.text, everything, everything, language))
    ]
    missing = section_findings((line.text for line in lines if line.is_heading), kind, language)
    return warnings + [TextWarning("", found.excerpt, found.reason) for found in missing]


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
