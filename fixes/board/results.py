"""What became of many fixes at once, as a page says it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass
class Result:
    """`done`: how many; `said`: what was done with them; `undo`: the signed list that takes it back, while it does.

    `refused`: of each that was refused: `fix` (its id), `title`, `ticket`, `why`, and the `address` of its session.
    `missing`: how many are not there; `problem`: why nothing could be done at all.
    `draft`: the key of the words that the browser may forget now.
    It travels in the signed-in session, as `plain` data.
    """

    done: int = 0
    said: str = ""
    undo: str = ""
    refused: list[dict[str, str]] = field(default_factory=list)
    missing: int = 0
    problem: str = ""
    draft: str = ""

    @property
    def is_complete(self) -> bool:
        return not (self.refused or self.missing or self.problem)

    @property
    def refused_ids(self) -> set[UUID]:
        return {UUID(each["fix"]) for each in self.refused}

    @property
    def tone(self) -> str:
        return "success" if self.is_complete else "warning" if self.done else "danger"

    def plain(self) -> dict[str, Any]:
        return vars(self)
