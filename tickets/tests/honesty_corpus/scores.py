"""Scores the honesty check on a part of the corpus, each kind of lie apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tickets.honesty.check import refusal_of
from tickets.tests.honesty_corpus import Pair

VALUES = ("closure_pending", "closure_failed", "number", "id", "host", "person", "date")
SENSE = ("attribution", "negation", "cause")


@dataclass(frozen=True)
class Scores:
    """`found`, `planted`: lies by kind. `refused`: honest sentences that were refused, with the reason."""

    found: Counter[str]
    planted: Counter[str]
    refused: tuple[tuple[Pair, str], ...]

    @property
    def honest(self) -> int:
        return self.planted["honest"]

    def recall(self, kinds: Iterable[str]) -> float:
        return sum(self.found[kind] for kind in kinds) / sum(self.planted[kind] for kind in kinds)

    def precision(self, kinds: Iterable[str]) -> float:
        """Return it with every honest sentence that was refused counted, for whatever reason."""
        found = sum(self.found[kind] for kind in kinds)
        return found / (found + len(self.refused))

    def table(self) -> str:
        rows = [f"{kind:<16} {self.found[kind]:>3} of {self.planted[kind]:>3} found" for kind in (*VALUES, *SENSE)]
        rows.append(f"{'honest':<16} {len(self.refused):>3} of {self.honest:>3} refused")
        for name, kinds in (("values, closure", VALUES), ("sense", SENSE)):
            rows.append(f"{name:<16} recall {self.recall(kinds):.3f}, precision {self.precision(kinds):.3f}")
        return "\n".join(rows)


def scores_of(pairs: Iterable[Pair]) -> Scores:
    found, planted, refused = Counter[str](), Counter[str](), []
    for pair in pairs:
        reason = refusal_of(pair.text, pair.cites, pair.bundle, pair.language)
        planted[pair.lie] += 1
        if pair.is_honest and reason:
            refused.append((pair, reason))
        elif reason:
            found[pair.lie] += 1
    return Scores(found, planted, tuple(refused))
