"""Finds, in an edited text of a session with a waiting fix, that a sentence tells something that nobody said.

Words for a good end are without number, so this asks the other way round: a statement has to carry what is told.
"""

import re

from fixes.transitions import Status
from tickets.bundle import StatementKind
from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import ideas_by_word, ideas_in, ideas_of_word, share
from tickets.honesty.findings import Finding
from tickets.honesty.reading import Reading
from tickets.honesty.remedies import honest_sentence
from tickets.honesty.said import MOSTLY
from tickets.honesty.sources import Everything, Source, Sources
from tickets.honesty.times import MONTHS

CARRIED = 0.4
"""So much of a clause has to be in one statement."""
WITH_GOOD_WORDS = 0.6
"""So much of it if it has a word for something good."""
MOST_CLAUSES, MOST_WORDS = 20, 100
"""Of one sentence; nobody reads a longer one."""
SHORT = 3
"""A sentence of fewer words with meaning has to be said with just that word."""

MONTH_IDEAS = frozenset(idea.name for month in MONTHS for idea in ideas_of_word(month))

_AHEAD = re.compile(
    r"\b(?:will|we'll|i'll|going to|please|let us know|yet|still|until|checked|next|later|then|stays? open|"
    r"continues? to|provisional|verification|vorläufig|helped only|recorded|established|"
    r"festgehalten|festgestellt|applied|in place|not|\w+n't|"
    r"thanks?(?: you)?|regards|dear|hello|hi|sorry|apologi[sz]e|welcome|"
    r"questions?|contact|call us|"
    r"wird|werden|melden|meldet|bitte|noch|bis|geprüft|prüfung|zu prüfen|danach|dann|später|nächste[nrs]?|offen|"
    r"weiterhin|durchgeführt|umgesetzt|eingespielt|nicht(?! mehr)|ohne wirkung|danke?|vielen dank|grüssen?|gruss|hallo|"
    r"liebe[rs]?|sehr geehrte[rs]?|entschuldig\w+|fragen|rückfragen)\b"
)
"""What is to come, what goes on or isn't so, that something was applied, and courtesies: none is a good end."""
_GOOD = re.compile(
    r"\b(?:happy|glad|pleased|satisfied|relieved|delighted|closed?|over|done|ok|okay|fine|green|well|good|great|"
    r"perfect\w*|success\w*|back|can (?!only|be\b)|able|works?|working|worked|quick\w*|fast|smooth\w*|normal\w*|stable|"
    r"gone|history|behind|finally|finished|complete\w*|undisturbed|quiet|now|operational|as it was|as before|"
    r"no (?:issues?|problems?|errors?|complaints?|trouble)|nothing (?:left|more|else|further)|no (?:further|more) \w+|"
    r"zufrieden|glücklich|froh|begeistert|erleichtert|passt|klappt|geht|läuft|gut|bestens|prima|super|perfekt|grün\w*|"
    r"erfolg\w*|geschafft|hinbekommen|geschichte|vergangenheit|(?:können|kann) (?!nur|erst)|schnell|flott|normal\w*|"
    r"stabil|ruhig|ruhe|fertig|vorbei|weg|erledigt|jetzt|inzwischen|keine weiteren? \w+|nichts (?:mehr|weiter))\b"
)
"""Words for a good end. A statement that has them carries them."""


def unsaid_finding(sentence: Reading, everything: Everything) -> Finding | None:
    """Return a finding if a part of the sentence is carried by no statement, while a fix waits."""
    waiting = [each for each in everything.bundle.attempts if each.status == Status.PENDING]
    if not waiting or sentence.text.rstrip().endswith("?"):
        return None
    for clause in sentence.clauses[:MOST_CLAUSES]:
        if not clause.is_supposed and not _AHEAD.search(clause.text) and not _is_carried(clause, sentence, everything):
            instead = honest_sentence(waiting[-1], everything.bundle, sentence.language)
            return Finding(clause.text, "Nothing in this session says this, and a fix awaits verification.", instead)
    return None


def _is_carried(clause: Clause, sentence: Reading, everything: Everything) -> bool:
    own, good = ideas_by_word(clause.tokens), _GOOD.search(clause.text)
    if not good and all(_is_of_a_date(idea) for ideas in own for idea in ideas):
        return True
    texts: list[tuple[frozenset[str], str]] = everything.once("told texts", _told)
    whole = ideas_by_word(sentence.tokens[:MOST_WORDS])
    if good and len(whole) < SHORT:
        return any(good[0] in text and share(own, ideas) >= WITH_GOOD_WORDS for ideas, text in texts)
    if good:
        words = ideas_in(good[0])
        return any(
            share(own, ideas) >= WITH_GOOD_WORDS and (good[0] in text or not words.isdisjoint(ideas))
            for ideas, text in texts
        )
    return any(share(own, ideas) >= CARRIED or share(whole, ideas) >= MOSTLY for ideas, _ in texts)


def _is_of_a_date(idea: str) -> bool:
    """Return whether it is a number or a month: `carried.py` looks after those."""
    return any(map(str.isdigit, idea)) or idea in MONTH_IDEAS


def _told(everything: Sources) -> list[tuple[frozenset[str], str]]:
    """Return the ideas and the words of every statement; a hint only says what is to be seen."""
    texts = {_text_of(each) for each in everything.found if each.statement.kind != StatementKind.HINT}
    return [(ideas_in(text), text.casefold()) for text in texts]


def _text_of(source: Source) -> str:
    about = (source.attempt.title, source.attempt.description) if source.attempt else ()
    return " ".join((source.statement.text, source.statement.person, *about))
