"""What every benchmark prints, and how it ends."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    what: str
    value: float
    limit: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.limit


@dataclass(frozen=True)
class Least(Measured):
    """A figure that must not be below its limit."""

    @property
    def holds(self) -> bool:
        return self.value >= self.limit


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def report(title: str, rows: Sequence[Measured]) -> int:
    """Say a table; the exit code is 1 when a limit is passed."""
    width = max(len(row.what) for row in rows)
    say(f"\n{title}\n{'':{width}}  measured  limit")
    for row in rows:
        verdict = "ok" if row.holds else "OVER"
        say(f"{row.what:<{width}}  {row.value:>8,g}  {row.limit:>5,g} {row.unit:<2} {verdict}".rstrip())
    return 0 if all(row.holds for row in rows) else 1
