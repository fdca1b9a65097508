"""The sections that note and package share, and the small builders of documents."""

from datetime import datetime

from tickets.bundle import Bundle
from tickets.bundle.statements import Attempt, Outcome
from tickets.models.text import Kind, Language
from tickets.writing.built_in.english import English
from tickets.writing.built_in.german import German
from tickets.writing.built_in.phrases import Phrases
from tickets.writing.dates import Dates
from tickets.writing.document import Block, Item, Section, Sentence
from tickets.writing.greetings import paragraphs
from tickets.writing.headings import HEADINGS
from tickets.writing.words import one_line, question_and_answer, sentence, shortened

PHRASES = {Language.ENGLISH: English, Language.GERMAN: German}
LONGEST = {Kind.NOTE: 400, Kind.PACKAGE: 1_000, Kind.ADDENDUM: 400}
"""Characters of a quotation or finding. A note is no copy of the ticket; in a package the details help."""
LONGEST_PROBLEM = {Kind.NOTE: 600, Kind.PACKAGE: 2_000}
LONGEST_MESSAGE = 400
MOST_FINDINGS = 15
"""A note lists so many findings, and says how many more there are."""


def phrases(bundle: Bundle, kind: Kind, language: Language) -> Phrases:
    """Return the phrases of one section."""
    return PHRASES[language](Dates(language, bundle.zone), longest=LONGEST[kind])


def section(kind: Kind, language: Language, key: str, blocks: list[Block], mark: str = "") -> Section:
    return Section(key, HEADINGS[kind, language][key], tuple(blocks), mark)


def paragraph(*sentences: Sentence) -> Block:
    return Block("paragraph", (Item(sentences),))


def fixed(text: str) -> Sentence:
    return Sentence(text, is_fixed=True)


def problem(bundle: Bundle, kind: Kind, language: Language) -> list[Item]:
    """Return the problem as the ticket describes it, a paragraph each, without its greeting.

    Without a description it is the session's title; a package then quotes the first message, too.
    """
    if not bundle.problem:
        title = Item((Sentence(sentence(bundle.title), ("session:title",)),))
        return [title, *(_first_message(bundle, language) if kind == Kind.PACKAGE else [])]
    lines = paragraphs(bundle.problem)
    left, items = LONGEST_PROBLEM[kind], []
    for line in lines:
        items.append(Item((Sentence(sentence(shortened(line, max(left, 1))), ("session:problem_summary",)),)))
        left -= len(line)
        if left <= 0:
            break
    return items


def _first_message(bundle: Bundle, language: Language) -> list[Item]:
    if bundle.first_message not in bundle.statements:
        return []
    text = " ".join(paragraphs(bundle.statements[bundle.first_message].text))
    quoted = phrases(bundle, Kind.PACKAGE, language).first_message(shortened(text, LONGEST_MESSAGE))
    return [Item((Sentence(quoted, (bundle.first_message,)),))]


def findings(bundle: Bundle, kind: Kind, say: Phrases) -> list[Item]:
    """Return the facts, each as a sentence. The same words twice are one finding with both sources."""
    cites: dict[str, tuple[str, ...]] = {}
    for each in bundle.facts:
        line = shortened(one_line(bundle.statements[each].text), LONGEST[kind])
        asked = question_and_answer(line)
        text = say.asked(*asked) if asked else sentence(line)
        cites[text] = (*cites.get(text, ()), each)
    return [Item((Sentence(text, ids),)) for text, ids in cites.items()]


def cited(*ids: str) -> tuple[str, ...]:
    """Return the ids that there are, each once."""
    return tuple(dict.fromkeys(filter(None, ids)))


def sources(attempt: Attempt, outcome: Outcome | None = None) -> tuple[str, ...]:
    """Return what a sentence about a fix rests on: its suggestion, that it was applied, and its outcome."""
    return cited(attempt.suggested, attempt.applied, *(outcome.all_cites if outcome else ()))


def applied_at(attempt: Attempt) -> datetime | None:
    """Return when it was applied; None where that was only said together with its first outcome."""
    return None if attempt.recorded_as_applied else attempt.applied_at


def application(attempt: Attempt, say: Phrases) -> str:
    """Return who applied it and when, for brackets; where that isn't known, who recorded that it was applied."""
    if outcome := attempt.recorded_as_applied:
        return say.recorded_by(outcome)
    return say.stamp(attempt.applied_by, attempt.applied_at or attempt.suggested_at)


def reopened(attempt: Attempt, say: Phrases, *, named: bool) -> list[Sentence]:
    """Return that a verdict was taken back, and why. `named`: with who recorded it and who reopened it."""
    if not attempt.taken_back:
        return []
    verdict, reopening = attempt.taken_back
    text = say.reopened(verdict, reopening, named=named)
    return [Sentence(text, cited(*verdict.all_cites, reopening.cites))]
