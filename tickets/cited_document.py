"""A document as a page shows it: every sentence with the sources that it rests on, numbered in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from common.times import clock
from fixes.looks import STATUS_LOOKS, Look
from fixes.transitions import Status
from tickets.bundle import Bundle, Statement, StatementKind
from tickets.gaps import GAPS, Gap
from tickets.writing.document import Block, Document, Item, Section, Sentence
from tickets.writing.headings import GAPS_NAMED, MARKS, NOT_DESCRIBED

_MESSAGE, _EVENT = re.compile(r"message-(\d+)"), re.compile(r"event-(\d+)-\d+")

KINDS = {
    StatementKind.SESSION: "Ticket",
    StatementKind.MESSAGE: "Message",
    StatementKind.FACT: "Fact",
    StatementKind.EVENT: "Recorded",
    StatementKind.SCRIPT: "Script",
    StatementKind.HINT: "How to tell it worked",
    StatementKind.INPUT: "Your answer on this page",
}


@dataclass(frozen=True)
class Source:
    """What a sentence rests on. `href`: where the session page, or this one, shows it."""

    number: int
    label: str
    quote: str
    href: str
    at: datetime | None = None


@dataclass(frozen=True)
class ShownSentence:
    """`id`: of its element. `stands_in`: it replaces a refused one."""

    id: str
    text: str
    sources: tuple[Source, ...]
    refused: str = ""
    stands_in: bool = False
    is_fixed: bool = False


@dataclass(frozen=True)
class ShownItem:
    sentences: tuple[ShownSentence, ...]
    lead: str = ""
    look: Look | None = None


@dataclass(frozen=True)
class ShownBlock:
    kind: str
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class ShownSection:
    heading: str
    mark: str
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True)
class NamedGap:
    """`key`: of the page's field for it. `name`: what the text calls it."""

    key: str
    name: str


@dataclass(frozen=True)
class NotDescribed:
    """The line at the end of a package that names its gaps. `begins`: "Not described:"."""

    begins: str
    gaps: tuple[NamedGap, ...]


@dataclass
class CitedDocument:
    """One text with what its sentences rest on. `page`: the address of its session."""

    document: Document
    bundle: Bundle
    page: str
    _numbers: dict[str, int] = field(default_factory=dict)
    _counted: int = 0

    @cached_property
    def sections(self) -> tuple[ShownSection, ...]:
        return tuple(self._section(each) for each in self.document.sections)

    @property
    def sources(self) -> list[Source]:
        """All sources, in the order of their numbers."""
        assert self.sections is not None
        return [self._source(each) for each in self._numbers]

    @cached_property
    def count(self) -> int:
        """How many sentences are posted."""
        return sum(1 for _ in self.document.sentences())

    @cached_property
    def replaced(self) -> int:
        """How many sentences of a model were refused."""
        return sum(1 for each in self.document.sentences(with_refused=True) if each.refused)

    @property
    def gaps(self) -> list[Gap]:
        return [gap for gap in GAPS if gap.key in self.document.gaps]

    @property
    def not_described(self) -> NotDescribed | None:
        """What the posted text names as not described, in its words; None when it names nothing."""
        language = self.document.language
        named = tuple(
            NamedGap(gap, GAPS_NAMED[language][gap]) for gap in self.document.gaps if gap in GAPS_NAMED[language]
        )
        return NotDescribed(NOT_DESCRIBED[language], named) if named else None

    @property
    def seen(self) -> str:
        """Its sentences, a line each, for telling later what changed."""
        return "\n".join(" ".join(each.text.split()) for each in self.document.sentences())

    def _section(self, section: Section) -> ShownSection:
        mark = MARKS[self.document.language][section.mark] if section.mark else ""
        return ShownSection(section.heading, mark, tuple(self._block(each) for each in section.blocks))

    def _block(self, block: Block) -> ShownBlock:
        return ShownBlock(block.kind, tuple(self._item(each) for each in block.items))

    def _item(self, item: Item) -> ShownItem:
        look = STATUS_LOOKS[Status(item.status)] if item.status in Status.values else None
        return ShownItem(tuple(self._sentences(item.sentences)), item.lead, look)

    def _sentences(self, sentences: tuple[Sentence, ...]) -> Iterator[ShownSentence]:
        stands_in = False
        for each in sentences:
            self._counted += 1
            sources = () if each.refused else tuple(self._source(cite) for cite in each.cites if self._is_known(cite))
            yield ShownSentence(f"s{self._counted}", each.text, sources, each.refused, stands_in, each.is_fixed)
            stands_in = bool(each.refused)

    def _is_known(self, cite: str) -> bool:
        return cite in self.bundle.statements

    def _source(self, cite: str) -> Source:
        number = self._numbers.setdefault(cite, len(self._numbers) + 1)
        statement = self.bundle.statements[cite]
        label = statement.source or _label(statement)
        return Source(number, label, statement.text, address_of(statement, self.page), statement.at)


def _label(statement: Statement) -> str:
    who = f", {statement.person}" if statement.person and statement.kind != StatementKind.INPUT else ""
    return KINDS[statement.kind] + who


def address_of(statement: Statement, page: str) -> str:
    """Return the address that shows a statement, also where it is beyond the part of a conversation that opens."""
    if statement.kind == StatementKind.INPUT:
        return f"#{statement.id.removeprefix('input:')}"
    anchor = statement.anchor or "ticket"
    if found := _MESSAGE.fullmatch(anchor):
        return f"{page}?message={found[1]}#{anchor}"
    if found := _EVENT.fullmatch(anchor):
        return f"{page}?entry={found[1]}#{anchor}"
    return f"{page}#{anchor}"


def described(source: Source) -> str:
    """Return the source in one line: "Message, Maya Lindqvist, 11:03"."""
    return f"{source.label}, {clock(source.at, timezone.now())}" if source.at else source.label
