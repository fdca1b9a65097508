"""Why an act was refused. Each edge (pages, API, admin) turns these into its own response, in one place."""

from typing import Any
from uuid import UUID


class Refusal(Exception):
    """The current state doesn't allow this act. Nothing was written."""

    code = "refused"
    row_id: UUID | None = None
    """The row that is the reason, where an edge shows it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def details(self) -> dict[str, Any]:
        """What a script gets besides the message, as JSON."""
        return {}


class IllegalTransition(Refusal):
    """The row's status doesn't allow this act."""

    code = "illegal_transition"


class Stale(Refusal):
    """The row changed after the caller last saw it."""

    code = "stale"


class InvalidInput(Exception):
    """The input is wrong, whatever the state. `errors`: field → what is wrong and how to correct it."""

    def __init__(self, /, **errors: str) -> None:  # a key of a body may be “self”
        super().__init__(" ".join(errors.values()))
        self.errors = errors
