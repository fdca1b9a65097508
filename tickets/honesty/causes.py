"""Refuses a cause that nobody stated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fixes.transitions import Status
from tickets.honesty.clauses import NEGATIONS, Clause
from tickets.honesty.concepts import ideas_by_word, ideas_in, share
from tickets.honesty.findings import Finding
from tickets.honesty.markdown_sentences import sentences_of
from tickets.honesty.quotes import QUOTED
from tickets.honesty.reading import Reading
from tickets.honesty.shape import language_of
from tickets.honesty.sources import Source, Sources
from tickets.models.text import Language

_CONNECTIVES = re.compile(
    r"\b(?:because|caused by|cause (?:is|was|of)|causes|caused|due to|as a result of|resulted (?:in|from)|owing to|"
    r"triggered|led to|leads to|that is why|that's why|which is why|the reason|stems from|stemmed from|"
    r"attributable to|thanks to|root cause|(?:was|is) the cause|therefore|hence|consequently|"
    r"weil|denn|wegen|aufgrund|auf grund|verursacht|ausgelöst|ursache|der grund|grund (?:ist|war)|führte zu|führt zu|"
    r"liegt an|lag an|liegt daran|lag daran|deshalb|daher|deswegen|darum|folglich|dadurch|infolge|geht auf|"
    r"zurückzuführen|schuld)\b"
)
_MARKS = re.compile(rf"{_CONNECTIVES.pattern}|\b(?:since|so|why|reason|cause|by|from|after|da|durch|grund|löst)\b|->|→")
"""What in a source can stand for a cause."""

_LOOKS_FOR = re.compile(r"\b(?:another|other|anderen?|weitere[nr]?) (?:root )?(?:cause|ursache|reason|grund)")
SIDE, FOREIGN, BESIDE = 0.5, 0.25, 0.75
"""So much of the cause, and of its effect, has to be in one source."""


def cause_findings(sentence: Reading, sources: Sources) -> Iterator[Finding]:
    """Yield a cause that no source states."""
    folded, tokens = sentence.text.casefold().replace("’", "'"), sentence.tokens
    found = _CONNECTIVES.search(folded)
    if not found or _LOOKS_FOR.search(folded) or QUOTED in folded or _is_left_open(sentence.clauses, found):
        return
    before = [token for token in tokens if token.end <= found.start()]
    after = [token for token in tokens if token.start >= found.end()]
    sides = [words for side in (before, after) if (words := ideas_by_word(side))]
    causes: list[Cause] = sources.once("causes", _causes)
    if not any(cause.states(sides, sentence.language) for cause in causes):
        yield Finding(found[0], "Nobody stated this cause.")


def _is_left_open(clauses: list[Clause], found: re.Match[str]) -> bool:
    """Return whether the sentence says that there is no cause, or only supposes one."""
    for clause in clauses:
        if clause.tokens[0].start <= found.start() and found.end() <= clause.tokens[-1].end:
            negated = any(word in NEGATIONS for word in clause.words if word not in {"without", "ohne"})
            is_noun = found[0].startswith(("ursache", "cause", "root", "the reason", "der grund", "grund"))
            return clause.is_supposed or (negated and is_noun)
    return False


@dataclass(frozen=True)
class Cause:
    """What one source says of causes. `ideas`: those of a source that links two things; None where it links nothing."""

    language: Language
    ideas: frozenset[str] | None
    problem: frozenset[str]
    sentences: tuple[frozenset[str], ...]

    def states(self, sides: list[list[frozenset[str]]], language: Language) -> bool:
        """Return whether it names one side as coming of the other, which can be the problem itself."""
        if self.ideas is None:
            # both in one sentence, as in "2 GB left, users can't save"
            return len(sides) == 2 and any(
                all(share(side, each) >= BESIDE for side in sides) for each in self.sentences
            )
        # few words of another language are known
        enough = SIDE if self.language == language else FOREIGN
        if self.language != language:
            sides = [side for side in sides if len(side) > 1] or sides
        return any(share(side, self.ideas) >= enough for side in sides) and all(
            share(side, self.ideas | self.problem) >= enough for side in sides
        )


def _causes(sources: Sources) -> list[Cause]:
    problem = ideas_in(f"{sources.bundle.title} {sources.bundle.problem}")
    return [_cause(source, problem) for source in sources.found]


def _cause(source: Source, problem: frozenset[str]) -> Cause:
    text = source.statement.text
    ideas = frozenset().union(*map(ideas_in, source.texts)) if _is_a_cause(source) else None
    return Cause(language_of(text), ideas, problem, () if ideas else tuple(map(ideas_in, sentences_of(text))))


def _is_a_cause(source: Source) -> bool:
    """A stated cause, what a fix waits on, or words that link two things."""
    if source.statement.id.endswith(":root_cause"):
        return True
    if source.is_outcome and source.attempt and source.attempt.status == Status.PENDING:
        return True
    return bool(_MARKS.search(source.statement.text.casefold()))
