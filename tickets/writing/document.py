"""A text as data: sections with blocks of sentences, each with the statements that it rests on."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tickets.models.text import Kind, Language

BlockKind = Literal["paragraph", "bullets", "steps", "attempts"]


@dataclass(frozen=True)
class Sentence:
    """`text` is plain text, not markdown. `cites`: ids of statements; a `is_fixed` sentence needs none.

    `writer`: "" for the product, else the model's name. `refused`: why a model's sentence isn't posted; the sentence
    after it stands in its place.
    """

    text: str
    cites: tuple[str, ...] = ()
    is_fixed: bool = False
    writer: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Item:
    """One paragraph, or one item of a list. `lead`: a fix's title before its sentences; `status`: that fix's."""

    sentences: tuple[Sentence, ...]
    lead: str = ""
    status: str = ""


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """`key`: "problem", "confirmed", "root_cause", "resolution", "tried", "hypothesis" or "next_steps".

    `mark`: "provisional" or "awaiting" where a fix in it awaits verification.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...]
    mark: str = ""


@dataclass(frozen=True)
class Document:
    """A note, package or addendum. `question`: what a package asks; `gaps`: keys of what it lacks (tickets.gaps)."""

    kind: Kind
    language: Language
    sections: tuple[Section, ...]
    question: str = ""
    gaps: tuple[str, ...] = ()
    is_provisional: bool = False

    def sentences(self, *, with_refused: bool = False) -> Iterator[Sentence]:
        """Yield the sentences in their order."""
        for section in self.sections:
            for block in section.blocks:
                for item in block.items:
                    yield from (each for each in item.sentences if with_refused or not each.refused)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Document":
        sections = tuple(_section(each) for each in values["sections"])
        rest = {**values, "kind": Kind(values["kind"]), "language": Language(values["language"])}
        return cls(**{**rest, "sections": sections, "gaps": tuple(values["gaps"])})


def _section(values: dict[str, Any]) -> Section:
    return Section(**{**values, "blocks": tuple(_block(each) for each in values["blocks"])})


def _block(values: dict[str, Any]) -> Block:
    return Block(values["kind"], tuple(_item(each) for each in values["items"]))


def _item(values: dict[str, Any]) -> Item:
    sentences = tuple(Sentence(**{**each, "cites": tuple(each["cites"])}) for each in values["sentences"])
    return Item(**{**values, "sentences": sentences})
