"""What the person who closes a session says on its page, or a script in its request."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from common.text import clean_text
from fixes.transitions import Status

TEXTS = ("notes", "root_cause", "impact", "access", "question")


@dataclass(frozen=True)
class ClosingInput:
    """All of it is optional. `fix_outcome`: what came of the current fix; `notes`, `follow_up_at`: of that outcome.

    `impact`, `access`, `question`: for the engineer who takes over. Texts are clean (`common.text`) or None.
    """

    fix_outcome: Status | None = None
    notes: str | None = None
    follow_up_at: datetime | None = None
    root_cause: str | None = None
    impact: str | None = None
    access: str | None = None
    question: str | None = None

    def cleaned(self) -> "ClosingInput":
        """Return the same with its texts as they are stored. Raises InvalidInput on the field."""
        texts: dict[str, Any] = {name: clean_text(getattr(self, name), name) for name in TEXTS}
        return replace(self, **texts)

    def as_json(self) -> dict[str, Any]:
        """Return the values that are set, as JSON keeps them."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        if self.follow_up_at:
            values["follow_up_at"] = self.follow_up_at.isoformat()
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "ClosingInput":
        read: dict[str, Any] = dict(values)
        if at := read.get("follow_up_at"):
            read["follow_up_at"] = datetime.fromisoformat(at)
        if outcome := read.get("fix_outcome"):
            read["fix_outcome"] = Status(outcome)
        return cls(**read)

    def digest_for(self, whom: object) -> str:
        """What tells inputs apart, and for whom they are: SHA-256 in hexadecimal."""
        return hashlib.sha256(f"{whom}{json.dumps(self.as_json(), sort_keys=True)}".encode()).hexdigest()
