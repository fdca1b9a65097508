"""Refuses what is said of the wrong fix or the wrong person."""

import re
from collections.abc import Iterator

from fixes.transitions import Status
from tickets.bundle import Attempt
from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import SMALL, carried, ideas_in, names_of
from tickets.honesty.findings import Finding
from tickets.honesty.named_fixes import named_fix
from tickets.honesty.names import is_person
from tickets.honesty.reading import Reading
from tickets.honesty.said import said_about, said_in
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.tokens import Token

OTHER, MORE = 0.6, 0.3
"""So much of what is said of a fix is in another one's notes, and so much more than in its own."""
SAME = 0.5
LONGEST_NAME = 6
"""Words of a name, or of two with "and" between them."""

_NO_HELP = re.compile(
    r"\b(?:(?:not|didn't|doesn't|never) (?:\w+ )?(?:help|work|solve|fix|change anything)|no (?:effect|change|success)|"
    r"without (?:success|effect)|failed|nicht geholfen|nichts (?:geändert|gebracht|bewirkt)|ohne (?:erfolg|wirkung)|"
    r"keine (?:wirkung|besserung|änderung)|keinen erfolg|erfolglos|wirkungslos|unsuccessful|ineffective)\b"
)


def attribution_findings(sentence: Reading, sources: Sources, everything: Everything) -> Iterator[Finding]:
    """Yield clauses that speak of a fix with another one's outcome, or of a person with another one's words."""
    for clause in sentence.clauses:
        if fix := named_fix(clause, everything):
            yield from _wrong_fix(clause, fix, sources, everything)
        yield from _wrong_person(clause, everything.people, sources)


def _wrong_fix(clause: Clause, fix: Attempt, sources: Sources, everything: Everything) -> Iterator[Finding]:
    if clause.is_supposed:
        return
    unhelpful = _NO_HELP.search(clause.text)
    if unhelpful and fix.status in {Status.SUCCESS, Status.PENDING}:
        yield Finding(unhelpful[0], f"That isn’t what was recorded of “{fix.title}”.")
        return
    title = ideas_in(fix.title)
    rest = [token for token in clause.tokens if not names_of([token]) & title]
    own = carried(rest, _noted(fix) | title | sources.once("elsewhere", _said_elsewhere))
    for other in everything.bundle.attempts:
        if other.number != fix.number and (share := carried(rest, _noted(other))) >= OTHER and share >= own + MORE:
            yield Finding(clause.text, f"That was recorded of “{other.title}”, not of “{fix.title}”.")
            return


def _noted(fix: Attempt) -> frozenset[str]:
    return frozenset().union(*(ideas_in(outcome.notes) for outcome in fix.outcomes))


def _said_elsewhere(sources: Sources) -> frozenset[str]:
    """Return the ideas of cited statements that aren't about a fix."""
    return frozenset().union(*(ideas_in(each.statement.text) for each in sources.found if not each.attempt))


def _wrong_person(clause: Clause, people: frozenset[str], sources: Sources) -> Iterator[Finding]:
    """The words before the verb name who acts: a source has to say it of them."""
    subject = _subject(clause.tokens, people)
    if not subject:
        return
    rest = [token for token in clause.tokens if token not in subject]
    own, names = said_in(Clause(rest, clause.is_supposed)), {token.folded for token in subject}
    scored = [(own.share_in(said), source, said) for source, said in said_about(own, sources)]
    best = max((share for share, _, _ in scored), default=0.0)
    if best < SAME or own.size < 2:
        return
    for share, source, said in scored:
        speaker = {part.casefold() for part in source.statement.person.split()}
        actors = {token.folded for token in _subject(said.clause.tokens, people)}
        if share == best and (names & actors or (not actors and names & (speaker | source.words))):
            return
    yield Finding(" ".join(token.text for token in subject), "The record says this of someone else.")


def _subject(tokens: list[Token], people: frozenset[str]) -> list[Token]:
    """Return the name that the clause begins with."""
    begins = next((at for at in range(min(3, len(tokens))) if is_person(tokens, at, people)), None)
    if begins is None or any(token.folded not in SMALL for token in tokens[:begins]):
        return []
    end = begins
    while end < min(len(tokens), begins + LONGEST_NAME) and (
        is_person(tokens, end, people) or tokens[end].folded in {"und", "and"}
    ):
        end += 1
    return tokens[begins:end]
