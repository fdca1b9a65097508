"""Refuses words of closure ("resolved", "works again") about anything that nobody verified."""

import re
from collections.abc import Iterable, Iterator

from fixes.transitions import Status
from tickets.bundle import Attempt
from tickets.honesty import lexicon_english, lexicon_german
from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import ideas_by_word, ideas_in, share
from tickets.honesty.effects import claimed_effect
from tickets.honesty.findings import Finding
from tickets.honesty.named_fixes import named_fix
from tickets.honesty.quotes import QUOTED
from tickets.honesty.reading import Reading
from tickets.honesty.relief import claimed_relief
from tickets.honesty.remedies import honest_sentence
from tickets.honesty.said import is_carried, said_in, said_in_text
from tickets.honesty.sources import Everything, Sources
from tickets.models.text import Language

_LEXICONS = {Language.ENGLISH: lexicon_english, Language.GERMAN: lexicon_german}
_STRONG = {each: re.compile("|".join(lexicon.CLOSURE)) for each, lexicon in _LEXICONS.items()}
_ABSENCE = {each: re.compile("|".join(lexicon.ABSENCE)) for each, lexicon in _LEXICONS.items()}
_HELPED = {each: re.compile("|".join(lexicon.HELPED)) for each, lexicon in _LEXICONS.items()}
_CONFIRMED = {each: re.compile("|".join(lexicon.CONFIRMED)) for each, lexicon in _LEXICONS.items()}
_WHOLE = {each: re.compile(lexicon.WHOLE) for each, lexicon in _LEXICONS.items()}
_RESOLVES_NAMES = re.compile(
    r"\b(?:names?|hosts?|hostnames?)(?: (?:can|could|are|is|were|was|be|being|now|correctly|to))* resolved\b"
)
_DENIES = re.compile(r"\b(?:no|not|\w+n't|nicht|keine\w*)\b")
_PART_ONLY = re.compile(r"again|wieder|no longer|nicht mehr|keine|any ?more")
"""Closure of these kinds can be about a part of the problem."""

SAME, HALF = 0.75, 0.5
"""So much of a clause in one statement, with the ticket's own words, makes it that statement's."""


def closure_findings(sentence: Reading, sources: Sources, everything: Everything) -> Iterator[Finding]:
    """Yield what the sentence claims as done or working although nobody verified it."""
    language = sentence.language
    for clause in sentence.clauses:
        found = (
            _closure(clause, sources, language)
            or claimed_effect(clause, sources, everything)
            or (QUOTED not in sentence.text and claimed_relief(clause, sources))
        )
        if found and (attempt := _unverified(clause, found, sources, everything, language)) is not None:
            instead = "" if isinstance(attempt, bool) else honest_sentence(attempt, everything.bundle, language)
            yield Finding(found, _reason(attempt), instead)


def _closure(clause: Clause, sources: Sources, language: Language) -> str:
    """Return the words of closure in this clause, "" for none or if it is negated or only supposed."""
    if clause.is_supposed:
        return ""
    for each in Language:  # a text may have a sentence in the other language
        absence = _ABSENCE[each].search(clause.text)
        if absence and not _is_negated(clause, absence, each):
            return absence[0]
        strong = _STRONG[each].search(clause.text)
        if strong and not _is_negated(clause, strong, each):
            return "" if _RESOLVES_NAMES.search(clause.text) else strong[0]
    return _weaker(clause, sources, language) if _speaks_of_an_open_fix(clause, sources) else ""


def _weaker(clause: Clause, sources: Sources, language: Language) -> str:
    """Return words that are closure only beside a fix that isn't verified, and only if no source has them."""
    helped = _HELPED[language].search(clause.text)
    if helped and not _is_negated(clause, helped, language):
        return helped[0]
    found = _CONFIRMED[language].search(clause.text)
    if not found or _is_negated(clause, found, language) or is_carried(said_in(clause), sources):
        return ""
    return found[0]


def _speaks_of_an_open_fix(clause: Clause, sources: Sources) -> bool:
    """Return whether weaker words such as "helped" claim closure here."""
    open_ones = [each for each in sources.attempts if each.status != Status.SUCCESS]
    return bool(named_fix(clause, sources, open_ones) if isinstance(sources, Everything) else open_ones)


def _is_negated(clause: Clause, found: re.Match[str], language: Language) -> bool:
    """Return whether a word outside of the found ones negates them: in English before, in German also after them."""
    first = clause.text.count(" ", 0, found.start())
    last = first + found[0].count(" ")
    outside = [at for at in clause.negations if at < first or (at > last and language == Language.GERMAN)]
    return any(clause.words[at] not in {"without", "ohne"} for at in outside)


def _unverified(
    clause: Clause, found: str, sources: Sources, everything: Everything, language: Language
) -> Attempt | bool | None:
    """Return the fix that isn't verified; True if there is none to be verified; None if the closure is known."""
    named = named_fix(clause, everything, sources.attempts) or named_fix(clause, everything)
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


def _is_said_of_a_part(clause: Clause, found: str, sources: Sources, language: Language) -> bool:
    """Return whether the notes of a partly working fix, or a fact, say just this."""
    if not _PART_ONLY.search(found) or _WHOLE[language].search(clause.text):
        return False
    own, ticket = ideas_by_word(clause.tokens), ideas_in(f"{sources.bundle.title} {sources.bundle.problem}")
    # "nicht mehr gefragt" isn't said by a fact that affirms the asking
    facts: list[frozenset[str]] = [] if _DENIES.search(found) else sources.once("facts that work", _facts_that_work)
    parts: list[frozenset[str]] = sources.once("parts that work", _parts_that_work)
    return any(share(own, each) >= SAME for each in facts) or any(
        share(own, each) >= HALF and share(own, each | ticket) >= SAME for each in parts
    )


def _facts_that_work(sources: Sources) -> list[frozenset[str]]:
    return _affirmed(each.statement.text for each in sources.found if not each.attempt)


def _parts_that_work(sources: Sources) -> list[frozenset[str]]:
    partial = [each.outcome for each in sources.attempts if each.outcome and each.status == Status.PARTIAL]
    return _affirmed(outcome.notes for outcome in partial)


def _affirmed(texts: Iterable[str]) -> list[frozenset[str]]:
    """Return the ideas of each clause that denies nothing."""
    said = [each for text in dict.fromkeys(texts) for each in said_in_text(text)]
    return [frozenset(each.ideas) for each in said if not each.denies_or_fails]


def _reason(attempt: Attempt | bool) -> str:
    if isinstance(attempt, bool):
        return "No fix was verified in this session."
    return {
        Status.PENDING: "No one has verified the fix yet.",
        Status.PARTIAL: "The fix worked only partly.",
        Status.FAILED: "The fix didn’t work.",
        Status.DISMISSED: "The fix was dismissed.",
    }.get(attempt.status, "No one has said whether the fix worked.") + f" (“{attempt.title}”)"
