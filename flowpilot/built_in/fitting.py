"""Decides whether a case fits a problem well enough to be proposed (docs/copilot.md, *How it finds*).

One word in common is no reason to propose something. What is missing here is only named as the nearest.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from flowpilot.built_in.names import names_in
from flowpilot.built_in.words import folded, is_form_of, telling
from flowpilot.models import CaseKind, Playbook
from flowpilot.retrieval import Hit

ENOUGH_WEIGHT, ENOUGH_SHARE = 1.25, 0.25
"""What a case needs: the weight of two or three rare words, and a quarter of the problem's weight."""
TELLING, TELLING_WORDS = 0.3, 2
"""From this weight on a word tells something, and so many such words are needed, or a code."""
CODE = 1.2
"""From this weight on a word is a code."""
IN_ONE_LINE = 1.0
"""The weight that one symptom of a playbook needs, together with its title: words from all over it mean nothing."""
MOST, MOST_WORDS = 0.7, 3
"""A case also fits with so much of the problem's weight in so many words: what happens every week has no rare words."""
ALL, ALL_WORDS = 0.9, 2
"""The same for the shortest problems, such as "printer offline"."""
UNKNOWN = 0.4
"""The weight of a word that no case has."""
COUNTED_WORDS = 8
"""So many words of a problem, the weightiest, are enough to count a share of."""


class Fitting:
    """Compares the hits of one problem. `names`: words to leave out, such as the client's."""

    def __init__(self, problem: str, hits: Sequence[Hit], names: Iterable[str] = ()) -> None:
        of_library = {lexeme for hit in hits if hit.kind == CaseKind.PLAYBOOK for lexeme in hit.found}
        people = {folded(name) for name in [*names_in(problem), *names]}
        self._names = [name for name in people if not any(is_form_of(name, lexeme) for lexeme in of_library)]
        self._known: dict[str, float] = {}
        for hit in hits:
            self._known |= {lexeme: max(weight, self._known.get(lexeme, 0)) for lexeme, weight in hit.found.items()}
        self._total = self._weight_of(problem)

    def _weight_of(self, problem: str) -> float:
        weights: dict[str, float] = {}
        for word in map(folded, telling(problem)):
            forms = [lexeme for lexeme in self._known if is_form_of(word, lexeme)]
            if word not in self._names:
                weights |= {lexeme: self._known[lexeme] for lexeme in forms} or {word: UNKNOWN}
        return sum(sorted(weights.values(), reverse=True)[:COUNTED_WORDS])

    def without_names(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return the words found without names of people and clients, and without "add" where "add-in" is found."""
        parts = {
            part for lexeme in found if not lexeme.isalnum() for part in re.split(r"\W+", lexeme) if part != lexeme
        }
        return {
            lexeme: weight
            for lexeme, weight in found.items()
            if lexeme not in parts and not any(is_form_of(name, lexeme) for name in self._names)
        }

    def fits(self, found: Mapping[str, float], playbook: Playbook | None) -> bool:
        """Return whether a case with these words of the problem can be proposed for it."""
        known = {lexeme: self._known[lexeme] for lexeme in found}  # each shelf has weights of its own
        share = _together(known, playbook) / self._total if self._total else 0
        if (len(found) >= MOST_WORDS and share >= MOST) or (len(found) >= ALL_WORDS and share >= ALL):
            return True
        if sum(found.values()) < ENOUGH_WEIGHT or sum(known.values()) < ENOUGH_SHARE * self._total:
            return False
        if any(each >= CODE for each in found.values()):
            return True
        are_telling = sum(each >= TELLING for each in found.values()) >= TELLING_WORDS
        return are_telling and _together(found, playbook) >= IN_ONE_LINE


def _together(found: Mapping[str, float], playbook: Playbook | None) -> float:
    """Return the weight of the words found: of a playbook those in its title and its best symptom."""
    if playbook is None:
        return sum(found.values())
    return max(_weight_in(found, f"{playbook.title} {line}") for line in [*playbook.symptoms, playbook.fix_title])


def _weight_in(found: Mapping[str, float], line: str) -> float:
    words = {part for word in folded(line).split() for part in (word.strip("\"'“”.,:()"), *re.split(r"\W+", word))}
    return sum(weight for lexeme, weight in found.items() if any(is_form_of(word, lexeme) for word in words))
