"""What is wrong with a playbook file, and in which line."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """`file`: its path below the folder, or the folder itself; `line` counts from 1, and is 0 for the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Wrong(Exception):
    """Something that ends the reading of a text. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
