"""Refuses a cause that nobody stated."""

import re
from collections.abc import Iterator

from fixes.transitions import Status
from tickets.honesty.clauses import NEGATIONS, Clause
from tickets.honesty.concepts import carried, ideas_in, names_of
from tickets.honesty.findings import Finding
from tickets.honesty.quotes import QUOTED
from tickets.honesty.reading import Reading
from tickets.honesty.sources import Source, Sources
from tickets.honesty.tokens import Token

_CONNECTIVES = re.compile(
    r"\b(?:because|caused by|cause (?:is|was|of)|causes|caused|due to|as a result of|resulted (?:in|from)|owing to|"
    r"triggered|led to|leads to|that is why|that's why|which is why|the reason|stems from|stemmed from|attributable to|"
    r"thanks to|root cause|(?:was|is) the cause|weil|denn|wegen|aufgrund|auf grund|verursacht|ausgelöst|ursache|"
    r"der grund|grund (?:ist|war)|"
    r"führte zu|führt zu|liegt an|lag an|liegt daran|lag daran|deshalb|daher|deswegen|dadurch|infolge|geht auf|"
    r"zurückzuführen|schuld)\b"
)
_MARKS = re.compile(rf"{_CONNECTIVES.pattern}|\b(?:since|so|why|reason|cause|by|from|after|da|durch|grund|löst)\b|->|→")
"""What in a source can stand for a cause."""

_LOOKS_FOR = re.compile(r"\b(?:another|other|anderen?|weitere[nr]?) (?:root )?(?:cause|ursache|reason|grund)")
SIDE = 0.5
"""So much of the cause, and of its effect, has to be in one source."""


def cause_findings(sentence: Reading, sources: Sources) -> Iterator[Finding]:
    """Yield a cause that no source states."""
    folded, tokens = sentence.text.casefold().replace("’", "'"), sentence.tokens
    found = _CONNECTIVES.search(folded)
    if not found or _LOOKS_FOR.search(folded) or QUOTED in folded or _is_left_open(sentence.clauses, found):
        return
    before = [token for token in tokens if token.end <= found.start()]
    after = [token for token in tokens if token.start >= found.end()]
    if not any(_states(source, before, after, sources) for source in sources.found):
        yield Finding(found[0], "Nobody stated this cause.")


def _is_left_open(clauses: list[Clause], found: re.Match[str]) -> bool:
    """Return whether the sentence says that there is no cause, or only supposes one."""
    for clause in clauses:
        if clause.tokens[0].start <= found.start() and found.end() <= clause.tokens[-1].end:
            negated = any(word in NEGATIONS for word in clause.words if word not in {"without", "ohne"})
            is_noun = found[0].startswith(("ursache", "cause", "root", "the reason", "der grund", "grund"))
            return clause.is_supposed or (negated and is_noun)
    return False


def _states(source: Source, before: list[Token], after: list[Token], sources: Sources) -> bool:
    """Return whether this source names one side as coming of the other, which can be the problem itself."""
    if not _is_a_cause(source):
        return False
    ideas = frozenset().union(*map(ideas_in, source.texts))
    problem = ideas_in(f"{sources.bundle.title} {sources.bundle.problem}")
    sides = [side for side in (before, after) if names_of(side)]
    return any(carried(side, ideas) >= SIDE for side in sides) and all(
        carried(side, ideas | problem) >= SIDE for side in sides
    )


def _is_a_cause(source: Source) -> bool:
    """A stated cause, what a fix waits on, or words that link two things."""
    if source.statement.id.endswith(":root_cause"):
        return True
    if source.is_outcome and source.attempt and source.attempt.status == Status.PENDING:
        return True
    return bool(_MARKS.search(source.statement.text.casefold()))
