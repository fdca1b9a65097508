"""Refusals that only acts on fixes raise; the others are in `common.refusals`."""

from common.refusals import Refusal, Stale

__all__ = ["AlreadyFailed", "Stale", "Superseded"]


class Superseded(Refusal):
    """A newer fix replaced this one, and it isn't waiting for anything."""

    code = "superseded"


class AlreadyFailed(Refusal):
    """The suggested fix failed in this session before. A person may suggest it again (`again`)."""

    code = "already_failed"
