"""What the sources say, clause by clause, so that a sentence can be compared with it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tickets.bundle import StatementKind
from tickets.honesty.clauses import Clause, clauses_of
from tickets.honesty.concepts import Idea, ideas_of
from tickets.honesty.sources import Everything, Source, Sources
from tickets.honesty.tokens import tokens_of
from tickets.honesty.word_sets import words

_DENYING = words(
    """
    not no never none nobody nothing neither nor cannot can't couldn't isn't aren't wasn't weren't hasn't haven't
    hadn't don't doesn't didn't won't wouldn't unable hardly zero 0 nicht kein keine keinen keinem keiner nie niemals
    niemand nichts weder kaum without ohne
    """
)
_NO_TROUBLE = words(
    """
    problem problems error errors issue issues trouble delay warning warnings problem probleme problemen fehler
    verzögerung warnung warnungen störung störungen ausfall ausfälle interruption interruptions
    """
)
"""Behind "without", they say that something works."""

MOSTLY = 0.6
"""So much of a clause in a source's makes it the source's."""


@dataclass(frozen=True)
class Said:
    """One clause: its ideas by name, and of each word; how many words say the opposite of their idea."""

    ideas: dict[str, Idea]
    by_word: tuple[frozenset[str], ...]
    opposites: int
    denies: bool
    is_supposed: bool
    clause: Clause

    @property
    def size(self) -> int:
        return len(self.by_word)

    @property
    def denies_or_fails(self) -> bool:
        """Whether it says that something doesn't work: "no printing", "printing fails"; not "no failures"."""
        return (self.denies + self.opposites) % 2 == 1

    def share_in(self, other: "Said") -> float:
        """Return the part of this clause's words that the other one has, too."""
        if not self.by_word:
            return 0.0
        return sum(not ideas.isdisjoint(other.ideas) for ideas in self.by_word) / self.size

    def contradicts(self, other: "Said") -> bool:
        """Return whether what both speak of is said by one and denied by the other."""
        shared = self.ideas.keys() & other.ideas.keys()
        turned = any(self.ideas[name].is_opposite != other.ideas[name].is_opposite for name in shared)
        differs = turned != (self.denies != other.denies)
        # "orders are missing" and "no orders" agree, although they share no word that is turned
        return bool(shared) and differs and self.denies_or_fails != other.denies_or_fails


def said_in(clause: Clause) -> Said:
    """Return what a clause says. "Without problems" denies nothing."""
    tokens, denials, at = [], 0, 0
    while at < len(clause.tokens):
        word = clause.words[at]
        if word in {"without", "ohne"} and not _NO_TROUBLE.isdisjoint(clause.words[at + 1 : at + 3]):
            at += 2 if clause.words[at + 1] in _NO_TROUBLE else 3
            continue
        denials += word in _DENYING and not (
            word in {"not", "nicht"} and clause.words[at + 1 : at + 2] in (["only"], ["nur"])
        )
        tokens.append(clause.tokens[at])
        at += 1
    found = ideas_of(tokens)
    ideas = {idea.name: idea for _, each in found for idea in each}
    by_word = tuple(frozenset(idea.name for idea in each) for _, each in found)
    opposites = sum(all(idea.is_opposite for idea in each) for _, each in found)
    return Said(ideas, by_word, opposites, denials % 2 == 1, clause.is_supposed, clause)


def said_by(source: Source) -> tuple[Said, ...]:
    """Return the clauses of what this statement claims, and its texts as wholes. A fix's title claims nothing."""
    statement = source.statement
    if statement.kind in {StatementKind.HINT, StatementKind.SCRIPT}:
        return ()
    if source.attempt and statement.text in {source.attempt.title, source.attempt.description, ""}:
        return ()
    return said_in_text(statement.text)


@lru_cache(maxsize=4_096)
def said_in_text(text: str) -> tuple[Said, ...]:
    """Return what each clause of a text says."""
    return tuple(said_in(clause) for clause in clauses_of(tokens_of(text)))


def all_said(sources: Sources) -> Iterator[tuple[Source, Said]]:
    """Yield every clause of the sources with its statement; of a whole bundle, of what is established in it."""
    yield from sources.once("said", _all_said)


def _all_said(sources: Sources) -> list[tuple[Source, Said]]:
    found = [source for source in sources.found if not isinstance(sources, Everything) or _is_established(source)]
    return [(source, each) for source in found for each in said_by(source)]


def said_about(own: Said, sources: Sources) -> Iterator[tuple[Source, Said]]:
    """Yield the clauses of the sources that share half of the words of this one, or all of theirs."""
    said = sources.once("said", _all_said)
    by_idea = sources.once("by idea", _by_idea)
    shared = Counter(at for ideas in own.by_word for at in {at for idea in ideas for at in by_idea.get(idea, ())})
    for at, count in sorted(shared.items()):
        if count * 2 >= own.size:
            yield said[at]


def is_carried(own: Said, sources: Sources) -> bool:
    """Return whether a source says most of this clause, and not the opposite."""
    return any(own.share_in(said) >= MOSTLY and not own.contradicts(said) for _, said in said_about(own, sources))


def _by_idea(sources: Sources) -> dict[str, list[int]]:
    """Return which clauses have an idea, by their place among all of them."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, (_, said) in enumerate(all_said(sources)):
        for idea in said.ideas:
            found[idea].append(at)
    return found


def _is_established(source: Source) -> bool:
    """A conversation says one thing and later another; facts, outcomes and answers stand."""
    return source.is_outcome or source.statement.kind in {StatementKind.FACT, StatementKind.INPUT}
