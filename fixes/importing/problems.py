"""What is wrong with a file, and where."""

from dataclasses import dataclass
from typing import Any

from common.values import quoted


@dataclass(frozen=True)
class Problem:
    """`field` is a path in the line's JSON, such as `fixes[0].actions[1].at`; lists count from 0."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class Problems(list[Problem]):
    """The problems of one line, in the order found."""

    def add(self, field: str, message: str) -> Any:
        """Add a problem and return None, which a check returns in place of the value."""
        self.append(Problem(field, message))


class Flawed(Exception):
    """A line that can't be imported."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def below(field: str, key: str) -> str:
    """Return the path of a key of the object at `field`."""
    if not key.isidentifier():
        return f"{field}[{quoted(key)}]"
    return f"{field}.{key}" if field else key
