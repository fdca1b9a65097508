"""Refuses words of closure ("resolved", "works again") about anything that nobody verified."""

import re
from collections.abc import Iterator

from fixes.transitions import Status
from tickets.bundle import Attempt
from tickets.honesty import lexicon_english, lexicon_german
from tickets.honesty.clauses import Clause, clauses_of
from tickets.honesty.concepts import carried, ideas_of, names_of
from tickets.honesty.findings import Finding
from tickets.honesty.remedies import honest_sentence
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.tokens import Token, tokens_of
from tickets.models.text import Language

_LEXICONS = {Language.ENGLISH: lexicon_english, Language.GERMAN: lexicon_german}
_STRONG = {each: re.compile("|".join(lexicon.CLOSURE)) for each, lexicon in _LEXICONS.items()}
_HELPED = {each: re.compile("|".join(lexicon.HELPED)) for each, lexicon in _LEXICONS.items()}
_CONFIRMED = {each: re.compile("|".join(lexicon.CONFIRMED)) for each, lexicon in _LEXICONS.items()}
_WHOLE = {each: re.compile(lexicon.WHOLE) for each, lexicon in _LEXICONS.items()}
_PART_ONLY = re.compile(r"again|wieder|no longer|nicht mehr|keine|any ?more")
"""Closure of these kinds can be about a part of the problem."""

NAMED = 0.6
"""So much of a fix's title in a clause names that fix."""
SAME = 0.75
"""So much of a clause in one statement makes it that statement's."""


def closure_findings(
    tokens: list[Token], sources: Sources, everything: Everything, language: Language
) -> Iterator[Finding]:
    """Yield what the sentence claims as done or working although nobody verified it."""
    for clause in clauses_of(tokens):
        found = _closure(clause, sources, language)
        if found and (attempt := _unverified(clause, found, sources, everything, language)) is not None:
            instead = "" if isinstance(attempt, bool) else honest_sentence(attempt, everything.bundle, language)
            yield Finding(found, _reason(attempt), instead)


def _closure(clause: Clause, sources: Sources, language: Language) -> str:
    """Return the words of closure in this clause, "" for none or if it is negated or only supposed."""
    if clause.is_supposed:
        return ""
    strong = _STRONG[language].search(clause.text)
    if not strong and _speaks_of_an_open_fix(clause, sources):
        strong = _HELPED[language].search(clause.text) or _CONFIRMED[language].search(clause.text)
    if not strong or _is_negated(clause, strong, language):
        return ""
    return strong[0]


def _speaks_of_an_open_fix(clause: Clause, sources: Sources) -> bool:
    """Return whether weaker words such as "helped" claim closure here."""
    open_ones = [each for each in sources.attempts if each.status != Status.SUCCESS]
    return bool(_named(clause, open_ones) if isinstance(sources, Everything) else open_ones)


def _is_negated(clause: Clause, found: re.Match[str], language: Language) -> bool:
    """English negates before the word, German before or after it."""
    at = clause.text.count(" ", 0, found.start())
    inside = range(at, at + found[0].count(" ") + 1)
    for negation in clause.negations:
        if negation in inside and re.match(r"keine|no ", found[0]):
            continue
        if negation < at or negation in inside or language == Language.GERMAN:
            return clause.words[negation] not in {"without", "ohne"}
    return False


def _unverified(
    clause: Clause, found: str, sources: Sources, everything: Everything, language: Language
) -> Attempt | bool | None:
    """Return the fix that isn't verified; True if there is none to be verified; None if the closure is known."""
    named = _named(clause, sources.attempts) or _named(clause, list(everything.bundle.attempts))
    about = [named] if named else sources.attempts
    open_ones = [each for each in about if each.status != Status.SUCCESS]
    verified = [each for each in about if each.status == Status.SUCCESS]
    if verified and not any(each.status in {Status.PENDING, Status.PARTIAL} for each in open_ones):
        return None
    if _is_said_of_a_part(clause, found, sources, language):
        return None
    if open_ones:
        return open_ones[-1]
    return _of_the_session(everything)


def _of_the_session(everything: Everything) -> Attempt | bool | None:
    """Return what keeps the session from being closed: None if a fix is verified and no other one is open."""
    attempts = everything.bundle.attempts
    waiting = [each for each in attempts if each.status in {Status.PENDING, Status.PARTIAL}]
    if waiting:
        return waiting[-1]
    if any(each.status == Status.SUCCESS for each in attempts):
        return None
    return attempts[-1] if attempts else True


def _named(clause: Clause, attempts: list[Attempt]) -> Attempt | None:
    """Return the fix whose title this clause has most of, if it has enough."""
    words = names_of(clause.tokens)
    scores = {each.number: _share(each.title, words) for each in attempts}
    best = max(attempts, key=lambda each: scores[each.number], default=None)
    return best if best and scores[best.number] >= NAMED else None


def _share(title: str, words: frozenset[str]) -> float:
    """Return the part of a title's words that these words have, too."""
    ideas = ideas_of(tokens_of(title))
    return sum(any(idea.name in words for idea in each) for _, each in ideas) / len(ideas) if ideas else 0


def _is_said_of_a_part(clause: Clause, found: str, sources: Sources, language: Language) -> bool:
    """Return whether the notes of a partly working fix, or a fact, say just this."""
    if not _PART_ONLY.search(found) or _WHOLE[language].search(clause.text):
        return False
    said = [
        each.statement.text
        for each in sources.found
        if not each.attempt or (each.is_outcome and each.attempt.status == Status.PARTIAL)
    ] + [outcome.notes for each in sources.attempts if each.status == Status.PARTIAL for outcome in each.outcomes[-1:]]
    return any(
        not part.negations and carried(clause.tokens, names_of(part.tokens)) >= SAME
        for text in said
        for part in clauses_of(tokens_of(text))
    )


def _reason(attempt: Attempt | bool) -> str:
    if isinstance(attempt, bool):
        return "No fix was verified in this session."
    return {
        Status.PENDING: "No one has verified the fix yet.",
        Status.PARTIAL: "The fix worked only partly.",
        Status.FAILED: "The fix didn’t work.",
        Status.DISMISSED: "The fix was dismissed.",
    }.get(attempt.status, "No one has said whether the fix worked.") + f" (“{attempt.title}”)"
