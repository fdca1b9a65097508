"""Finds that a sentence says that the problem is gone, in whatever words: it denies what the ticket complains of."""

import re

from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import ideas_in
from tickets.honesty.said import Said, is_carried, said_in, said_in_text
from tickets.honesty.sources import Sources

ALIKE = 0.6
"""So much of a clause in the ticket's own words: both speak of the problem."""

_PART = re.compile(r"\b(?:most|some|several|few|part|partly|almost|meisten|einige|manche|teils|teilweise|mehrere)\b")
"""What holds for some isn't the end of the problem."""
_ENDS = re.compile(
    r"\b(?:ended|stopped|ceased|eliminated|put an end to|put a stop to|"
    r"got rid of|cured|removed the|prevents?|prevented|"
    r"avoids|overcame|beendet|gestoppt|aufgehört|abgestellt|unterbunden|verhindert|weggefallen|ausgeblieben|behebt)\b"
)


def claimed_relief(clause: Clause, sources: Sources) -> str:
    """Return the words that say so, "" for none."""
    if clause.is_supposed:
        return ""
    ended = _ENDS.search(clause.text)
    if ended and not clause.negations and not clause.ideas.isdisjoint(_problem_ideas(sources)):
        return ended[0]
    own = said_in(clause)
    if _PART.search(clause.text):
        return ""
    if (
        own.size >= 3 - own.denies
        and any(_denies(own, said) for said in _complaints(sources))
        and not is_carried(own, sources)
    ):
        return clause.text
    return ""


def _denies(own: Said, complaint: Said) -> bool:
    return own.share_in(complaint) >= ALIKE and own.contradicts(complaint)


def _complaints(sources: Sources) -> list[Said]:
    """Return what the ticket says is wrong; "webmail works" in it is no complaint."""
    found: list[Said] = sources.once("complaints", _read_complaints)
    return found


def _read_complaints(sources: Sources) -> list[Said]:
    clauses = [*said_in_text(sources.bundle.title), *said_in_text(sources.bundle.problem)]
    return [each for each in clauses if each.denies_or_fails or "work" not in each.ideas]


def _problem_ideas(sources: Sources) -> frozenset[str]:
    return ideas_in(f"{sources.bundle.title} {sources.bundle.problem}")
