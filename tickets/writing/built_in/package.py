"""The escalation package, which the next engineer reads."""

from tickets.bundle import Bundle
from tickets.gaps import gaps_of
from tickets.models.text import Kind, Language
from tickets.writing.built_in.hypothesis import hypothesis
from tickets.writing.built_in.next_steps import next_steps
from tickets.writing.built_in.parts import findings, fixed, paragraph, phrases, problem, section
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.built_in.tried import tried
from tickets.writing.document import Block, Document, Item, Section, Sentence
from tickets.writing.words import sentence

KIND = Kind.PACKAGE


def package(bundle: Bundle, language: Language) -> Document:
    """Return the package: everything that was tried, by whom and when, and what to do next."""

    def part(key: str, blocks: list[Block], mark: str = "") -> Section:
        return section(KIND, language, key, blocks, mark)

    def say() -> Phrases:  # each section names the year anew
        return phrases(bundle, KIND, language)

    is_provisional = bool(bundle.awaiting)
    sections = (
        part("problem", [Block("paragraph", tuple(problem(bundle, KIND, language) + _circumstances(bundle, say())))]),
        part("confirmed", [_confirmed(bundle, say())]),
        part("tried", tried(bundle, say())),
        part("hypothesis", hypothesis(bundle, say()), "awaiting" if is_provisional else ""),
        part("next_steps", [Block("steps", tuple(next_steps(bundle, say())))]),
    )
    asked = bundle.inputs.question or ""
    gaps = gaps_of(bundle)
    return Document(KIND, language, sections, question=asked, gaps=gaps, is_provisional=is_provisional)


def _circumstances(bundle: Bundle, say: Phrases) -> list[Item]:
    named = (("input:impact", say.impact), ("input:access", say.access))
    return [
        Item((Sentence(sentence(bundle.statements[id_].text), (id_,)),), lead=label)
        for id_, label in named
        if id_ in bundle.statements
    ]


def _confirmed(bundle: Bundle, say: Phrases) -> Block:
    items = findings(bundle, KIND, say)
    return Block("bullets", tuple(items)) if items else paragraph(fixed(say.no_findings))
