"""Refuses a sentence that denies what a cited statement says, or says what it denies."""

from collections.abc import Iterator

from tickets.honesty.findings import Finding
from tickets.honesty.named_fixes import named_fix
from tickets.honesty.reading import Reading
from tickets.honesty.said import Said, all_said, said_about, said_in
from tickets.honesty.sources import Everything, Source, Sources
from tickets.honesty.word_sets import words

SAME = 0.7
"""So much of a clause in a source's clause: both speak of the same."""
CONTAINED = 0.8
"""So much of a source's clause in the sentence's, which says more."""
LONGEST = 12
"""Words of a clause; longer ones are logs."""
DONE_SINCE = words("again anew now then we i erneut neu nun jetzt wieder wir ich")
"""Beside the words of a fix: what was done changes what was so before."""
CLOSE = 0.1
"""Sources that fit nearly as well as the best one speak, too."""


def contradiction_findings(sentence: Reading, sources: Sources, everything: Everything) -> Iterator[Finding]:
    """Yield the clauses whose best matching source says the opposite."""
    for clause in sentence.clauses:
        own = said_in(clause)
        if own.is_supposed or not 2 <= own.size <= LONGEST:
            continue
        if not own.denies and not DONE_SINCE.isdisjoint(clause.words) and named_fix(clause, everything):
            continue
        if against := _opposite(own, sources):
            yield Finding(clause.text, f"The record says the opposite: “{against}”.")


def _opposite(own: Said, sources: Sources) -> str:
    scored = [(_likeness(own, said), source, said) for source, said in said_about(own, sources)]
    best = max((share for share, _, _ in scored), default=0.0)
    if best < SAME:
        return ""
    closest = [(source, said) for share, source, said in scored if share >= max(SAME, best - CLOSE)]
    if any(said.is_supposed or _is_the_last_time(own, said) or not own.contradicts(said) for _, said in closest):
        return ""
    if _goes_on(own, closest[0], sources):
        return ""
    return closest[0][0].statement.text[:200]


def _likeness(own: Said, said: Said) -> float:
    share = own.share_in(said)
    if share >= 0.5 and said.size >= 2 and said.share_in(own) >= CONTAINED:
        return max(share, SAME)
    return share


def _is_the_last_time(own: Said, said: Said) -> bool:
    """Return whether one is "not for 15 hours", and the other "last, 15 hours ago"."""
    since, last = {"for", "since", "seit"}, {"last", "zuletzt", "ago"}
    return not since.isdisjoint(own.clause.words) and not last.isdisjoint(said.clause.words)


def _goes_on(own: Said, closest: tuple[Source, Said], sources: Sources) -> bool:
    """Return whether another clause of the same statement says what the closest one doesn't, and agrees."""
    source, best = closest
    rest = own.ideas.keys() - best.ideas.keys()
    return any(
        other is source and not rest.isdisjoint(said.ideas) and not own.contradicts(said)
        for other, said in all_said(sources)
    )
