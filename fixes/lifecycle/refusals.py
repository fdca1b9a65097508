"""Refusals that only acts on fixes raise; the others are in `common.refusals`."""

from uuid import UUID

from common.refusals import Refusal, Stale

__all__ = ["AlreadyFailed", "Stale", "Superseded"]


class Superseded(Refusal):
    """A newer fix replaced this one, and it isn't waiting for anything."""

    code = "superseded"


class AlreadyFailed(Refusal):
    """The suggested fix failed in this session before. A person may suggest it again (`again`).

    `row_id`: the fix that failed.
    """

    code = "already_failed"

    def __init__(self, message: str, row_id: UUID) -> None:
        super().__init__(message)
        self.row_id = row_id
