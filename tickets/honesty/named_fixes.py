"""Tells which fix a clause names, by the words of their titles."""

from collections import Counter, defaultdict
from collections.abc import Container

from tickets.bundle import Attempt
from tickets.honesty.clauses import Clause
from tickets.honesty.concepts import ideas_of
from tickets.honesty.sources import Everything, Sources
from tickets.honesty.tokens import tokens_of

NAMED = 0.5
"""So much of a fix's title in a clause names that fix."""
RATHER = 0.25
"""So much of it is enough where no other title has half as much."""


class TitleIndex:
    """The words of the titles of some fixes, by their ideas."""

    def __init__(self, attempts: tuple[Attempt, ...]) -> None:
        self._attempts = {each.number: each for each in attempts}
        self._sizes: dict[int, int] = {}
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for attempt in attempts:
            # "for the affected user" isn't about anything that works
            found = [
                each for each in ideas_of(tokens_of(attempt.title)) if not any(idea.is_opposite for idea in each[1])
            ]
            self._sizes[attempt.number] = len(found)
            for at, (_, ideas) in enumerate(found):
                for idea in ideas:
                    self._places[idea.name].append((attempt.number, at))

    def named(self, clause: Clause, among: Container[int]) -> Attempt | None:
        """Return the fix whose title this clause has most of, or far more than of any other title."""
        words = {place for name in clause.ideas for place in self._places.get(name, ()) if place[0] in among}
        counts = Counter(number for number, _ in words)
        scores = sorted(((count / self._sizes[each], count, -each) for each, count in counts.items()), reverse=True)
        if not scores:
            return None
        share, count, number = scores[0]
        following = scores[1][0] if len(scores) > 1 else 0.0
        is_enough = share >= NAMED or (share >= RATHER and following <= share / 2)
        return self._attempts[-number] if is_enough and count >= min(2, self._sizes[-number]) else None


def named_fix(clause: Clause, everything: Everything, among: list[Attempt] | None = None) -> Attempt | None:
    """Return the fix that this clause names, of all or of these; None if it names none."""
    index: TitleIndex = everything.once("titles", _index)
    among = list(everything.bundle.attempts) if among is None else among
    return index.named(clause, {each.number for each in among})


def _index(sources: Sources) -> TitleIndex:
    return TitleIndex(sources.bundle.attempts)
