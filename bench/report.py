"""Print a benchmark's figures beside their limits."""

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
class AtLeast(Measured):
    """A figure that must not be below its limit."""

    @property
    def holds(self) -> bool:
        return self.value >= self.limit


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def report(title: str, rows: Sequence[Measured]) -> int:
    """Print the table. Return the exit code: 1 when a figure is over its limit."""
    width = max(len(row.what) for row in rows)
    say(f"\n{title}\n{'':{width}}  measured  limit")
    for row in rows:
        result = "ok" if row.holds else "OVER"
        say(f"{row.what:<{width}}  {row.value:>8,g}  {row.limit:>5,g} {row.unit:<2} {result}".rstrip())
    return 0 if all(row.holds for row in rows) else 1
