"""What is wrong with a file, and where."""

from dataclasses import dataclass
from typing import Any

SHOWN = 40


@dataclass(frozen=True)
class Problem:
    """`field`: a path in the line's JSON, such as `fixes[0].actions[1].at`; lists count from 0."""

    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.field}: {self.words}"


class Problems(list[Problem]):
    """Those of one line, in the order found."""

    def add(self, field: str, words: str) -> Any:
        """None, which a check can hand back in place of the value."""
        self.append(Problem(field, words))


class Flawed(Exception):
    """A line that can't be imported."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def shown(value: object) -> str:
    """A value from the file, short, and harmless on a terminal."""
    words = repr(value)
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def below(field: str, key: str) -> str:
    """The path of a key of the object at `field`."""
    if not key.isidentifier():
        return f"{field}[{shown(key)}]"
    return f"{field}.{key}" if field else key
