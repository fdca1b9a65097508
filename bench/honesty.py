"""Measure what the honesty check finds, and how long it takes.

python -m tests.with_database python -m bench.honesty
"""

import sys
import time
from collections.abc import Callable

from bench.empty_database import empty_database
from bench.report import AtLeast, Measured, report, say

LENGTH = 60_000
ROUNDS = 5
PARTS = ("tuning", "held_out", "unseen")


def main() -> int:
    with empty_database():
        from tickets.honesty.check import refusal_of, warnings_of
        from tickets.models.text import Kind
        from tickets.tests.honesty_corpus import pairs
        from tickets.tests.honesty_corpus.scores import SENSE, VALUES, scores_of

        rows: list[Measured] = []
        for part in PARTS:
            scores = scores_of(pairs(part))
            say(f"\n{part}\n{scores.table()}")
            # nothing was promised of the unseen part but to print it
            if part != "unseen":
                rows += [
                    AtLeast(f"{part}: closure and values, recall", round(scores.recall(VALUES), 3), 0.98),
                    AtLeast(f"{part}: closure and values, precision", round(scores.precision(VALUES), 3), 0.95),
                    AtLeast(f"{part}: sense, recall", round(scores.recall(SENSE), 3), 0.6),
                    AtLeast(f"{part}: sense, precision", round(scores.precision(SENSE), 3), 0.9),
                ]
        own = [pair for pair in pairs("tuning") if pair.bundle == pairs("tuning")[0].bundle]
        text = ("\n\n".join(pair.text for pair in own) + "\n\n") * 40
        first = own[0]
        edited = _milliseconds(lambda: warnings_of(text[:LENGTH], Kind.NOTE, first.bundle, first.language))
        sentence = _milliseconds(lambda: refusal_of(first.text, first.cites, first.bundle, first.language))
        rows += [
            Measured("an edited text of 60,000 characters", edited, 300, "ms"),
            Measured("a sentence of a model", sentence, 20, "ms"),
        ]
    return report("Honesty check", rows)


def _milliseconds(check: Callable[[], object]) -> float:
    """Return the processor's milliseconds, the best of some rounds."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        check()
        took.append(time.process_time() - began)
    return round(min(took) * 1_000, 1)


if __name__ == "__main__":
    sys.exit(main())
