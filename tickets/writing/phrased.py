"""Puts what a model phrased into a built-in document, each sentence checked first (docs/texts.md).

A refused sentence stays in the document with the reason, and the built-in sentences that say the same stand after it,
each once. Everything outside the slots is the product's.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tickets.bundle import Bundle
from tickets.honesty.check import refusal_of
from tickets.models.text import Language
from tickets.writing.document import Block, BlockKind, Document, Item, Section, Sentence
from tickets.writing.slots import SLOTS, Slots

Sentences = list[Sentence]


def with_slots(document: Document, slots: Slots, bundle: Bundle, checks: int) -> Document:
    """Return the document with the model's sentences. `checks`: how many of the next steps are the product's."""
    sections = []
    for section in document.sections:
        phrased = slots.sentences.get(section.key, ()) if section.key in SLOTS[document.kind] else ()
        written = list(_checked(slots, section.key, bundle, document.language)) if phrased else []
        sections.append(_phrased(section, written, checks) if written else section)
    return replace(document, sections=tuple(sections))


def _checked(slots: Slots, key: str, bundle: Bundle, language: Language) -> Iterator[Sentence]:
    seen = set()
    for each in slots.sentences[key]:
        if each.text not in seen:
            seen.add(each.text)
            refused = refusal_of(each.text, each.cites, bundle, language) or ""
            cites = tuple(id_ for id_ in each.cites if id_ in bundle.statements)
            yield Sentence(each.text, cites, writer=slots.writer, refused=refused)


def _phrased(section: Section, written: Sentences, checks: int) -> Section:
    block, *others = section.blocks
    if section.key == "problem":
        own, kept = _without_lead(block.items)
        return replace(section, blocks=(replace(block, items=(_paragraph(written, own), *kept)), *others))
    kept_first = checks if section.key == "next_steps" else 0
    own = [each for item in block.items[kept_first:] for each in item.sentences]
    items = _list(written, own, _same_source if section.key == "confirmed" else _any)
    kind: BlockKind = "steps" if section.key == "next_steps" else "bullets"
    return replace(section, blocks=(Block(kind, (*block.items[:kept_first], *items)), *others))


def _without_lead(items: tuple[Item, ...]) -> tuple[Sentences, list[Item]]:
    """Part the problem's own sentences from impact and access."""
    own = [each for item in items if not item.lead for each in item.sentences]
    return own, [item for item in items if item.lead]


def _paragraph(written: Sentences, own: Sentences) -> Item:
    """Return the problem in the model's words; after its first refused sentence, the built-in one.

    What the model took over word for word stands there once.
    """
    taken_over = {each.text for each in written if not each.refused}
    own = [each for each in own if each.text not in taken_over]
    first = next((number for number, each in enumerate(written, 1) if each.refused), 0)
    return Item((*written[:first], *own, *written[first:]) if first else tuple(written))


def _list(written: Sentences, own: Sentences, stands_for: Callable[[Sentence, Sentence], bool]) -> list[Item]:
    """Return an item for each sentence, refused ones with the built-in sentences that stand in their place.

    If nothing else would be left, all of the built-in sentences are.
    """
    told = {id_ for each in written if not each.refused for id_ in each.cites}
    left = [each for each in own if not told & set(each.cites)]
    items = []
    for each in written:
        instead = [other for other in left if each.refused and stands_for(each, other)]
        left = [other for other in left if other not in instead]
        items += [Item((each, *instead[:1])), *(Item((other,)) for other in instead[1:])]
    if all(sentence.refused for item in items for sentence in item.sentences):
        items += [Item((each,)) for each in own]
    return items


def _same_source(refused: Sentence, own: Sentence) -> bool:
    """A sentence that names none of the findings has all of them in its place that no other sentence tells."""
    is_about_findings = any(id_.startswith("fact:") for id_ in refused.cites)
    return bool(set(refused.cites) & set(own.cites)) if is_about_findings else not own.is_fixed


def _any(refused: Sentence, own: Sentence) -> bool:
    return True
